import type { TlcpStatus } from '@scalpdesk/tlcp'
import type { AccountFigures } from './account.ts'
import type { CandleEvent, CandleScale, ChartTickEvent } from './chart.ts'
import type { StreamHealth } from './freshness.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { Epic } from './ids.ts'
import type { Market } from './market.ts'
import type { Quote } from './quote.ts'
import type { TradeEvent } from './trade-event.ts'

/**
 * Live data. The connection is made at the first subscription and kept, with its subscriptions, until `close()`.
 *
 * Everything comes in two forms. With a listener: it is called in the turn in which a value comes. Without: a reader for
 * `for await`, who may take its time.
 *
 * Who asks for what somebody else has asked for shares it: on the wire it is one subscription, and what is known of it comes at
 * once, marked as a snapshot. All methods throw a {@link StreamLimitError} when IG allows no further subscription, and an
 * `InvalidInputError` for what cannot be right; then nothing was subscribed.
 */
export interface IgStream {
  /**
   * Prices of markets. A market (or whatever has its epic, decimals and state) gives quotes in its own decimals from the first;
   * with an epic alone they are those of the price texts, and the state is unknown until IG tells it.
   */
  prices(markets: readonly StreamedMarket[], listener: Listener<Quote>, options?: PriceOptions): StreamSubscription
  prices(markets: readonly StreamedMarket[], options?: PriceOptions): StreamReader<Quote>
  /** Every price of a market, for charts. */
  chartTicks(market: StreamedMarket, listener: Listener<ChartTickEvent>): StreamSubscription
  chartTicks(market: StreamedMarket, options?: QueueOptions): StreamReader<ChartTickEvent>
  /** Bars as they form. IG streams no others than these scales. */
  candles(market: StreamedMarket, scale: CandleScale, listener: Listener<CandleEvent>): StreamSubscription
  candles(market: StreamedMarket, scale: CandleScale, options?: QueueOptions): StreamReader<CandleEvent>
  /** Confirms, and what becomes of positions and working orders. Do not rely on it alone: IG leaves some out. */
  trades(listener: Listener<TradeEvent>): StreamSubscription
  trades(options?: QueueOptions): StreamReader<TradeEvent>
  account(listener: Listener<AccountFigures>): StreamSubscription
  account(): StreamReader<AccountFigures>
  /** Proves that data flows, where a quiet market does not; takes one subscription. */
  heartbeat(listener: Listener<Heartbeat>): StreamSubscription
  heartbeat(): StreamReader<Heartbeat>
  /** Calls at once with the present status, then at every change, until the function that it returns is called. */
  onStatus(listener: (status: StreamStatus) => void): () => void
  /** As it is now, for `freshness()`. */
  readonly health: StreamHealth
  /** Subscriptions on the wire, and how many IG allows at once. */
  readonly usage: StreamUsage
}

export type StreamedMarket = Epic | Pick<Market, 'epic' | 'decimals' | 'state'>

export type Listener<Value> = (value: Value) => void

export interface PriceOptions {
  /** How many levels of the ladder, with their sizes; none unless told. */
  readonly depth?: 1 | 2 | 3 | 4 | 5
  /** With the sizes of those levels in every currency that the ladder has, as `sizes`. Needs a depth. */
  readonly currencies?: boolean
  /** With the ids of the quotes. */
  readonly quoteIds?: boolean
  /** With the figures of the day. */
  readonly day?: boolean
  /**
   * The items that IG withdrew in May 2026, for servers that have no others. They have no ladder and no ids, and IG's time without
   * a day. Source: IG Labs, Streaming API reference, "MARKET".
   */
  readonly legacyItems?: 'MARKET' | 'L1'
}

export interface QueueOptions {
  /** Events that may wait for their reader; 1 024 unless told. The oldest are dropped beyond, which is told. */
  readonly queue?: number
}

/** Whatever is not `live` means: what the stream said last may no longer be true. */
export type StreamStatus = TlcpStatus

export interface StreamSubscription {
  /** Nothing is delivered after this. */
  close(): void
}

/**
 * For `for await`. Leaving the loop closes it, and it ends when the connection to IG is closed.
 *
 * Quotes, figures and heartbeats that nobody had time for are replaced by newer ones of the same market; a bar by its own newer
 * state, never by the next bar. Ticks and trade events queue up, and the oldest are dropped when the queue is full: a `gap`, or
 * an `unreadable` event, says so in their place.
 */
export interface StreamReader<Value>
  extends AsyncIterableIterator<Value, undefined>,
    AsyncDisposable,
    StreamSubscription {
  /** Values that newer ones replaced before they were read. */
  readonly skipped: number
  /** Values that were dropped before they were read. */
  readonly dropped: number
}

export interface StreamUsage {
  readonly open: number
  readonly limit: number
}
