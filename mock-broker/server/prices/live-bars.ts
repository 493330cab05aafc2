import type { Bar, PriceRange } from './bar.ts'

/** Bars of what a market showed since the start, by the minute and, for the latest, by the second. */
export interface LiveBars {
  take(atMs: number, bidUnits: number, offerUnits: number): void
  /** Null before the first quote. */
  first(): { readonly atMs: number; readonly bidUnits: number } | null
  minute(startMs: number): Bar | undefined
  /** Null when the seconds of this minute are no longer held. */
  seconds(minuteStartMs: number): readonly Bar[] | null
}

type OpenBar = { startMs: number; bid: Mutable<PriceRange>; ask: Mutable<PriceRange>; ticks: number }
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

export function liveBars(): LiveBars {
  let first: { readonly atMs: number; readonly bidUnits: number } | null = null
  let lastMs = Number.NEGATIVE_INFINITY
  const minutes = new Map<number, OpenBar>()
  const seconds = new Map<number, OpenBar>()

  return {
    take(atMs, bidUnits, offerUnits) {
      // A tape that starts again: what it showed before has not happened yet.
      if (atMs < lastMs - TOLERATED_BACK_MS) {
        first = null
        minutes.clear()
        seconds.clear()
      }
      lastMs = atMs
      first ??= { atMs, bidUnits }
      extend(minutes, Math.floor(atMs / 60_000) * 60_000, bidUnits, offerUnits, KEPT_MINUTES)
      extend(seconds, Math.floor(atMs / 1000) * 1000, bidUnits, offerUnits, KEPT_SECONDS)
    },
    first: () => first,
    minute: startMs => minutes.get(startMs),
    seconds(minuteStartMs) {
      const [oldest] = seconds.keys()
      if (oldest === undefined || (oldest > minuteStartMs && seconds.size >= KEPT_SECONDS)) return null
      return Array.from({ length: 60 }, (_, second) => seconds.get(minuteStartMs + second * 1000)).filter(
        bar => bar !== undefined,
      )
    },
  }
}

function extend(bars: Map<number, OpenBar>, startMs: number, bid: number, ask: number, kept: number): void {
  const bar = bars.get(startMs)
  if (!bar) {
    bars.set(startMs, { startMs, bid: opened(bid), ask: opened(ask), ticks: 1 })
    const [oldest] = bars.keys()
    if (bars.size > kept && oldest !== undefined) bars.delete(oldest)
    return
  }
  bar.ticks++
  reach(bar.bid, bid)
  reach(bar.ask, ask)
}

function opened(units: number): Mutable<PriceRange> {
  return { open: units, high: units, low: units, close: units }
}

function reach(range: Mutable<PriceRange>, units: number): void {
  if (units > range.high) range.high = units
  if (units < range.low) range.low = units
  range.close = units
}

const KEPT_MINUTES = 20_000
const KEPT_SECONDS = 600
/** Quotes of one market may come a little out of order. */
const TOLERATED_BACK_MS = 1000
