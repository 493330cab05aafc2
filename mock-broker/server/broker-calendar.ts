import type { BrokerState } from './broker-state.ts'
import type { Clock, Timer } from './clock.ts'

/** Tells the engine of time that no quote brings: good-till dates, and the end of the funding day. */
export interface BrokerCalendar {
  close(): void
}

export interface BrokerCalendarOptions {
  readonly state: BrokerState
  readonly clock: Clock
  readonly timeOf: (epic: string) => number
}

export function brokerCalendar({ state, clock, timeOf }: BrokerCalendarOptions): BrokerCalendar {
  let isClosed = false
  const expiries = new Map<string, Timer>()

  state.onEvents(events => {
    for (const event of events) {
      if (event.kind !== 'working-order') continue
      const { dealId, epic, goodTillMs } = event.order
      expiries.get(dealId)?.cancel()
      expiries.delete(dealId)
      if (event.change !== 'DELETED' && goodTillMs !== null) expireAt(dealId, epic, goodTillMs)
    }
  })

  function expireAt(dealId: string, epic: string, goodTillMs: number): void {
    if (isClosed) return
    const leftMs = Math.max(0, goodTillMs - timeOf(epic))
    const timer = clock.at(clock.monotonicMs() + leftMs, () => {
      expiries.delete(dealId)
      // A tape that was paused or plays slowly is not there yet.
      if (timeOf(epic) < goodTillMs) expireAt(dealId, epic, goodTillMs)
      else state.process({ kind: 'time', epic, atMs: timeOf(epic) })
    })
    expiries.set(dealId, timer)
  }

  let night = waitForNight()
  function waitForNight(): Timer {
    const nowMs = clock.nowMs()
    const leftMs = NIGHT_AT_MS - (nowMs % DAY_MS)
    return clock.at(clock.monotonicMs() + (leftMs > 0 ? leftMs : leftMs + DAY_MS), () => {
      state.process({ kind: 'night', atMs: clock.nowMs() })
      night = waitForNight()
    })
  }

  return {
    close() {
      isClosed = true
      night.cancel()
      for (const timer of expiries.values()) timer.cancel()
      expiries.clear()
    },
  }
}

const DAY_MS = 86_400_000
/** 22:00 UTC: five in the afternoon in New York, when IG's funding day ends. */
const NIGHT_AT_MS = 22 * 3_600_000
