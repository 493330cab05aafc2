import type { Quote } from '@scalpdesk/sdk'
import type { DeskState } from './desk-state.ts'

/**
 * Whether a price may be traded on. Only `live` opens anything; every other word says why not.
 * `stale`: older than the limit, or from before the stream was replaced, or the stream is not live.
 */
export type Freshness = 'live' | 'stale' | 'crossed' | 'closed' | 'none'

export function freshness(state: DeskState, quote: Quote | undefined, nowMs: number): Freshness {
  if (!quote || quote.bidUnits === null || quote.offerUnits === null) return 'none'
  if (state.stream.kind !== 'live' || quote.receivedAtMs < state.pricesSinceMs) return 'stale'
  if (nowMs - quote.receivedAtMs > state.limits.maxPriceAgeMs || quote.isDelayed) return 'stale'
  if (quote.offerUnits < quote.bidUnits) return 'crossed'
  return quote.state === 'tradeable' || quote.state === 'deal-no-edit' ? 'live' : 'closed'
}
