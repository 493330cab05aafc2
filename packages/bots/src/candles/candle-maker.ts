import type { CandleFollower } from '../indicators/follower.ts'
import type { Candle, CandleSeries } from '../strategy/candle.ts'
import { CandleNow } from './candle-now.ts'
import type { PastBars } from './past-bar.ts'

/** Makes the candles of one length out of ticks. Their objects are used again after a thousand more. */
export class CandleMaker implements CandleSeries {
  readonly lengthMs: number
  readonly #scale: number
  readonly #followers: CandleFollower[] = []
  readonly #kept: CandleNow[] = []
  #newest = -1
  #forming: CandleNow | null = null
  #endMs = Number.NEGATIVE_INFINITY
  /** What was seen last when it tore; null: nothing is missing. A run begins somewhere in a candle. */
  #torn: { readonly ticks: number } | null = { ticks: 0 }
  /** Whole candles that its indicators have seen. */
  taken = 0
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
    this.#forming.begin(startMs, units, !this.#isTornAt(forming))
    this.#torn = null
    return forming !== null
  }

  /** From here on something may be missing, until the next tick. */
  tear(fromMs = Number.NEGATIVE_INFINITY): void {
    const forming = this.#forming
    if (forming && fromMs < this.#endMs) forming.isWhole = false
    this.#torn = { ticks: forming?.ticks ?? 0 }
  }

  /** Candles before the one that forms stay as they are. */
  recall({ lengthMs, bars, toMs }: PastBars): void {
    const [first] = bars
    if (!first || this.lengthMs % lengthMs !== 0) return
    const fromMs = this.#forming?.startMs ?? Number.NEGATIVE_INFINITY
    let begunMs = Number.NaN
    for (const bar of bars) {
      const startMs = Math.floor(bar.startMs / this.lengthMs) * this.lengthMs
      if (startMs < fromMs) continue
      const forming = this.#forming
      const isCovered = first.startMs <= startMs
      if (forming && (startMs === begunMs || (startMs === forming.startMs && !isCovered))) forming.addPast(bar)
      else {
        if (forming && forming.startMs !== startMs) this.#keep(forming)
        const begun = forming?.startMs === startMs ? forming : this.#unused()
        begun.beginPast(startMs, bar, isCovered)
        this.#forming = begun
        this.#endMs = startMs + this.lengthMs
        begunMs = startMs
      }
    }
    const endMs = bars.at(-1)!.startMs + lengthMs
    this.#torn = null
    if (endMs <= toMs) this.tear(endMs)
  }

  /** Nothing was seen since it tore. */
  #isTornAt(forming: CandleNow | null): boolean {
    return this.#torn !== null && this.#torn.ticks === (forming?.ticks ?? 0)
  }

  #keep(candle: CandleNow): void {
    if (this.#kept.length < KEPT_CANDLES) this.#newest = this.#kept.push(candle) - 1
    else {
      this.#newest = (this.#newest + 1) % KEPT_CANDLES
      this.#spare = this.#kept[this.#newest]!
      this.#kept[this.#newest] = candle
    }
    this.taken++
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
export const KEPT_CANDLES = 1_000
