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

/** One hit of a search. Source: IG Labs, REST API reference, "Markets", GET /markets. */
export interface MarketSummary {
  readonly epic: Epic
  readonly name: string
  /** IG's word, such as `CURRENCIES` or `INDICES`. */
  readonly instrumentType: string
  readonly expiry: string
  readonly state: MarketState
  readonly bid: Decimal | null
  readonly offer: Decimal | null
  readonly high: Decimal | null
  readonly low: Decimal | null
  readonly isStreamable: boolean
}
