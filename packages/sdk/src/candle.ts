import type { Decimal } from 'decimal.js'
import type { Epic } from './ids.ts'
import type { InstrumentType } from './market.ts'
import type { Resolution } from './resolutions.ts'

/**
 * One bar. The newest one of an answer may still be forming: IG does not mark it.
 * Source: IG Labs, REST API reference, "Prices".
 */
export interface Candle {
  /**
   * When it begins, milliseconds since 1970, UTC. `null` where IG gives the local time alone: in the older forms always, in the
   * present one for single bars.
   */
  readonly atMs: number | null
  /** When it begins in the account's own zone, as IG wrote it: `2024/06/14 10:06:00`, or `2024:06:14-10:06:00` in the oldest form. */
  readonly localTime: string
  readonly open: CandlePrice
  readonly high: CandlePrice
  readonly low: CandlePrice
  readonly close: CandlePrice
  /** Price changes, not contracts. */
  readonly ticks: number | null
}

/** `null` where IG gives no price. */
export interface CandlePrice {
  readonly bid: Decimal | null
  readonly offer: Decimal | null
  /** Of exchange-traded markets. */
  readonly lastTraded: Decimal | null
}

export interface CandleList {
  /** Oldest first. */
  readonly candles: readonly Candle[]
  readonly instrumentType: InstrumentType | null
  /** What this answer left; `null` where IG does not say. */
  readonly allowance: HistoricalAllowance | null
}

/** Price points that the account may still ask for; each bar of each answer takes one, repeats too. */
export interface HistoricalAllowance {
  readonly remaining: number
  /** 10 000 a week, as published. */
  readonly total: number
  readonly resetsInSeconds: number
}

/** Which bars: the latest, or those of a time. */
export type CandleRequest = LatestCandles | CandlesSince

interface OfMarket {
  readonly epic: Epic
  readonly resolution: Resolution
}

export interface LatestCandles extends OfMarket {
  /** How many. */
  readonly latest: number
  readonly fromMs?: never
  readonly toMs?: never
  readonly zoneOffsetHours?: never
}

/**
 * Instants in milliseconds since 1970, UTC, cut to whole seconds. IG does not publish in which zone it reads them; they are written
 * in UTC unless `zoneOffsetHours` says how far east of it (the account's offset at that time, which changes with summer time).
 */
export interface CandlesSince extends OfMarket {
  readonly fromMs: number
  /** Up to now unless told. */
  readonly toMs?: number
  readonly zoneOffsetHours?: number
  readonly latest?: never
}

/** As {@link CandlesSince}, with both ends. */
export interface CandlesBetween extends CandlesSince {
  readonly toMs: number
}
