import type { CandleNow } from '../candles/candle-now.ts'
import type { Indicator, MacdValue, StochasticValue } from '../strategy/indicator.ts'
import { ExponentialAverage, SimpleAverage, WilderAverage } from './averages.ts'
import { SlidingLargest } from './extremes.ts'
import { type CandleFollower, checkedLength, type PriceFollower } from './follower.ts'
import { Ring } from './ring.ts'

/** J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978). 50 where nothing moved. */
export class RelativeStrength implements Indicator, PriceFollower {
  readonly #gains: WilderAverage
  readonly #losses: WilderAverage
  #before = Number.NaN

  constructor(length: number) {
    checkedLength(length, 'rsi')
    this.#gains = new WilderAverage(length)
    this.#losses = new WilderAverage(length)
  }

  get isReady(): boolean {
    return this.#gains.isReady
  }

  get value(): number {
    if (!this.isReady) return Number.NaN
    const all = this.#gains.value + this.#losses.value
    return all === 0 ? 50 : (100 * this.#gains.value) / all
  }

  take(units: number): void {
    const change = units - this.#before
    this.#before = units
    if (Number.isNaN(change)) return
    this.#gains.take(Math.max(0, change))
    this.#losses.take(Math.max(0, -change))
  }
}

export class RateOfChange implements Indicator, PriceFollower {
  readonly #ring: Ring
  #now = Number.NaN
  #then = Number.NaN

  constructor(length: number) {
    this.#ring = new Ring(checkedLength(length, 'rateOfChange'))
  }

  get isReady(): boolean {
    return !Number.isNaN(this.#then)
  }

  get value(): number {
    return (100 * (this.#now - this.#then)) / this.#then
  }

  take(units: number): void {
    const isFull = this.#ring.isFull
    const left = this.#ring.push(units)
    this.#now = units
    if (isFull) this.#then = left
  }
}

/** Gerald Appel, "Technical Analysis: Power Tools for Active Investors" (2005). */
export class ConvergenceDivergence implements Indicator<MacdValue>, PriceFollower {
  readonly value: MacdValue
  readonly #short: ExponentialAverage
  readonly #long: ExponentialAverage
  readonly #signal: ExponentialAverage

  constructor(short: number, long: number, signal: number, scale: number) {
    if (!(short < long))
      throw new RangeError(`expected macd's short length below its long one, but got ${short} and ${long}; change one`)
    const [shorter, longer] = [new ExponentialAverage(short, scale), new ExponentialAverage(long, scale)]
    const smoothed = new ExponentialAverage(signal, 1)
    this.#short = shorter
    this.#long = longer
    this.#signal = smoothed
    this.value = {
      get macd() {
        return shorter.value - longer.value
      },
      get signal() {
        return smoothed.value
      },
      get histogram() {
        return shorter.value - longer.value - smoothed.value
      },
    }
  }

  get isReady(): boolean {
    return this.#signal.isReady
  }

  take(units: number): void {
    this.#short.take(units)
    this.#long.take(units)
    if (this.#long.isReady) this.#signal.take(this.#short.value - this.#long.value)
  }
}

/** George Lane's: where the close lies between the lowest and the highest, smoothed (%K) and smoothed again (%D). 50 in a range of nothing. */
export class Stochastic implements Indicator<StochasticValue>, CandleFollower {
  readonly value: StochasticValue
  readonly #highest: SlidingLargest
  readonly #lowest: SlidingLargest
  readonly #k: SimpleAverage
  readonly #d: SimpleAverage

  constructor(length: number, smoothK: number, smoothD: number) {
    checkedLength(length, 'stochastic')
    this.#highest = new SlidingLargest(length)
    this.#lowest = new SlidingLargest(length)
    const [k, d] = [new SimpleAverage(smoothK, 1), new SimpleAverage(smoothD, 1)]
    this.#k = k
    this.#d = d
    this.value = {
      get k() {
        return k.value
      },
      get d() {
        return d.value
      },
    }
  }

  get isReady(): boolean {
    return this.#d.isReady
  }

  takeCandle({ highUnits, lowUnits, closeUnits }: CandleNow): void {
    this.#highest.push(highUnits)
    this.#lowest.push(-lowUnits)
    if (!this.#highest.isFull) return
    const range = this.#highest.value + this.#lowest.value
    this.#k.take(range === 0 ? 50 : (100 * (closeUnits + this.#lowest.value)) / range)
    if (this.#k.isReady) this.#d.take(this.#k.value)
  }
}
