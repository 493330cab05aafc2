import type { Decimal } from 'decimal.js'
import type { Epic } from './ids.ts'
import type { DistanceRule, InstrumentType, MarketState } from './market.ts'
import type { DealingCurrency, InstrumentUnit } from './market-details.ts'
import type { Other } from './other.ts'

/**
 * A market with its prices by size. Has neither margin nor the preference for market orders: to deal, take `markets.get()`.
 * What IG leaves out or prints as null is `null`.
 * Source: IG Labs, REST API reference, "Markets", GET /markets/{epic} version 4.
 */
export interface MarketLadder {
  readonly epic: Epic
  readonly name: string
  readonly expiry: string
  readonly instrumentType: InstrumentType
  readonly unit: InstrumentUnit | null
  readonly lotSize: Decimal | null
  readonly contractSize: Decimal | null
  readonly valueOfOnePip: Decimal | null
  readonly marketId: string | null
  readonly newsCode: string | null
  readonly chartCode: string | null
  readonly country: string | null
  readonly currencies: readonly DealingCurrency[]
  readonly limitedRiskPremium: DistanceRule | null
  /** These three are false also where IG does not say. */
  readonly isStreamable: boolean
  readonly isLimitAllowed: boolean
  readonly isStopAllowed: boolean
  readonly rules: LadderRules
  readonly state: MarketState
  /** From the best to the worst. */
  readonly prices: readonly LadderPrice[]
  /** How much of each price, by currency. */
  readonly sizes: readonly LadderSizes[]
  readonly high: Decimal | null
  readonly low: Decimal | null
  readonly netChange: Decimal | null
  readonly percentageChange: Decimal | null
  readonly delayMinutes: number | null
  /** Of the last price, milliseconds since 1970, UTC. */
  readonly updatedAtMs: number | null
  readonly decimals: number | null
  readonly pointsPerUnit: number | null
}

export interface LadderRules {
  readonly minSize: Decimal | null
  readonly minStopDistance: DistanceRule | null
  readonly maxStopDistance: DistanceRule | null
  readonly minGuaranteedStopDistance: DistanceRule | null
  readonly minTrailingStep: DistanceRule | null
  readonly guaranteedStopSpacing: DistanceRule | null
  readonly trailingStops: 'available' | 'not-available' | Other | null
}

/** As IG prints it; in which scale is not published, so compare it with `markets.get()` before a level is made from it. */
export interface LadderPrice {
  readonly bid: Decimal | null
  readonly offer: Decimal | null
}

/** The n-th size belongs to the n-th price. */
export interface LadderSizes {
  /** ISO code. */
  readonly currency: string | null
  readonly bidSizes: readonly (Decimal | null)[]
  readonly offerSizes: readonly (Decimal | null)[]
}
