import type { Band, Indicator } from '../strategy/indicator.ts'
import { checkedLength, type PriceFollower } from './follower.ts'
import { Ring } from './ring.ts'

/** Of the population. Exact in its sums: they are of distances from an anchor nearby, in half units. */
export class StandardDeviation implements Indicator, PriceFollower {
  readonly #ring: Ring
  readonly #scale: number
  #anchor = Number.NaN
  #sum = 0
  #squares = 0

  constructor(length: number, scale: number, indicator = 'standardDeviation') {
    this.#ring = new Ring(checkedLength(length, indicator, 2))
    this.#scale = scale
  }

  get isReady(): boolean {
    return this.#ring.isFull
  }

  get value(): number {
    if (!this.#ring.isFull) return Number.NaN
    const mean = this.#sum / this.#ring.length
    return Math.sqrt(Math.max(0, this.#squares / this.#ring.length - mean * mean)) / this.#scale
  }

  get mean(): number {
    return this.#ring.isFull ? (this.#anchor + this.#sum / this.#ring.length) / this.#scale : Number.NaN
  }

  take(units: number): void {
    if (Number.isNaN(this.#anchor)) this.#anchor = units
    const isFull = this.#ring.isFull
    const left = this.#ring.push(units)
    if (Math.abs(units - this.#anchor) > FAR) return this.#anchorAnew(units)
    const [come, gone] = [units - this.#anchor, isFull ? left - this.#anchor : 0]
    this.#sum += come - gone
    this.#squares += come * come - gone * gone
  }

  #anchorAnew(units: number): void {
    this.#anchor = units
    this.#sum = 0
    this.#squares = 0
    this.#ring.forEach(value => {
      this.#sum += value - units
      this.#squares += (value - units) ** 2
    })
  }
}

/** John Bollinger, "Bollinger on Bollinger Bands" (2001): so many standard deviations around the simple average. */
export class BollingerBands implements Indicator<Band>, PriceFollower {
  readonly value: Band
  readonly #deviation: StandardDeviation

  constructor(length: number, deviations: number, scale: number) {
    const deviation = new StandardDeviation(length, scale, 'bollinger')
    this.#deviation = deviation
    this.value = {
      get upper() {
        return deviation.mean + deviations * deviation.value
      },
      get middle() {
        return deviation.mean
      },
      get lower() {
        return deviation.mean - deviations * deviation.value
      },
    }
  }

  get isReady(): boolean {
    return this.#deviation.isReady
  }

  take(units: number): void {
    this.#deviation.take(units)
  }
}

/** From here on squares of a window of the longest length would not be exact any more. */
const FAR = 400_000
