/** A figure that follows the market. */
export interface Indicator<Value = number> {
  /** NaN (or NaNs) until it is ready. */
  readonly value: Value
  /** Enough was seen. */
  readonly isReady: boolean
}

export interface Band {
  readonly upper: number
  readonly middle: number
  readonly lower: number
}

export interface MacdValue {
  readonly macd: number
  readonly signal: number
  readonly histogram: number
}

export interface StochasticValue {
  readonly k: number
  readonly d: number
}

/** Makes the indicators of one market. They are brought up to date before the strategy is asked. */
export interface IndicatorKit {
  /** Of each tick's mid, or of each whole candle of a length such as `1m`. */
  on(source: 'tick'): PriceIndicators
  on(candleLength: string): CandleIndicators
}

/** Lengths are ticks or candles. */
export interface PriceIndicators {
  sma(length: number): Indicator
  ema(length: number): Indicator
  /** Wilder's. */
  rsi(length: number): Indicator
  bollinger(length: number, deviations?: number): Indicator<Band>
  /** Highest and lowest. */
  donchian(length: number): Indicator<Band>
  macd(short?: number, long?: number, signal?: number): Indicator<MacdValue>
  /** Of the population. */
  standardDeviation(length: number): Indicator
  /** Points of percent that the price changed by. */
  rateOfChange(length: number): Indicator
}

export interface CandleIndicators extends PriceIndicators {
  /** Wilder's. */
  atr(length: number): Indicator
  /** Of the day in UTC, begun anew at midnight; weighted by ticks, because quotes tell no volume. */
  vwap(): Indicator
  stochastic(length?: number, smoothK?: number, smoothD?: number): Indicator<StochasticValue>
}
