/** The mock broker without its delays, in a process of its own, with prices that stand still. */
import { type Clock, startMockBroker } from '@scalpdesk/mock-broker'
import { say } from './pinned-process.ts'
import { EPIC } from './wire-order.ts'

export interface MockAddress {
  readonly url: string
  readonly stream: string
  readonly apiKey: string
  readonly username: string
  readonly password: string
  readonly accountId: string
}

/** Node runs a longer timeout at once (Node.js documentation, "Timers"). */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

if (import.meta.main) {
  const broker = await startMockBroker({ delays: { acknowledgeMs: 0, confirmMs: 0 }, clock: leapingClock() })
  broker.injectTick(EPIC, '1.08500', '1.08509')
  broker.pause()
  const { url, stream, apiKey, username, password, accountId } = broker
  const address: MockAddress = { url, stream, apiKey, username, password, accountId }
  say(address)
  process.on('disconnect', () => process.exit())
}

/** Its wall clock leaps with each look, so that no order falls into the repeat dealing window of the one before. */
function leapingClock(): Clock {
  let wallMs = Date.now()
  return {
    nowMs() {
      wallMs += 60_000
      return wallMs
    },
    monotonicMs: () => performance.now(),
    at(dueMonotonicMs, run) {
      const timer = setTimeout(run, Math.min(LONGEST_TIMEOUT_MS, Math.max(0, dueMonotonicMs - performance.now())))
      return { cancel: () => clearTimeout(timer) }
    },
  }
}
