import type { Decimal } from 'decimal.js'
import type { Epic } from './ids.ts'
import type { Other } from './other.ts'

/** Source: IG Labs, REST API reference, "Markets", GET /markets/{epic} version 3. */
export interface Market {
  readonly epic: Epic
  readonly name: string
  /** `-` for cash CFDs, `DFB` for daily spread bets, else a month such as `SEP-24`. Sent back with an order as it is. */
  readonly expiry: string
  /** ISO code of the currency we deal in: the market's default one, else its first. */
  readonly currency: string
  /** IG's `baseExchangeRate`: units of {@link currency} for one of the account's; `null` where IG gives none. */
  readonly currencyPerBase: Decimal | null
  /** Decimals in a level. */
  readonly decimals: number
  /** IG's `scalingFactor`: a distance in points is the price difference times this. */
  readonly pointsPerUnit: number
  /** Money per unit of level and contract; 1 where IG gives none (shares). */
  readonly contractSize: Decimal
  readonly minSize: Decimal
  /** For normal stops and for limits. */
  readonly minStopDistance: DistanceRule
  readonly maxStopDistance: DistanceRule
  readonly minGuaranteedStopDistance: DistanceRule
  readonly state: MarketState
  /** The rest are as of the answer: the stream has the present ones. */
  readonly bid: Decimal | null
  readonly offer: Decimal | null
  readonly high: Decimal | null
  readonly low: Decimal | null
  /** False where IG takes limit orders only. A hint: some markets refuse all the same. */
  readonly allowsMarketOrders: boolean
}

export interface DistanceRule {
  readonly unit: 'POINTS' | 'PERCENTAGE' | Other
  readonly value: Decimal
}

export type MarketState =
  | 'tradeable'
  | 'closed'
  | 'edits-only'
  | 'offline'
  | 'auction'
  | 'auction-no-edits'
  | 'suspended'
  | 'closings-only'
  | 'deal-no-edit'
  | Other

/** What kind of thing a market is. Source: IG Labs, REST API reference, "Markets", instrument type. */
export type InstrumentType =
  | 'binary'
  | 'bungee-capped'
  | 'bungee-commodities'
  | 'bungee-currencies'
  | 'bungee-indices'
  | 'commodities'
  | 'currencies'
  | 'indices'
  | 'knockouts-commodities'
  | 'knockouts-currencies'
  | 'knockouts-indices'
  | 'knockouts-shares'
  | 'opt-commodities'
  | 'opt-currencies'
  | 'opt-indices'
  | 'opt-rates'
  | 'opt-shares'
  | 'rates'
  | 'sectors'
  | 'shares'
  | 'sprint-market'
  | 'test-market'
  | 'unknown'
  | Other

/** One hit of a search. Source: IG Labs, REST API reference, "Markets", GET /markets. */
export interface MarketSummary {
  readonly epic: Epic
  /** In the language of the account. */
  readonly name: string
  readonly instrumentType: InstrumentType
  readonly expiry: string
  readonly state: MarketState
  /** As of the answer. `null` where IG gives no price, as for a closed share. */
  readonly bid: Decimal | null
  readonly offer: Decimal | null
  /** Of the day. */
  readonly high: Decimal | null
  readonly low: Decimal | null
  /** Of the day, in the scale of the levels. */
  readonly netChange: Decimal | null
  readonly percentageChange: Decimal | null
  /** By how much the prices lag; 0 for live ones. */
  readonly delayMinutes: number | null
  /** `HH:mm:ss` of the last price, UTC, without its day. */
  readonly updateTimeUtc: string | null
  /** See {@link Market.pointsPerUnit}. */
  readonly pointsPerUnit: number | null
  /** False also where IG does not say. */
  readonly isStreamable: boolean
}
