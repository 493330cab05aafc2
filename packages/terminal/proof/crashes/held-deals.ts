import type { Clock } from '@scalpdesk/mock-broker'
import { systemClock } from '@scalpdesk/sdk'

/** The clock and the delay of a mock broker whose deals wait for the test: what was sent is neither done nor refused meanwhile. */
export interface HeldDeals {
  readonly clock: Clock
  readonly confirmMs: number
  /** What is sent from now on is not dealt. */
  hold(): void
  /** Deals what waits, in its order, and what comes after as usual. */
  letGo(): void
  /** How many wait. */
  readonly waiting: number
}

/** No other timer of the broker is of this length: by it a deal's is known. */
const DEAL_MS = 1e9
const SAME_MS = 1_000
/** Long after the acknowledgement, so that the two come in this order on a busy machine as well. */
const USUAL_MS = 250

export function heldDeals(): HeldDeals {
  const held = new Set<() => void>()
  let isHolding = false
  const usual = (run: () => void) => systemClock.at(systemClock.monotonicMs() + USUAL_MS, run)
  return {
    confirmMs: DEAL_MS,
    clock: {
      nowMs: () => systemClock.nowMs(),
      monotonicMs: () => systemClock.monotonicMs(),
      at(dueMs, run) {
        const isDeal = Math.abs(dueMs - systemClock.monotonicMs() - DEAL_MS) < SAME_MS
        if (!isDeal) return systemClock.at(dueMs, run)
        if (!isHolding) return usual(run)
        held.add(run)
        return { cancel: () => void held.delete(run) }
      },
    },
    hold() {
      isHolding = true
    },
    letGo() {
      isHolding = false
      const runs = [...held]
      held.clear()
      for (const run of runs) run()
    },
    get waiting() {
      return held.size
    },
  }
}
