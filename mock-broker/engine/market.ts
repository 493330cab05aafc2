import type { Decimal } from 'decimal.js'

/**
 * What the engine knows of a market. Prices inside the engine are whole units of 10^-`decimals`; distances are points
 * (IG Labs, REST API reference, "Markets": `decimalPlacesFactor`, `scalingFactor`, `dealingRules`).
 */
export interface Market {
  readonly epic: string
  readonly name: string
  readonly type: 'CURRENCIES' | 'INDICES' | 'COMMODITIES'
  readonly marketId: string
  /** The only currency the market is dealt in. */
  readonly currency: 'EUR' | 'USD'
  readonly currencySymbol: string
  /** Units of the market's currency for one unit of the account's: fixed, so that money is repeatable. */
  readonly baseExchangeRate: Decimal
  /** Decimals in a level. */
  readonly decimals: number
  /** Points in one unit of the level. */
  readonly pointsPerUnit: number
  readonly contractSize: number
  readonly onePipMeans: string
  readonly marginPercent: Decimal
  readonly minSize: Decimal
  /** Sizes are multiples of this (IG does not publish the step: our choice). */
  readonly sizeStep: Decimal
  readonly minStopPoints: Decimal
  readonly minGuaranteedStopPoints: Decimal
  /** Furthest stop or limit, percent of the level. */
  readonly maxStopPercent: Decimal
  /** How tape files name the instrument, lower case. */
  readonly symbols: readonly string[]
  readonly synthetic: SyntheticShape
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

/** The states the engine can put a market in (IG Labs, REST API reference, "Markets": `marketStatus`). */
export type MarketState = 'TRADEABLE' | 'EDITS_ONLY' | 'CLOSED' | 'OFFLINE'

/** Price units in one point. Whole for every market of the catalogue. */
export function unitsPerPoint(market: Market): number {
  return 10 ** market.decimals / market.pointsPerUnit
}
