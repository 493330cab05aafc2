import type { CandleNow } from '../candles/candle-now.ts'

/** Follows the mids of ticks, or the closes of candles; in units of the market, where a half is possible. */
export interface PriceFollower {
  take(units: number): void
}

/** Follows whole candles. */
export interface CandleFollower {
  takeCandle(candle: CandleNow): void
}

/** @throws when it is no length that an indicator can have */
export function checkedLength(length: number, indicator: string, least = 1): number {
  if (Number.isInteger(length) && length >= least && length <= LONGEST) return length
  throw new RangeError(
    `expected the length of ${indicator} to be a whole number from ${least} to ${LONGEST}, but got ${length}; change it`,
  )
}

/** Our choice: so long that sums of squares of a window stay exact. */
const LONGEST = 10_000
