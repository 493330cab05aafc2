import type { AccountFigures } from '../account.ts'
import type { CandleEvent, CandleScale, ChartTickEvent } from '../chart.ts'
import type { Confirm } from '../confirm.ts'
import { InvalidInputError } from '../errors.ts'
import type { StreamHealth } from '../freshness.ts'
import type { Heartbeat } from '../heartbeat.ts'
import type {
  IgStream,
  Listener,
  PriceOptions,
  QueueOptions,
  StreamedMarket,
  StreamReader,
  StreamStatus,
  StreamSubscription,
  StreamUsage,
} from '../live-stream.ts'
import type { Quote } from '../quote.ts'
import type { StreamGap } from '../stream-gap.ts'
import type { TradeEvent } from '../trade-event.ts'
import { candleItem } from './candle-reader.ts'
import { chartTickItem } from './chart-tick-reader.ts'
import type { StreamItem } from './feed.ts'
import { Feeds } from './feeds.ts'
import { FIGURES_ITEM } from './figures-reader.ts'
import { HEARTBEAT_ITEM } from './heartbeat-reader.ts'
import { knownMarket } from './known-market.ts'
import { ListenerOutlet } from './outlet.ts'
import { priceItem } from './price-item.ts'
import { StreamConnection, type StreamPorts } from './stream-connection.ts'
import { StreamQueue } from './stream-queue.ts'
import { missedTrades, tradeItem } from './trade-reader.ts'

/** IG's items as quotes, events and figures. Source of item names and modes: IG Labs, Streaming API reference. */
export class LazyIgStream implements IgStream {
  readonly #ports: StreamPorts
  readonly #connection: StreamConnection
  readonly #prices: Feeds<Quote>
  readonly #ticks: Feeds<ChartTickEvent>
  readonly #candles: Feeds<CandleEvent>
  readonly #trades: Feeds<TradeEvent>
  readonly #figures: Feeds<AccountFigures>
  readonly #beats: Feeds<Heartbeat>
  readonly #tradeItem: StreamItem<TradeEvent>
  #hearConfirm: (confirm: Confirm) => void = () => {}
  #health: StreamHealth | null = null

  constructor(ports: StreamPorts) {
    this.#ports = ports
    this.#connection = new StreamConnection(ports)
    this.#prices = new Feeds(this.#connection)
    this.#ticks = new Feeds(this.#connection)
    this.#candles = new Feeds(this.#connection)
    this.#trades = new Feeds(this.#connection)
    this.#figures = new Feeds(this.#connection)
    this.#beats = new Feeds(this.#connection)
    this.#tradeItem = tradeItem(confirm => this.#hearConfirm(confirm))
  }

  prices(markets: readonly StreamedMarket[], listener: Listener<Quote>, options?: PriceOptions): StreamSubscription
  prices(markets: readonly StreamedMarket[], options?: PriceOptions): StreamReader<Quote>
  prices(
    markets: readonly StreamedMarket[],
    first?: Listener<Quote> | PriceOptions,
    second?: PriceOptions,
  ): StreamSubscription {
    const options = (typeof first === 'function' ? second : first) ?? {}
    // One subscription each: IG refuses a whole subscription for one epic that it does not know.
    const items = markets.map(market => priceItem(knownMarket(market), options, this.#ports.clock))
    return this.#open(this.#prices, items, typeof first === 'function' ? first : {}, neverDropped)
  }

  chartTicks(market: StreamedMarket, listener: Listener<ChartTickEvent>): StreamSubscription
  chartTicks(market: StreamedMarket, options?: QueueOptions): StreamReader<ChartTickEvent>
  chartTicks(market: StreamedMarket, how: Listener<ChartTickEvent> | QueueOptions = {}): StreamSubscription {
    return this.#open(this.#ticks, [chartTickItem(knownMarket(market))], how, droppedFromChart)
  }

  candles(market: StreamedMarket, scale: CandleScale, listener: Listener<CandleEvent>): StreamSubscription
  candles(market: StreamedMarket, scale: CandleScale, options?: QueueOptions): StreamReader<CandleEvent>
  candles(
    market: StreamedMarket,
    scale: CandleScale,
    how: Listener<CandleEvent> | QueueOptions = {},
  ): StreamSubscription {
    return this.#open(this.#candles, [candleItem(knownMarket(market), scale)], how, droppedFromChart)
  }

  trades(listener: Listener<TradeEvent>): StreamSubscription
  trades(options?: QueueOptions): StreamReader<TradeEvent>
  trades(how: Listener<TradeEvent> | QueueOptions = {}): StreamSubscription {
    return this.#open(this.#trades, [this.#tradeItem], how, count => missedTrades(slowReader(count).text))
  }

  account(listener: Listener<AccountFigures>): StreamSubscription
  account(): StreamReader<AccountFigures>
  account(listener?: Listener<AccountFigures>): StreamSubscription {
    return this.#open(this.#figures, [FIGURES_ITEM], listener ?? {}, neverDropped)
  }

  heartbeat(listener: Listener<Heartbeat>): StreamSubscription
  heartbeat(): StreamReader<Heartbeat>
  heartbeat(listener?: Listener<Heartbeat>): StreamSubscription {
    return this.#open(this.#beats, [HEARTBEAT_ITEM], listener ?? {}, neverDropped)
  }

  onStatus(listener: (status: StreamStatus) => void): () => void {
    return this.#connection.onStatus(listener)
  }

  get health(): StreamHealth {
    const { status, session } = this.#connection
    const beat = this.#beats.get(HEARTBEAT_ITEM.key)?.reader.present() ?? null
    const heartbeatAtMs = beat === null || beat.gap !== null ? null : beat.receivedAtMs
    const before = this.#health
    if (before?.status === status && before.session === session && before.heartbeatAtMs === heartbeatAtMs) return before
    this.#health = { status, session, heartbeatAtMs }
    return this.#health
  }

  get usage(): StreamUsage {
    const { open, limit } = this.#connection
    return { open, limit }
  }

  /** IG told how many subscriptions this key may have at once. */
  learnLimit(limit: number): void {
    this.#connection.limit = limit
  }

  /** Hears every confirm that a subscription to trades brings, before its listener does. */
  onConfirm(hear: (confirm: Confirm) => void): void {
    this.#hearConfirm = hear
  }

  /** Whether a confirm would be heard now. */
  get isHearingConfirms(): boolean {
    const isListening = this.#trades.get(this.#tradeItem.key)?.reader.present() != null
    return isListening && this.#connection.status.kind === 'live'
  }

  /** Another account is acted on: the session of the one before ends, and every subscription begins again on the new one. */
  switchAccount(): void {
    this.#connection.switchAccount()
  }

  /** The login has a new session: a stream that the one before took with it begins again. */
  sessionRenewed(): void {
    this.#connection.sessionRenewed()
  }

  async close(): Promise<void> {
    await this.#connection.close()
    for (const feeds of [this.#prices, this.#ticks, this.#candles, this.#trades, this.#figures, this.#beats])
      feeds.end()
  }

  #open<Value>(
    feeds: Feeds<Value>,
    items: readonly StreamItem<Value>[],
    how: Listener<Value> | QueueOptions,
    dropped: (count: number) => Value,
  ): StreamSubscription | StreamReader<Value> {
    if (typeof how === 'function') {
      const outlet = new ListenerOutlet(how)
      if (this.#connection.isClosed) return { close() {} }
      const leave = feeds.join(items, outlet)
      return {
        close() {
          outlet.end()
          leave()
        },
      }
    }
    const queue = new StreamQueue<Value>({ capacity: capacityOf(how), things: items.length, dropped })
    if (this.#connection.isClosed) queue.end()
    else queue.onClose(feeds.join(items, queue))
    return queue
  }
}

function capacityOf({ queue }: QueueOptions): number | undefined {
  if (queue === undefined || (Number.isSafeInteger(queue) && queue > 0)) return queue
  throw new InvalidInputError(`expected a queue of at least one event, but got ${queue}; leave it out for 1 024`)
}

function slowReader(missed: number): StreamGap {
  return { kind: 'slow-reader', text: `${missed} dropped, because the reader was slow`, missed }
}

function droppedFromChart(count: number): { readonly kind: 'gap'; readonly gap: StreamGap } {
  return { kind: 'gap', gap: slowReader(count) }
}

/** States replace each other, and there are fewer of them than a queue holds. */
function neverDropped(): never {
  throw new Error('expected room for every state in the queue, but there was none; report it')
}
