import type { Indicator } from '../strategy/indicator.ts'
import { checkedLength, type PriceFollower } from './follower.ts'
import { Ring } from './ring.ts'

/** The mean of the last values. Exact: a sum of whole and half units does not drift. */
export class SimpleAverage implements Indicator, PriceFollower {
  readonly #ring: Ring
  readonly #scale: number
  #sum = 0

  constructor(length: number, scale: number) {
    this.#ring = new Ring(checkedLength(length, 'sma'))
    this.#scale = scale
  }

  get isReady(): boolean {
    return this.#ring.isFull
  }

  get value(): number {
    return this.#ring.isFull ? this.#sum / this.#ring.length / this.#scale : Number.NaN
  }

  take(units: number): void {
    this.#sum += units - this.#ring.push(units)
  }
}

/** Begins with the first value; each further one counts 2 / (length + 1). Ready after as many as its length. */
export class ExponentialAverage implements Indicator, PriceFollower {
  readonly #length: number
  readonly #weight: number
  readonly #scale: number
  #seen = 0
  #average = 0

  constructor(length: number, scale: number) {
    this.#length = checkedLength(length, 'ema')
    this.#weight = 2 / (length + 1)
    this.#scale = scale
  }

  get isReady(): boolean {
    return this.#seen >= this.#length
  }

  get value(): number {
    return this.#seen >= this.#length ? this.#average / this.#scale : Number.NaN
  }

  take(units: number): void {
    this.#average = this.#seen === 0 ? units : this.#average + (units - this.#average) * this.#weight
    this.#seen++
  }
}

/** J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978): the mean of the first values, then each counts 1 / length. */
export class WilderAverage {
  readonly #length: number
  #seen = 0
  #average = 0

  constructor(length: number) {
    this.#length = length
  }

  get isReady(): boolean {
    return this.#seen >= this.#length
  }

  get value(): number {
    return this.#average
  }

  take(value: number): void {
    if (this.#seen < this.#length) {
      this.#seen++
      this.#average += (value - this.#average) / this.#seen
    } else this.#average += (value - this.#average) / this.#length
  }
}
