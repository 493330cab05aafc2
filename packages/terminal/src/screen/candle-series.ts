import type { PastCandle } from './view.ts'

/** Mid prices of one moment, in units of 10^-decimals. */
export interface PriceRange {
  readonly first: number
  readonly low: number
  readonly high: number
  readonly last: number
  readonly decimals: number
}

export interface Candle {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

/** Candles kept: two to a cell on the widest terminal that is drawn in full, 400 columns (our choice). */
export const CANDLES_KEPT = 1024

/** Where a candle came from; 0 for a time of which nothing is known. */
const [SEEDED, LIVE] = [1, 2]

/**
 * The candles of one market and one time frame, in a ring of fixed size. Past candles may come before, between and after live prices, in any
 * order and again: what was seen live keeps its close, and open, high and low take in what the broker says of the same time.
 */
export class CandleSeries {
  readonly #frameMs: number
  readonly #buckets = new Float64Array(CANDLES_KEPT).fill(-1)
  readonly #opens = new Float64Array(CANDLES_KEPT)
  readonly #highs = new Float64Array(CANDLES_KEPT)
  readonly #lows = new Float64Array(CANDLES_KEPT)
  readonly #closes = new Float64Array(CANDLES_KEPT)
  readonly #sources = new Uint8Array(CANDLES_KEPT)
  #newest = -1
  #decimals: number | null = null
  #hasLive = false
  #version = 0
  #generation = 0

  /** @param frameMs time of one candle, milliseconds */
  constructor(frameMs: number) {
    this.#frameMs = frameMs
  }

  /** Grows with every change that a chart would show. */
  get version(): number {
    return this.#version
  }

  /** Grows when more than the newest candle may have changed. */
  get generation(): number {
    return this.#generation
  }

  /** Of all prices held: the most that any of them came with. */
  get decimals(): number {
    return this.#decimals ?? 0
  }

  /** Number of the newest candle, counted in frames since 1970; -1 before the first. */
  get newest(): number {
    return this.#newest
  }

  /** The newest price; null before the first. */
  get last(): number | null {
    return this.#newest < 0 ? null : this.#closes[this.#newest % CANDLES_KEPT]!
  }

  bucketAt(atMs: number): number {
    return Math.floor(atMs / this.#frameMs)
  }

  /**
   * A live price. Time never runs backwards here: an older price belongs to the newest candle.
   * @param atMs milliseconds since 1970
   * @param isKnownSince whether the last price stood until now, so that the time in between is no gap
   */
  add(atMs: number, range: PriceRange, isKnownSince: boolean): void {
    if (!isDrawable(range)) return
    const factor = this.#factorFor(range.decimals)
    const bucket = this.bucketAt(atMs)
    if (!this.#hasLive) this.#dropAfter(bucket)
    this.#hasLive = true
    if (isKnownSince) this.#fillTo(bucket - 1)
    const at = Math.max(this.#newest, bucket)
    const [first, low, high, last] = [range.first, range.low, range.high, range.last].map(price => price * factor) as [
      number,
      number,
      number,
      number,
    ]
    this.#put(at, first, Math.max(high, first, last), Math.min(low, first, last), last, LIVE)
  }

  /**
   * A live price that does not change still stands: carries it up to this time.
   * @param atMs milliseconds since 1970
   * @param isKnownSince whether it stood until now; else only from now on
   */
  hold(atMs: number, isKnownSince: boolean): void {
    const last = this.last
    const bucket = this.bucketAt(atMs)
    if (!this.#hasLive || last === null || bucket <= this.#newest) return
    if (isKnownSince) this.#fillTo(bucket)
    else this.#put(bucket, last, last, last, last, LIVE)
  }

  /** What the broker says of the past. A time after the newest live price is not the past and is passed over. */
  seed(candles: readonly PastCandle[]): void {
    const drawable = candles.filter(
      ({ open, high, low, close, decimals, startMs }) =>
        startMs >= 0 && startMs <= LATEST_MS && isDrawable({ first: open, high, low, last: close, decimals }),
    )
    let newest = this.#newest
    if (!this.#hasLive)
      newest = drawable.reduce((latest, { startMs }) => Math.max(latest, this.bucketAt(startMs)), newest)
    for (const candle of drawable) {
      const bucket = this.bucketAt(candle.startMs)
      if (bucket <= newest && bucket > newest - CANDLES_KEPT) this.#seedOne(bucket, candle)
    }
    this.#generation += 1
    this.#version += 1
  }

  /** The candle of a time; null where nothing was known. */
  at(bucket: number): Candle | null {
    const place = this.#placeOf(bucket)
    if (place < 0) return null
    return {
      open: this.#opens[place]!,
      high: this.#highs[place]!,
      low: this.#lows[place]!,
      close: this.#closes[place]!,
    }
  }

  /** Lowest and highest price from a candle on; null when there is none. */
  rangeFrom(bucket: number): { readonly low: number; readonly high: number } | null {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let one = Math.max(0, bucket, this.#newest - CANDLES_KEPT + 1); one <= this.#newest; one += 1) {
      const place = one % CANDLES_KEPT
      if (this.#buckets[place] !== one) continue
      low = Math.min(low, this.#lows[place]!)
      high = Math.max(high, this.#highs[place]!)
    }
    return low <= high ? { low, high } : null
  }

  clear(): void {
    this.#buckets.fill(-1)
    this.#newest = -1
    this.#decimals = null
    this.#hasLive = false
    this.#version += 1
    this.#generation += 1
  }

  #placeOf(bucket: number): number {
    if (bucket < 0) return -1
    const place = bucket % CANDLES_KEPT
    return this.#buckets[place] === bucket ? place : -1
  }

  #put(bucket: number, open: number, high: number, low: number, close: number, source: number): void {
    const place = bucket % CANDLES_KEPT
    if (this.#buckets[place] !== bucket) {
      this.#buckets[place] = bucket
      this.#opens[place] = open
      this.#highs[place] = high
      this.#lows[place] = low
      this.#closes[place] = close
      this.#sources[place] = source
      this.#version += 1
    } else {
      if (high > this.#highs[place]! || low < this.#lows[place]! || close !== this.#closes[place]) this.#version += 1
      this.#highs[place] = Math.max(this.#highs[place]!, high)
      this.#lows[place] = Math.min(this.#lows[place]!, low)
      this.#closes[place] = close
      this.#sources[place] = this.#sources[place]! | source
    }
    this.#newest = Math.max(this.#newest, bucket)
  }

  /** Flat candles at the last price, after the newest one. */
  #fillTo(bucket: number): void {
    const last = this.last
    if (last === null) return
    const from = Math.max(this.#newest + 1, bucket - CANDLES_KEPT + 1)
    for (let one = from; one <= bucket; one += 1) this.#put(one, last, last, last, last, LIVE)
  }

  #seedOne(bucket: number, candle: PastCandle): void {
    const factor = this.#factorFor(candle.decimals)
    const open = candle.open * factor
    const close = candle.close * factor
    const high = Math.max(candle.high * factor, open, close)
    const low = Math.min(candle.low * factor, open, close)
    const place = this.#placeOf(bucket)
    if (place < 0 || (this.#sources[place]! & LIVE) === 0) {
      this.#buckets[bucket % CANDLES_KEPT] = -1
      this.#put(bucket, open, high, low, close, SEEDED)
    } else {
      // The broker saw the candle from its start; the close that was seen live is the newer one.
      this.#opens[place] = open
      this.#highs[place] = Math.max(this.#highs[place]!, high)
      this.#lows[place] = Math.min(this.#lows[place]!, low)
      this.#sources[place] = SEEDED | LIVE
    }
  }

  /** Before the first live price: seeds of a later time are of a clock that is ahead. */
  #dropAfter(bucket: number): void {
    if (this.#newest <= bucket) return
    for (let place = 0; place < CANDLES_KEPT; place += 1) if (this.#buckets[place]! > bucket) this.#buckets[place] = -1
    this.#newest = this.#buckets.reduce((latest, one) => Math.max(latest, one), -1)
    this.#generation += 1
    this.#version += 1
  }

  /** What prices of so many decimals are multiplied with. Prices held are given more decimals where they need them. */
  #factorFor(decimals: number): number {
    const held = this.#decimals
    if (held === null || decimals > held) {
      this.#scaleBy(held === null ? 1 : 10 ** (decimals - held))
      this.#decimals = decimals
    }
    return 10 ** (this.decimals - decimals)
  }

  #scaleBy(factor: number): void {
    if (factor === 1) return
    for (const prices of [this.#opens, this.#highs, this.#lows, this.#closes])
      for (let place = 0; place < CANDLES_KEPT; place += 1) prices[place]! *= factor
    this.#generation += 1
  }
}

/** Prices that a sum of units can hold, with decimals that a market has. */
function isDrawable({ first, low, high, last, decimals }: PriceRange): boolean {
  return (
    [first, low, high, last].every(price => Number.isInteger(price) && Math.abs(price) <= LARGEST) &&
    Number.isInteger(decimals) &&
    decimals >= 0 &&
    decimals <= MOST_DECIMALS
  )
}

/** Our choice, far above any market: leaves the numbers exact when a seed brings decimals more. */
const LARGEST = 1e15
const MOST_DECIMALS = 12
/** @see ECMA-262, Time Values and Time Range: the last day that a date can be of, but for a margin */
const LATEST_MS = 8e15
