import { CandleSeries } from './candle-series.ts'
import { MarketClock } from './market-clock.ts'
import type { Freshness, MarketFeed, PastCandle, ScreenView, TimeFrame } from './view.ts'

/** Milliseconds of one candle; of one dot for ticks: a scalper's position lives for seconds. */
export const FRAME_MS: Readonly<Record<TimeFrame, number>> = {
  ticks: 1000,
  '5s': 5000,
  '15s': 15_000,
  '1m': 60_000,
  '5m': 300_000,
}

/** Markets kept, each with about 210 kB; one connection streams no more as a rule (IG Labs, REST API reference, "Applications": concurrentSubscriptionsLimit). */
const MARKETS_KEPT = 40

/** Longest time between two views in which a price may be said to have stood (our choice: several missed updates). */
const UNHEARD_AFTER_MS = 1500

interface MarketHistory {
  readonly clock: MarketClock
  readonly series: Readonly<Record<TimeFrame, CandleSeries>>
  /** When it was last heard of, and whether its price was live then. Monotonic milliseconds. */
  heardMs: number
  wasLive: boolean
}

/** The candles of every market that is fed, in every time frame, so that a switch of either shows what was before. */
export class CandleHistory {
  readonly #epochMs: number
  readonly #markets = new Map<string, MarketHistory>()
  #nowMs = 0

  /** @param epochMs wall time at monotonic zero, milliseconds since 1970 */
  constructor(epochMs: number) {
    this.#epochMs = epochMs
  }

  /** @param nowMs monotonic time */
  record(view: ScreenView, nowMs: number): void {
    this.#nowMs = nowMs
    for (const feed of view.feeds) this.#add(feed, feed.epic === view.market.epic ? view.quote.brokerTime : null)
    this.#hear(view.market.epic, view.quote.freshness)
    for (const { epic, freshness } of view.markets) if (epic !== view.market.epic) this.#hear(epic, freshness)
  }

  /** Past candles of a market, also of one that is not shown. */
  seed(epic: string, timeFrame: TimeFrame, candles: readonly PastCandle[]): void {
    if (candles.length === 0) return
    const { clock, series } = this.#market(epic)
    const newestMs = candles.reduce((latest, { startMs }) => Math.max(latest, startMs), 0)
    const shiftMs = clock.daysFrom(newestMs, this.#nowMs)
    const dated = shiftMs === 0 ? candles : candles.map(candle => ({ ...candle, startMs: candle.startMs + shiftMs }))
    series[timeFrame].seed(dated)
  }

  /** Null for a market of which nothing was heard. */
  series(epic: string, timeFrame: TimeFrame): CandleSeries | null {
    return this.#markets.get(epic)?.series[timeFrame] ?? null
  }

  /** The market's own time now, milliseconds since 1970. */
  timeOf(epic: string): number {
    return this.#markets.get(epic)?.clock.at(this.#nowMs) ?? this.#epochMs + this.#nowMs
  }

  #add(feed: MarketFeed, brokerTime: string | null): void {
    const nowMs = this.#nowMs
    const market = this.#market(feed.epic)
    const time = feed.ticks.at(-1)?.time ?? brokerTime
    if (time !== null && market.clock.tell(time, nowMs) === 'back') {
      for (const series of Object.values(market.series)) series.clear()
    }
    const isKnownSince = market.wasLive && nowMs - market.heardMs < UNHEARD_AFTER_MS
    const atMs = market.clock.at(nowMs)
    for (const series of Object.values(market.series)) series.add(atMs, feed, isKnownSince)
    market.heardMs = nowMs
  }

  #hear(epic: string, freshness: Freshness): void {
    const market = this.#markets.get(epic)
    if (market === undefined) return
    const nowMs = this.#nowMs
    const isLive = freshness === 'live'
    if (isLive) {
      const isKnownSince = market.wasLive && nowMs - market.heardMs < UNHEARD_AFTER_MS
      const atMs = market.clock.at(nowMs)
      for (const series of Object.values(market.series)) series.hold(atMs, isKnownSince)
    }
    market.wasLive = isLive
    market.heardMs = nowMs
  }

  #market(epic: string): MarketHistory {
    const known = this.#markets.get(epic)
    if (known) return known
    if (this.#markets.size >= MARKETS_KEPT) this.#markets.delete(this.#longestUnheard())
    const market: MarketHistory = {
      clock: new MarketClock(this.#epochMs),
      series: {
        ticks: new CandleSeries(FRAME_MS.ticks),
        '5s': new CandleSeries(FRAME_MS['5s']),
        '15s': new CandleSeries(FRAME_MS['15s']),
        '1m': new CandleSeries(FRAME_MS['1m']),
        '5m': new CandleSeries(FRAME_MS['5m']),
      },
      heardMs: this.#nowMs,
      wasLive: false,
    }
    this.#markets.set(epic, market)
    return market
  }

  #longestUnheard(): string {
    let [oldest, sinceMs] = ['', Number.POSITIVE_INFINITY]
    for (const [epic, { heardMs }] of this.#markets) if (heardMs < sinceMs) [oldest, sinceMs] = [epic, heardMs]
    return oldest
  }
}
