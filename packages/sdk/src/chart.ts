import type { Decimal } from 'decimal.js'
import type { CandlePrice } from './candle.ts'
import type { Epic } from './ids.ts'
import type { DayFigures } from './quote.ts'
import type { Resolution } from './resolutions.ts'
import type { StreamGap } from './stream-gap.ts'

/** What happened in a stream of ticks. */
export type ChartTickEvent =
  | { readonly kind: 'tick'; readonly tick: ChartTick }
  /** Ticks are missing here. */
  | { readonly kind: 'gap'; readonly gap: StreamGap }

/**
 * One price of a chart. Unlike quotes, none is left out because a newer one is there.
 * Source: IG Labs, Streaming API reference, "CHART", scale TICK.
 */
export interface ChartTick {
  readonly epic: Epic
  /** Decimals of all units fields; widens when a price carries more. */
  readonly decimals: number
  /** Whole numbers of 10^-decimals; `null` where IG gives none. */
  readonly bidUnits: number | null
  readonly offerUnits: number | null
  /** Of exchange-traded markets. */
  readonly lastTradedUnits: number | null
  /** Of the last trade; `null` or 0 where there is no exchange. */
  readonly lastTradedVolume: number | null
  /** By how much the day's volume grew. */
  readonly volume: number | null
  /** Milliseconds since 1970, IG's own clock. */
  readonly brokerTimeMs: number | null
  /** Monotonic. */
  readonly receivedAtMs: number
  /** The last one before the subscription, told to who comes late. */
  readonly isSnapshot: boolean
  readonly day: DayFigures
  /** Made when asked for. */
  readonly bid: Decimal | null
  readonly offer: Decimal | null
  readonly lastTraded: Decimal | null
}

/** The bars that IG streams. Source: IG Labs, Streaming API reference, "CHART", scale. */
export type CandleScale = Extract<Resolution, 'second' | 'minute' | 'minute-5' | 'hour'>

export type CandleEvent =
  | { readonly kind: 'candle'; readonly candle: LiveCandle }
  /** Updates are missing here: a bar may be incomplete or not told at all. Ask `ig.prices` for the past. */
  | { readonly kind: 'gap'; readonly gap: StreamGap }

/** A bar as it forms. Source: IG Labs, Streaming API reference, "CHART". */
export interface LiveCandle {
  readonly epic: Epic
  readonly scale: CandleScale
  /** When it begins, milliseconds since 1970, UTC; worked out from IG's time of its updates, `null` where there is none. */
  readonly startMs: number | null
  /**
   * - `forming`: it will change.
   * - `told`: IG said that it is complete.
   * - `passed`: the next one began before IG said so; its last updates may be missing.
   */
  readonly completion: 'forming' | 'told' | 'passed'
  /** `completion` is not `forming`: the last word on it. */
  readonly isComplete: boolean
  /** As in the candles of `ig.prices`. Made when asked for. */
  readonly open: CandlePrice
  readonly high: CandlePrice
  readonly low: CandlePrice
  readonly close: CandlePrice
  /** Decimals of all units fields; widens when a price carries more. */
  readonly decimals: number
  /** Whole numbers of 10^-decimals. */
  readonly bidUnits: BarUnits
  readonly offerUnits: BarUnits
  /** Of exchange-traded markets. */
  readonly lastTradedUnits: BarUnits
  /** Price changes in it so far. */
  readonly ticks: number | null
  readonly lastTradedVolume: number | null
  readonly volume: number | null
  /** Milliseconds since 1970, IG's own clock: of its last update. */
  readonly brokerTimeMs: number | null
  /** Monotonic: when its last update came. */
  readonly receivedAtMs: number
  /** The state of things at the subscription, not a change. */
  readonly isSnapshot: boolean
  readonly day: DayFigures
}

/** `null` where IG gives no price. */
export interface BarUnits {
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly close: number | null
}
