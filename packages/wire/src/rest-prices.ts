/**
 * Candles. Source: IG Labs, REST API reference (https://labs.ig.com/reference/), "Prices".
 */
import type { Open } from './rest.ts'
import type { PageDataJson } from './rest-history.ts'

export type ResolutionJson =
  | 'SECOND'
  | 'MINUTE'
  | 'MINUTE_2'
  | 'MINUTE_3'
  | 'MINUTE_5'
  | 'MINUTE_10'
  | 'MINUTE_15'
  | 'MINUTE_30'
  | 'HOUR'
  | 'HOUR_2'
  | 'HOUR_3'
  | 'HOUR_4'
  | 'DAY'
  | 'WEEK'
  | 'MONTH'

/** GET /prices/{epic}, version 3: oldest first. */
export interface PricesJson {
  readonly prices: readonly CandleJson[]
  readonly instrumentType: Open<string>
  readonly metadata: {
    readonly allowance: PriceAllowanceJson
    readonly size: number
    readonly pageData: PageDataJson
  }
}

/** The older forms, versions 1 and 2. */
export interface PricesV2Json {
  readonly prices: readonly CandleJson[]
  readonly instrumentType: Open<string>
  readonly allowance: PriceAllowanceJson
}

export interface CandleJson {
  /** When the bar begins, account-local: `2020/10/12 21:50:00`; version 1 `2020:09:01-05:00:00`. */
  readonly snapshotTime: string
  /** Version 3 alone: `2020-10-12T20:50:00`. */
  readonly snapshotTimeUTC?: string
  readonly openPrice: CandlePriceJson
  readonly closePrice: CandlePriceJson
  readonly highPrice: CandlePriceJson
  readonly lowPrice: CandlePriceJson
  /** Ticks in the bar. */
  readonly lastTradedVolume: number
}

export interface CandlePriceJson {
  readonly bid: number | null
  readonly ask: number | null
  readonly lastTraded: number | null
}

export interface PriceAllowanceJson {
  readonly remainingAllowance: number
  readonly totalAllowance: number
  /** Seconds until it is full again. */
  readonly allowanceExpiry: number
}
