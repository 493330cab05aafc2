import type { CandleNow } from '../candles/candle-now.ts'
import type { Indicator } from '../strategy/indicator.ts'
import { WilderAverage } from './averages.ts'
import { type CandleFollower, checkedLength } from './follower.ts'

/** J. Welles Wilder, "New Concepts in Technical Trading Systems" (1978); the first candle's range is its own. */
export class AverageTrueRange implements Indicator, CandleFollower {
  readonly #average: WilderAverage
  readonly #scale: number
  #closeBefore = Number.NaN

  constructor(length: number, scale: number) {
    this.#average = new WilderAverage(checkedLength(length, 'atr'))
    this.#scale = scale
  }

  get isReady(): boolean {
    return this.#average.isReady
  }

  get value(): number {
    return this.#average.isReady ? this.#average.value / this.#scale : Number.NaN
  }

  takeCandle({ highUnits, lowUnits, closeUnits }: CandleNow): void {
    const before = this.#closeBefore
    const isFirst = Number.isNaN(before)
    this.#average.take(isFirst ? highUnits - lowUnits : Math.max(highUnits, before) - Math.min(lowUnits, before))
    this.#closeBefore = closeUnits
  }
}

/** The mean of the candles' typical prices of a day, weighted by their ticks. */
export class DayAverage implements Indicator, CandleFollower {
  readonly #scale: number
  #day = Number.NaN
  #sum = 0
  #ticks = 0

  constructor(scale: number) {
    this.#scale = scale
  }

  get isReady(): boolean {
    return this.#ticks > 0
  }

  get value(): number {
    return this.#sum / 3 / this.#ticks / this.#scale
  }

  takeCandle({ startMs, highUnits, lowUnits, closeUnits, ticks }: CandleNow): void {
    const day = Math.floor(startMs / DAY_MS)
    if (day !== this.#day) {
      this.#day = day
      this.#sum = 0
      this.#ticks = 0
    }
    this.#sum += (highUnits + lowUnits + closeUnits) * ticks
    this.#ticks += ticks
  }
}

const DAY_MS = 86_400_000
