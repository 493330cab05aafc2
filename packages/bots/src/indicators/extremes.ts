import type { CandleNow } from '../candles/candle-now.ts'
import type { Band, Indicator } from '../strategy/indicator.ts'
import { type CandleFollower, checkedLength, type PriceFollower } from './follower.ts'

/** The largest of the last values, in constant time for each. */
export class SlidingLargest {
  readonly #length: number
  readonly #values: Float64Array
  readonly #places: Float64Array
  #head = 0
  #count = 0
  #seen = 0

  constructor(length: number) {
    this.#length = length
    this.#values = new Float64Array(length)
    this.#places = new Float64Array(length)
  }

  get isFull(): boolean {
    return this.#seen >= this.#length
  }

  get value(): number {
    return this.#values[this.#head]!
  }

  /** Keeps falling values only: what is no larger than a later one can never be the largest again. */
  push(value: number): void {
    const length = this.#length
    if (this.#count > 0 && this.#places[this.#head]! <= this.#seen - length) {
      this.#head = (this.#head + 1) % length
      this.#count--
    }
    while (this.#count > 0 && this.#values[(this.#head + this.#count - 1) % length]! <= value) this.#count--
    const place = (this.#head + this.#count) % length
    this.#values[place] = value
    this.#places[place] = this.#seen++
    this.#count++
  }
}

/** Richard Donchian's channel: the highest and the lowest of the last values, or of the highs and lows of candles. */
export class DonchianChannel implements Indicator<Band>, PriceFollower, CandleFollower {
  readonly value: Band
  readonly #highest: SlidingLargest
  readonly #lowest: SlidingLargest

  constructor(length: number, scale: number) {
    checkedLength(length, 'donchian')
    const [highest, lowest] = [new SlidingLargest(length), new SlidingLargest(length)]
    this.#highest = highest
    this.#lowest = lowest
    const shown = (units: number): number => (highest.isFull ? units / scale : Number.NaN)
    this.value = {
      get upper() {
        return shown(highest.value)
      },
      get middle() {
        return shown((highest.value - lowest.value) / 2)
      },
      get lower() {
        return shown(-lowest.value)
      },
    }
  }

  get isReady(): boolean {
    return this.#highest.isFull
  }

  take(units: number): void {
    this.#highest.push(units)
    this.#lowest.push(-units)
  }

  takeCandle({ highUnits, lowUnits }: CandleNow): void {
    this.#highest.push(highUnits)
    this.#lowest.push(-lowUnits)
  }
}
