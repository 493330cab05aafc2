import { type Bar, mergeBars, type PriceRange } from './bar.ts'
import { walkOf } from './bar-walk.ts'

/** Bars of what a market showed since the start: by the hour, for the latest by the minute and by the second. */
export interface LiveBars {
  take(atMs: number, bidUnits: number, offerUnits: number): void
  /** Null before the first quote. */
  first(): { readonly atMs: number; readonly bidUnits: number } | null
  /** The bars that make up one of these minutes, oldest first, as coarse as the minutes allow. */
  parts(fromMinute: number, toMinute: number): readonly Bar[]
  /** Null when the seconds of this minute are no longer held. */
  seconds(minuteStartMs: number): readonly Bar[] | null
  /** The first minute, from this one on, of an hour in which something was shown; null after the last. */
  shownFrom(minute: number): number | null
  /** The last minute, up to this one, of an hour in which something was shown; null before the first. */
  shownUntil(minute: number): number | null
}

/** An hour of which every minute is held, or one of which it is only known in which minutes there was something. */
type Hour =
  | { readonly kind: 'held'; readonly minutes: OpenBar[] }
  | { readonly kind: 'forgotten'; readonly whole: Bar; readonly shown: bigint }
type OpenBar = { startMs: number; bid: Mutable<PriceRange>; ask: Mutable<PriceRange>; ticks: number }
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** @param bitsAt random bits of a minute, that decide how the minutes of an hour are made up once they are forgotten. */
export function liveBars(bitsAt: (minute: number) => number): LiveBars {
  let first: { readonly atMs: number; readonly bidUnits: number } | null = null
  let lastMs = Number.NEGATIVE_INFINITY
  let latest: OpenBar | null = null
  let firstHeld = 0
  /** The first minutes of the hours in which something was shown, oldest first; a year has fewer than nine thousand. */
  const starts: number[] = []
  const hours = new Map<number, Hour>()
  const seconds = new Map<number, OpenBar>()

  function startAgain(): void {
    first = null
    latest = null
    firstHeld = 0
    starts.length = 0
    hours.clear()
    seconds.clear()
  }

  function minuteBar(startMs: number, bid: number, ask: number): OpenBar {
    if (latest?.startMs === startMs) return latest
    const start = hourOf(startMs / MINUTE_MS)
    let hour = hours.get(start)
    if (!hour) {
      hour = { kind: 'held', minutes: [] }
      hours.set(start, hour)
      starts.splice(placeOf(starts, start), 0, start)
      forgetOldest()
    }
    if (hour.kind === 'forgotten') return openedBar(startMs, bid, ask)
    const before = hour.minutes.findLastIndex(minute => minute.startMs <= startMs)
    const known = hour.minutes[before]
    latest = known?.startMs === startMs ? known : openedBar(startMs, bid, ask)
    if (latest !== known) hour.minutes.splice(before + 1, 0, latest)
    return latest
  }

  function forgetOldest(): void {
    for (; starts.length - firstHeld > KEPT_HOURS; firstHeld++) {
      const start = starts[firstHeld]!
      const hour = hours.get(start)
      if (hour?.kind !== 'held') continue
      const { minutes } = hour
      const shown = minutes.reduce((bits, { startMs }) => bits | (1n << BigInt(startMs / MINUTE_MS - start)), 0n)
      hours.set(start, { kind: 'forgotten', whole: mergeBars(minutes[0]!.startMs, minutes), shown })
    }
  }

  function partsOf(start: number, fromMinute: number, toMinute: number): readonly Bar[] {
    const hour = hours.get(start)
    if (!hour) return []
    if (hour.kind === 'forgotten' && fromMinute * MINUTE_MS <= hour.whole.startMs && toMinute >= start + 60) {
      return [hour.whole]
    }
    const minutes = hour.kind === 'held' ? hour.minutes : minutesOf(start, hour.whole, hour.shown)
    return minutes.filter(({ startMs }) => startMs >= fromMinute * MINUTE_MS && startMs < toMinute * MINUTE_MS)
  }

  function minutesOf(start: number, whole: Bar, shown: bigint): readonly Bar[] {
    const offsets = Array.from({ length: 60 }, (_, offset) => offset).filter(offset => (shown >> BigInt(offset)) & 1n)
    const startsMs = offsets.map(offset => (start + offset) * MINUTE_MS)
    return walkOf(whole, startsMs, bitsAt(-start))
  }

  return {
    take(atMs, bidUnits, offerUnits) {
      // A tape that starts again: what it showed before has not happened yet.
      if (atMs < lastMs - TOLERATED_BACK_MS) startAgain()
      lastMs = atMs
      first ??= { atMs, bidUnits }
      extend(minuteBar(Math.floor(atMs / MINUTE_MS) * MINUTE_MS, bidUnits, offerUnits), bidUnits, offerUnits)
      const startMs = Math.floor(atMs / 1000) * 1000
      let second = seconds.get(startMs)
      if (!second) {
        second = openedBar(startMs, bidUnits, offerUnits)
        seconds.set(startMs, second)
        const [oldest] = seconds.keys()
        if (seconds.size > KEPT_SECONDS && oldest !== undefined) seconds.delete(oldest)
      }
      extend(second, bidUnits, offerUnits)
    },
    first: () => first,
    parts(fromMinute, toMinute) {
      const found: Bar[] = []
      for (let place = placeOf(starts, hourOf(fromMinute)); place < starts.length; place++) {
        const start = starts[place]!
        if (start >= toMinute) break
        found.push(...partsOf(start, fromMinute, toMinute))
      }
      return found
    },
    seconds(minuteStartMs) {
      const [oldest] = seconds.keys()
      if (oldest === undefined || (oldest > minuteStartMs && seconds.size >= KEPT_SECONDS)) return null
      return Array.from({ length: 60 }, (_, second) => seconds.get(minuteStartMs + second * 1000)).filter(
        bar => bar !== undefined,
      )
    },
    shownFrom(minute) {
      const start = starts[placeOf(starts, hourOf(minute))]
      return start === undefined ? null : Math.max(start, minute)
    },
    shownUntil(minute) {
      const start = starts[placeOf(starts, minute + 1) - 1]
      return start === undefined ? null : Math.min(start + 59, minute)
    },
  }
}

/** Where the first start that is not smaller stands. */
function placeOf(starts: readonly number[], wanted: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function hourOf(minute: number): number {
  return Math.floor(minute / 60) * 60
}

function openedBar(startMs: number, bid: number, ask: number): OpenBar {
  return { startMs, bid: opened(bid), ask: opened(ask), ticks: 0 }
}

function opened(units: number): Mutable<PriceRange> {
  return { open: units, high: units, low: units, close: units }
}

function extend(bar: OpenBar, bid: number, ask: number): void {
  bar.ticks++
  reach(bar.bid, bid)
  reach(bar.ask, ask)
}

function reach(range: Mutable<PriceRange>, units: number): void {
  if (units > range.high) range.high = units
  if (units < range.low) range.low = units
  range.close = units
}

const MINUTE_MS = 60_000
/** Two weeks of a market that never closes. */
const KEPT_HOURS = 336
const KEPT_SECONDS = 600
/** Quotes of one market may come a little out of order. */
const TOLERATED_BACK_MS = 1000
