import type { Decimal } from 'decimal.js'
import type { Epic } from './ids.ts'
import type { DistanceRule, InstrumentType, Market, MarketState } from './market.ts'
import type { Other } from './other.ts'

/**
 * All that IG says of one market, but the times of sprint markets, which are retired. What is not needed to deal is `null` where IG
 * gives none that can be read.
 * Source: IG Labs, REST API reference, "Markets", GET /markets/{epic} version 3, and GET /markets version 2.
 */
export interface MarketDetails extends Market {
  readonly instrument: InstrumentDetails
  readonly rules: FurtherRules
  readonly snapshot: SnapshotDetails
}

export interface InstrumentDetails {
  readonly type: InstrumentType
  /** What a size counts. */
  readonly unit: InstrumentUnit | null
  /** Names the market to `markets.sentiment()`. */
  readonly marketId: string | null
  /** Not the contract size: no amount is worked out from it. */
  readonly lotSize: Decimal | null
  /** These five are false also where IG does not say. */
  readonly isForceOpenAllowed: boolean
  readonly areStopsAndLimitsAllowed: boolean
  readonly isGuaranteedStopAllowed: boolean
  readonly isStreamable: boolean
  readonly currencies: readonly DealingCurrency[]
  /** By size; `null` where IG gives none that can be read. */
  readonly marginBands: readonly MarginBand[] | null
  /** Of the smallest sizes. */
  readonly marginFactor: DistanceRule | null
  readonly slippageFactor: DistanceRule | null
  /** What a guaranteed stop costs when it is reached. */
  readonly limitedRiskPremium: DistanceRule | null
  /** In the account's own zone; `null` where IG gives none. */
  readonly openingHours: readonly OpeningHours[] | null
  readonly expiryDetails: ExpiryDetails | null
  readonly rolloverDetails: RolloverDetails | null
  readonly newsCode: string | null
  readonly chartCode: string | null
  readonly country: string | null
  /** Money for one contract. */
  readonly valueOfOnePip: Decimal | null
  /** Words, such as `0.0001 USD/EUR`. */
  readonly onePipMeans: string | null
  readonly specialInfo: readonly string[]
}

export type InstrumentUnit = 'amount' | 'contracts' | 'shares' | Other

/** A currency that the market can be dealt in. */
export interface DealingCurrency {
  /** ISO code. */
  readonly code: string
  /** IG's own symbol: the euro's is `E`. */
  readonly symbol: string | null
  readonly baseExchangeRate: Decimal | null
  readonly exchangeRate: Decimal | null
  /** IG marks none where there is only one. */
  readonly isDefault: boolean
}

export interface MarginBand {
  readonly fromSize: Decimal
  /** `null` in the last band. */
  readonly toSize: Decimal | null
  /** Percent of the value. */
  readonly marginPercentage: Decimal
  /** ISO code. */
  readonly currency: string | null
}

/** `HH:mm`. */
export interface OpeningHours {
  readonly opensAt: string
  readonly closesAt: string
}

/** IG does not publish the zone of these dates, such as `2024-12-16T17:00`: they are given as they came. */
export interface ExpiryDetails {
  readonly lastDealingDate: string | null
  readonly settlementInfo: string | null
}

/** As {@link ExpiryDetails}. */
export interface RolloverDetails {
  readonly lastRolloverTime: string | null
  readonly rolloverInfo: string | null
}

/** The rules that {@link Market} does not have. */
export interface FurtherRules {
  /** The smallest step of a trailing stop. */
  readonly minTrailingStep: DistanceRule | null
  /** Between the levels that a guaranteed stop can have. */
  readonly guaranteedStopSpacing: DistanceRule | null
  readonly marketOrders: 'default-on' | 'default-off' | 'not-available' | Other | null
  readonly trailingStops: 'available' | 'not-available' | Other | null
}

export interface SnapshotDetails {
  /** Of the day, in the scale of the levels. */
  readonly netChange: Decimal | null
  readonly percentageChange: Decimal | null
  /** `HH:mm:ss` of the last price in the account's own zone, without its day. */
  readonly updateTime: string | null
  /** By how much the prices lag; 0 for live ones. */
  readonly delayMinutes: number | null
  readonly binaryOdds: Decimal | null
  /** What a guaranteed stop adds to the spread, in points. */
  readonly guaranteedStopExtraSpread: Decimal | null
}

/** The prices of a market and nothing else. Source: IG Labs, REST API reference, "Markets", GET /markets version 2, SNAPSHOT_ONLY. */
export interface MarketSnapshot extends SnapshotDetails {
  readonly epic: Epic
  readonly instrumentType: InstrumentType | null
  readonly state: MarketState
  readonly bid: Decimal | null
  readonly offer: Decimal | null
  readonly high: Decimal | null
  readonly low: Decimal | null
  /** Decimals in a level. */
  readonly decimals: number
  /** See {@link Market.pointsPerUnit}. */
  readonly pointsPerUnit: number
}
