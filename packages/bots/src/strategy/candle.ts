/** Prices are mids: between the bid and the offer, so half a unit is possible. */
export interface Candle {
  /** UTC, milliseconds since 1970; a whole multiple of its length. */
  readonly startMs: number
  readonly lengthMs: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** How many ticks it is made of; stands where others have a volume, which quotes do not tell. */
  readonly ticks: number
  /**
   * False where a part of it may be missing, or the candles before it: the run began in it and the broker's history did not tell the
   * rest, or the stream tore in it or just before it.
   */
  readonly isWhole: boolean
}

/** The candles of one market and length. A stretch of time without a tick has none. */
export interface CandleSeries {
  /** Whole candles that are kept, at most 1,000. */
  readonly length: number
  /** The newest whole one; null before the first. */
  readonly last: Candle | null
  /** The one that is not over; null before the first tick. */
  readonly forming: Candle | null
  /** A whole one: `at(0)` is the newest, `at(1)` the one before. */
  at(back: number): Candle | undefined
}
