/** Width of one dot column of the chart (our choice: a scalper's position lives for seconds). */
export const BUCKET_MS = 1000
/** Two dot columns to a cell on the widest terminal that is drawn in full, 400 cells. */
const BUCKETS = 1024

/** Mid prices of one update, in units of 10^-decimals. */
export interface TickRange {
  readonly low: number
  readonly high: number
  readonly last: number
  readonly decimals: number
}

/** One second of mid prices; null where nothing was known. */
export type Bucket = { readonly low: number; readonly high: number; readonly last: number } | null

/** The mid prices of the last minutes, one bucket a second, in a ring of fixed size. */
export class TickHistory {
  readonly #lows = new Float64Array(BUCKETS)
  readonly #highs = new Float64Array(BUCKETS)
  readonly #lasts = new Float64Array(BUCKETS)
  /** Which second each place of the ring holds; -1 for none. */
  readonly #seconds = new Float64Array(BUCKETS).fill(-1)
  #newest = -1
  #decimals = 0
  #version = 0

  /** Grows with every change that a chart would show. */
  get version(): number {
    return this.#version
  }

  /** Of the prices held, fixed by the first one. */
  get decimals(): number {
    return this.#decimals
  }

  /** The second that holds the newest price; -1 before the first. */
  get newest(): number {
    return this.#newest
  }

  /** @param atMs monotonic time */
  add(atMs: number, range: TickRange): void {
    if (range.decimals !== this.#decimals) this.clear()
    this.#decimals = range.decimals
    const second = this.#bucketAt(atMs)
    const place = second % BUCKETS
    if (this.#seconds[place] !== second) {
      this.#seconds[place] = second
      this.#lows[place] = range.low
      this.#highs[place] = range.high
      this.#version += 1
    } else {
      if (range.low < this.#lows[place]! || range.high > this.#highs[place]!) this.#version += 1
      this.#lows[place] = Math.min(this.#lows[place]!, range.low)
      this.#highs[place] = Math.max(this.#highs[place]!, range.high)
    }
    this.#lasts[place] = range.last
    this.#newest = second
  }

  /** A live price that did not change still stands: carries it into the second of `atMs`. */
  hold(atMs: number): void {
    if (this.#newest < 0) return
    const last = this.#lasts[this.#newest % BUCKETS]!
    if (this.#bucketAt(atMs) > this.#newest) this.add(atMs, { low: last, high: last, last, decimals: this.#decimals })
  }

  bucket(second: number): Bucket {
    const place = ((second % BUCKETS) + BUCKETS) % BUCKETS
    if (second < 0 || this.#seconds[place] !== second) return null
    return { low: this.#lows[place]!, high: this.#highs[place]!, last: this.#lasts[place]! }
  }

  clear(): void {
    this.#seconds.fill(-1)
    this.#newest = -1
    this.#version += 1
  }

  /** Time never runs backwards here, whatever the caller says. */
  #bucketAt(atMs: number): number {
    return Math.max(this.#newest, Math.floor(atMs / BUCKET_MS))
  }
}
