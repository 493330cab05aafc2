import type { StreamStatus } from './live-stream.ts'
import type { MarketState } from './market.ts'
import type { Quote } from './quote.ts'

/** What a stream can say about its quotes as a whole: `ig.stream.health`. */
export interface StreamHealth {
  readonly status: StreamStatus
  /** How many sessions there were; quotes of another than this one are of the past. */
  readonly session: number
  /** When IG's heartbeat came last, monotonic; `null` when nobody listens to it, or none has come in this session. */
  readonly heartbeatAtMs: number | null
}

/**
 * Whether a quote may be believed, and if not, why. Only `fresh` is a price to deal at.
 * - `fresh`: of this session of a live stream, not older than the limit, while the market deals.
 * - `closed`: the market does not deal now. It gets no older in the sense of an alarm: closed markets are silent.
 * - `quiet`: older than the limit, but IG's heartbeat is not: nothing has changed, and the stream works.
 * - `silent`: older than the limit, and nothing proves that data still comes.
 * - `crossed`: its bid is above its offer.
 * - `delayed`: IG says that its price is not the present one.
 * - `not-live`: the stream is not live now.
 * - `replaced`: of a session that is over.
 * - `missing`: it has no bid or no offer.
 */
export type Freshness =
  | 'fresh'
  | 'closed'
  | 'quiet'
  | 'silent'
  | 'crossed'
  | 'delayed'
  | 'not-live'
  | 'replaced'
  | 'missing'

/** Our choice: no market that deals is without a change for longer by day, and some are at night. */
export const MAX_AGE_MS = 10_000

/** Pure. Both times are monotonic milliseconds of the connection's clock. */
export function freshness(quote: Quote, health: StreamHealth, nowMs: number, maxAgeMs = MAX_AGE_MS): Freshness {
  if (quote.gap !== null) return 'missing'
  if (health.status.kind !== 'live') return 'not-live'
  if (quote.session !== health.session) return 'replaced'
  if (!isDealing(quote.state)) return 'closed'
  if (quote.bidUnits === null || quote.offerUnits === null) return 'missing'
  if (quote.isDelayed) return 'delayed'
  if (quote.bidUnits > quote.offerUnits) return 'crossed'
  if (ageOf(quote, nowMs) <= maxAgeMs) return 'fresh'
  const { heartbeatAtMs } = health
  return heartbeatAtMs !== null && nowMs - heartbeatAtMs <= maxAgeMs ? 'quiet' : 'silent'
}

/** See {@link freshness}. */
export function isFresh(quote: Quote, health: StreamHealth, nowMs: number, maxAgeMs = MAX_AGE_MS): boolean {
  return freshness(quote, health, nowMs, maxAgeMs) === 'fresh'
}

/**
 * Milliseconds since it came, by the monotonic clock. IG may have made it earlier: a snapshot shows the last price that there was,
 * and `brokerTimeMs` when that was.
 */
export function ageOf(quote: Pick<Quote, 'receivedAtMs'>, nowMs: number): number {
  return Math.max(0, nowMs - quote.receivedAtMs)
}

/** Whether positions can be opened or closed at all; a state that nobody knows is none of those. */
function isDealing(state: MarketState): boolean {
  return state === 'tradeable' || state === 'deal-no-edit' || state === 'closings-only'
}
