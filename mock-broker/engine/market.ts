import type { Decimal } from 'decimal.js'
import type { CurrencyCode } from './currency.ts'
import type { MarketState } from './market-state.ts'
import type { TradingHours } from './trading-hours.ts'

/**
 * What the engine knows of a market. Prices inside the engine are whole units of 10^-`decimals`; distances are points
 * (IG Labs, REST API reference, "Markets": `decimalPlacesFactor`, `scalingFactor`, `dealingRules`).
 */
export interface Market {
  readonly epic: string
  readonly name: string
  readonly type: 'CURRENCIES' | 'INDICES' | 'COMMODITIES' | 'SHARES' | 'RATES'
  readonly marketId: string
  /** `-` for cash CFDs, `DFB` for daily spread bets, else the month of a contract, `SEP-26`. */
  readonly expiry: string
  /** What it is dealt in, the usual one first. */
  readonly currencies: readonly [CurrencyCode, ...CurrencyCode[]]
  /** Decimals in a level. */
  readonly decimals: number
  /** Points in one unit of the level. */
  readonly pointsPerUnit: number
  /** Units of the underlying in one contract; null where IG publishes none: one then. */
  readonly contractSize: number | null
  readonly unit: 'AMOUNT' | 'CONTRACTS' | 'SHARES'
  readonly onePipMeans: string | null
  /** Percent of the value, by the size that is open in the market; the first band begins at 0. */
  readonly marginBands: readonly MarginBand[]
  readonly minSize: Decimal
  /** Sizes are multiples of this (IG does not publish the step: our choice). */
  readonly sizeStep: Decimal
  /** Beyond it a dealer would have to answer. */
  readonly maxSize: Decimal
  /** What can be dealt at the present price by an order that names its level. */
  readonly touchSize: Decimal
  /** Most that one account can deal in one direction within the repeat dealing window. */
  readonly maxRepeatSize: Decimal
  /** Most that can stand behind guaranteed stops of one account. */
  readonly maxGuaranteedSize: Decimal
  readonly minStopPoints: Decimal
  readonly minGuaranteedStopPoints: Decimal
  /** Least step of a trailing stop. */
  readonly minStepPoints: Decimal
  /** Furthest stop or limit, percent of the level. */
  readonly maxStopPercent: Decimal
  /** Guaranteed stops lie on multiples of it; null for any level. */
  readonly guaranteedSpacingPoints: Decimal | null
  /** Charged when a guaranteed stop is triggered, for each unit of size; null where there are none. */
  readonly guaranteedPremiumPoints: Decimal | null
  readonly allowsLegs: boolean
  readonly allowsTrailing: boolean
  readonly marketOrders: 'AVAILABLE_DEFAULT_OFF' | 'AVAILABLE_DEFAULT_ON' | 'NOT_AVAILABLE'
  readonly restriction: MarketRestriction | null
  /** Percent of the value of each deal; null where the spread is all. */
  readonly commissionPercent: Decimal | null
  /** Kept where the engine is asked to, and by the seeded past. */
  readonly hours: TradingHours
  /** The state it is in when the broker starts. */
  readonly startState: MarketState
  readonly category: MarketCategory
  readonly country: string | null
  /** How tape files name the instrument, lower case; a search finds these too. */
  readonly symbols: readonly string[]
  /** Null: it shows no price. */
  readonly synthetic: SyntheticShape | null
}

/** Why nothing can be opened although the market trades. */
export type MarketRestriction = 'phone-only' | 'not-borrowable' | 'not-entitled' | 'about-to-expire' | 'rolled'

export type MarketCategory = 'FOREX' | 'INDICES' | 'COMMODITIES' | 'SHARES' | 'CRYPTOCURRENCY' | 'RATES'

interface MarginBand {
  /** Size from which it applies. */
  readonly from: number
  readonly percent: Decimal
}

/** How the synthetic market of an instrument moves; every figure is our choice. */
export interface SyntheticShape {
  /** First mid price, in units. */
  readonly startUnits: number
  /** Usual spread, in units. */
  readonly spreadUnits: number
  /** Usual size of one move, in units. */
  readonly moveUnits: number
  /** Usual time between two ticks. */
  readonly pauseMs: number
}

/** Price units in one point. Whole for every market of the catalogue. */
export function unitsPerPoint(market: Market): number {
  return 10 ** market.decimals / market.pointsPerUnit
}

export function contractUnits(market: Market): number {
  return market.contractSize ?? 1
}

/** A spread bet is a stake for each point; everything else a contract. */
export function isSpreadBet(market: Market): boolean {
  return market.expiry === 'DFB'
}
