import type { ResolutionJson } from '@scalpdesk/wire'
import type { BrokerState } from '../broker-state.ts'
import { type Bar, mergeBars } from './bar.ts'
import { type LiveBars, liveBars } from './live-bars.ts'
import { pricePath } from './price-path.ts'
import { barStart, nextBarStart } from './resolution.ts'
import { MINUTE_MS, type SeededPast, secondsOf, seededParts, unitsAt } from './seeded-bars.ts'

/** Candles of any date: since the start those that the market showed, before it a past that the seed decides. */
export interface PriceHistory {
  /** Bars that begin from `fromMs` to `toMs`, oldest first; none after the market's own present. A bar in each step. */
  between(epic: string, resolution: ResolutionJson, fromMs: number, toMs: number): Bars
  /** The last bars up to an instant, the one that is still forming included. A bar in each step. */
  last(epic: string, resolution: ResolutionJson, count: number, toMs: number): Bars
  /** The bar that holds this instant, or the last one before it. */
  latest(epic: string, resolution: ResolutionJson, atMs: number): Bar | undefined
  /** A bid of the seeded past, in units; null for a market without prices. */
  pastBid(epic: string, atMs: number): number | null
}

/** Decades of bars take a second to work out: whoever asks takes the steps when there is time. */
export type Bars = Generator<void, readonly Bar[]>

/** @param timeOf the time on a market's own clock. */
export function priceHistory(state: BrokerState, seed: number, timeOf: (epic: string) => number): PriceHistory {
  const live = new Map<string, LiveBars>()
  const pasts = new Map<string, SeededPast>()

  state.onQuote((epic, { atMs, bidUnits, offerUnits }) => {
    let bars = live.get(epic)
    if (!bars) {
      const market = state.engine.book(epic)?.market
      if (!market) return
      bars = liveBars(pricePath(market, seed, 0).bitsAt)
      live.set(epic, bars)
    }
    bars.take(atMs, bidUnits, offerUnits)
  })

  /** The past meets the present in the minute of the first quote, at its bid. */
  function pastOf(epic: string): SeededPast | null {
    const market = state.engine.book(epic)?.market
    const first = live.get(epic)?.first()
    if (!market || !first) return null
    const anchorMinute = Math.floor(first.atMs / MINUTE_MS)
    const known = pasts.get(epic)
    if (known?.anchorMinute === anchorMinute && known.anchorUnits === first.bidUnits) return known
    const past = {
      market,
      path: pricePath(market, seed, anchorMinute),
      anchorMinute,
      anchorUnits: first.bidUnits,
      days: new Map(),
    }
    pasts.set(epic, past)
    return past
  }

  function* between(epic: string, resolution: ResolutionJson, fromMs: number, toMs: number): Bars {
    const past = pastOf(epic)
    const bars = live.get(epic)
    if (!past || !bars) return []
    const wantedMs = Math.max(fromMs, EARLIEST_MS)
    const endMs = Math.min(toMs, timeOf(epic))
    if (resolution === 'SECOND') return secondsBetween(past, bars, wantedMs, endMs)
    const found: Bar[] = []
    let startMs = barStart(resolution, wantedMs)
    if (startMs < wantedMs) startMs = nextBarStart(resolution, startMs)
    while (startMs <= endMs) {
      const nextMs = nextBarStart(resolution, startMs)
      const bar = barOf(past, bars, startMs / MINUTE_MS, nextMs / MINUTE_MS)
      if (bar) found.push(bar)
      yield
      startMs = bar ? nextMs : afterHole(past, bars, resolution, nextMs)
    }
    return found
  }

  function* last(epic: string, resolution: ResolutionJson, count: number, toMs: number): Bars {
    const past = pastOf(epic)
    const bars = live.get(epic)
    if (!past || !bars) return []
    const endMs = Math.min(toMs, timeOf(epic))
    const stretch = resolution === 'SECOND' ? 'MINUTE' : resolution
    const found: Bar[] = []
    // Backwards from the bar that is forming: weekends have none, so how far back is not known.
    let startMs = barStart(stretch, endMs)
    while (found.length < count && startMs >= EARLIEST_MS) {
      const nextMs = nextBarStart(stretch, startMs)
      const bar = barOf(past, bars, startMs / MINUTE_MS, nextMs / MINUTE_MS)
      if (bar && resolution === 'SECOND') {
        found.push(...secondsBetween(past, bars, startMs, Math.min(endMs, nextMs - 1)).toReversed())
      } else if (bar) found.push(bar)
      yield
      startMs = barStart(stretch, bar ? startMs - 1 : beforeHole(past, bars, startMs - 1))
    }
    return found.slice(0, count).reverse()
  }

  return {
    between,
    last,
    latest(epic, resolution, atMs) {
      const bars = last(epic, resolution, 1, atMs)
      let step = bars.next()
      while (!step.done) step = bars.next()
      return step.value[0]
    },
    pastBid(epic, atMs) {
      const past = pastOf(epic)
      return past && unitsAt(past, Math.floor(atMs / MINUTE_MS))
    },
  }
}

/** Of minutes: those before the anchor from the seed, the others as they were seen. */
function barOf(past: SeededPast, bars: LiveBars, fromMinute: number, toMinute: number): Bar | null {
  const parts = seededParts(past, fromMinute, Math.min(toMinute, past.anchorMinute))
  parts.push(...bars.parts(Math.max(fromMinute, past.anchorMinute), toMinute))
  return parts.length === 0 ? null : mergeBars(fromMinute * MINUTE_MS, parts)
}

/** The next bar's start in which something may have been shown: a tape may be silent for years. */
function afterHole({ anchorMinute }: SeededPast, bars: LiveBars, resolution: ResolutionJson, startMs: number): number {
  if (startMs < anchorMinute * MINUTE_MS) return startMs
  const minute = bars.shownFrom(startMs / MINUTE_MS)
  return minute === null ? Number.POSITIVE_INFINITY : Math.max(startMs, barStart(resolution, minute * MINUTE_MS))
}

/** The last instant, up to this one, at which something may have been shown. */
function beforeHole({ anchorMinute }: SeededPast, bars: LiveBars, atMs: number): number {
  const minute = bars.shownUntil(Math.floor(atMs / MINUTE_MS))
  return minute === null || minute < anchorMinute ? atMs : Math.min(atMs, (minute + 1) * MINUTE_MS - 1)
}

function secondsBetween(past: SeededPast, bars: LiveBars, fromMs: number, toMs: number): readonly Bar[] {
  const found: Bar[] = []
  for (let minute = Math.floor(fromMs / MINUTE_MS); minute * MINUTE_MS <= toMs; minute++) {
    const held = minute >= past.anchorMinute ? bars.seconds(minute * MINUTE_MS) : null
    const whole = held ? null : barOf(past, bars, minute, minute + 1)
    const seconds = held ?? (whole ? secondsOf(whole, past.path) : [])
    found.push(...seconds.filter(({ startMs }) => startMs >= fromMs && startMs <= toMs))
  }
  return found
}

/** The first date that has prices (our choice). */
const EARLIEST_MS = Date.UTC(2000, 0, 3)
