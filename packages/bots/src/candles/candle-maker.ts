import type { CandleFollower } from '../indicators/follower.ts'
import type { Candle, CandleSeries } from '../strategy/candle.ts'
import { CandleNow } from './candle-now.ts'

/** Makes the candles of one length out of ticks. Their objects are used again after a thousand more. */
export class CandleMaker implements CandleSeries {
  readonly lengthMs: number
  readonly #scale: number
  readonly #followers: CandleFollower[] = []
  readonly #kept: CandleNow[] = []
  #newest = -1
  #forming: CandleNow | null = null
  #endMs = Number.NEGATIVE_INFINITY
  /** Somebody asked to be told of its candles by `onCandle`. */
  isTold = false

  constructor(lengthMs: number, scale: number) {
    this.lengthMs = lengthMs
    this.#scale = scale
  }

  tell(follower: CandleFollower): void {
    this.#followers.push(follower)
  }

  get length(): number {
    return this.#kept.length
  }

  get last(): Candle | null {
    return this.#kept[this.#newest] ?? null
  }

  get forming(): Candle | null {
    return this.#forming
  }

  at(back: number): Candle | undefined {
    if (!(back >= 0 && back < this.#kept.length)) return undefined
    return this.#kept[(this.#newest - back + this.#kept.length) % this.#kept.length]
  }

  /** @returns whether a candle is over with this tick */
  take(atMs: number, units: number): boolean {
    const forming = this.#forming
    if (atMs < this.#endMs) {
      forming!.add(units)
      return false
    }
    const startMs = Math.floor(atMs / this.lengthMs) * this.lengthMs
    this.#endMs = startMs + this.lengthMs
    if (forming) this.#keep(forming)
    this.#forming = this.#unused()
    this.#forming.begin(startMs, units)
    return forming !== null
  }

  #keep(candle: CandleNow): void {
    if (this.#kept.length < KEPT) this.#newest = this.#kept.push(candle) - 1
    else {
      this.#newest = (this.#newest + 1) % KEPT
      this.#spare = this.#kept[this.#newest]!
      this.#kept[this.#newest] = candle
    }
    for (const follower of this.#followers) follower.takeCandle(candle)
  }

  #spare: CandleNow | null = null

  #unused(): CandleNow {
    const spare = this.#spare ?? new CandleNow(this.lengthMs, this.#scale)
    this.#spare = null
    return spare
  }
}

/** Our choice: more than any rule of thumb looks back. */
const KEPT = 1_000
