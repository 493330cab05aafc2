import { type Quote, freshness as seenBy } from '@scalpdesk/sdk'
import { ageAtArrivalMs, brokerTime } from './book/brokers-time.ts'
import type { DeskState } from './desk-state.ts'
import { unreachable } from './unreachable.ts'

/**
 * Whether a price may be traded on. Only `live` opens anything; every other word says why not.
 * `stale`: older than the limit, or from before the stream was replaced, or the stream is not live.
 */
export type Freshness = 'live' | 'stale' | 'crossed' | 'closed' | 'none'

/** The SDK's idea of it in the words that matter to a trader. A price that is crossed, and a market that only closes, open nothing. */
export function freshness(state: DeskState, quote: Quote | undefined, nowMs: number): Freshness {
  if (!quote || quote.bidUnits === null || quote.offerUnits === null) return 'none'
  // A session's number does not tell of a sleep of this machine; when prices began anew does.
  const session = quote.receivedAtMs >= state.pricesSinceMs ? quote.session : quote.session + 1
  const health = { status: state.stream, session, heartbeatAtMs: state.heartbeat?.receivedAtMs ?? null }
  const seen = seenBy(quote, health, nowMs, state.memory.limits.inForce.maxPriceAgeMs)
  switch (seen) {
    case 'fresh':
      if (isOldSnapshot(state, quote)) return 'stale'
      return quote.state === 'closings-only' ? 'closed' : 'live'
    case 'not-live':
    case 'replaced':
    case 'delayed':
    case 'quiet':
    case 'silent':
      return 'stale'
    case 'crossed':
      return 'crossed'
    case 'closed':
      return 'closed'
    case 'missing':
      return 'none'
    default:
      return unreachable(seen)
  }
}

function isOldSnapshot(state: DeskState, quote: Quote): boolean {
  if (!quote.isSnapshot) return false
  const brokerMs = Math.max(state.brokerMs ?? 0, brokerTime(state)?.brokerMs ?? 0)
  return ageAtArrivalMs(quote, brokerMs || null) > state.memory.limits.inForce.maxPriceAgeMs
}
