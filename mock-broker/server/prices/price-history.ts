import type { ResolutionJson } from '@scalpdesk/wire'
import type { Market } from '../../engine/index.ts'
import type { BrokerState } from '../broker-state.ts'
import { type Bar, mergeBars } from './bar.ts'
import { type LiveBars, liveBars } from './live-bars.ts'
import { type PricePath, pricePath } from './price-path.ts'
import { barLengthMs, barStart, nextBarStart } from './resolution.ts'
import { MINUTE_MS, secondsOf, seededMinute } from './seeded-bars.ts'
import { tradesAt } from './trading-time.ts'

/** Candles of any date: since the start those that the market showed, before it a past that the seed decides. */
export interface PriceHistory {
  /** Bars that begin from `fromMs` to `toMs`, oldest first; none after the market's own present. */
  between(epic: string, resolution: ResolutionJson, fromMs: number, toMs: number): readonly Bar[]
  /** The last bars up to an instant, the one that is still forming included. */
  last(epic: string, resolution: ResolutionJson, count: number, toMs: number): readonly Bar[]
  /** A bid of the seeded past, in units; null for a market without prices. */
  pastBid(epic: string, atMs: number): number | null
}

/** @param timeOf the time on a market's own clock. */
export function priceHistory(state: BrokerState, seed: number, timeOf: (epic: string) => number): PriceHistory {
  const live = new Map<string, LiveBars>()
  const paths = new Map<string, { readonly anchorMinute: number; readonly path: PricePath }>()

  state.onQuote((epic, { atMs, bidUnits, offerUnits }) => {
    let bars = live.get(epic)
    if (!bars) {
      bars = liveBars()
      live.set(epic, bars)
    }
    bars.take(atMs, bidUnits, offerUnits)
  })

  /** The past meets the present in the minute of the first quote, at its bid. */
  function pastOf(market: Market): Past | null {
    const first = live.get(market.epic)?.first()
    if (!first) return null
    const anchorMinute = Math.floor(first.atMs / MINUTE_MS)
    let known = paths.get(market.epic)
    if (known?.anchorMinute !== anchorMinute) {
      known = { anchorMinute, path: pricePath(market, seed, anchorMinute) }
      paths.set(market.epic, known)
    }
    return { market, path: known.path, anchorMinute, anchorUnits: first.bidUnits }
  }

  function between(epic: string, resolution: ResolutionJson, fromMs: number, toMs: number): readonly Bar[] {
    const market = state.engine.book(epic)?.market
    const past = market && pastOf(market)
    const bars = live.get(epic)
    if (!past || !bars) return []
    const endMs = Math.min(toMs, timeOf(epic))
    const found: Bar[] = []
    const wanted = Math.max(fromMs, EARLIEST_MS)
    let startMs = barStart(resolution, wanted)
    if (startMs < wanted) startMs = nextBarStart(resolution, startMs)
    while (startMs <= endMs) {
      const nextMs = nextBarStart(resolution, startMs)
      const bar = resolution === 'SECOND' ? secondBar(past, bars, startMs) : barOf(past, bars, startMs, nextMs)
      if (bar) found.push(bar)
      startMs = nextMs
    }
    return found
  }

  return {
    between,
    last(epic, resolution, count, toMs) {
      const endMs = Math.min(toMs, timeOf(epic))
      let spanMs = barLengthMs(resolution) * count
      for (;;) {
        const bars = between(epic, resolution, endMs - spanMs, endMs)
        // Weekends have no bars: look further back, up to the earliest date.
        if (bars.length >= count || endMs - spanMs <= EARLIEST_MS) return bars.slice(Math.max(0, bars.length - count))
        spanMs = spanMs * 2 + WEEKEND_MS
      }
    },
    pastBid(epic, atMs) {
      const market = state.engine.book(epic)?.market
      const past = market && pastOf(market)
      return past ? seededMinute(market, past.path, past.anchorUnits, Math.floor(atMs / MINUTE_MS)).bid.open : null
    },
  }
}

interface Past {
  readonly market: Market
  readonly path: PricePath
  readonly anchorMinute: number
  readonly anchorUnits: number
}

function minuteBar({ market, path, anchorMinute, anchorUnits }: Past, bars: LiveBars, startMs: number): Bar | null {
  const minute = startMs / MINUTE_MS
  if (minute >= anchorMinute) return bars.minute(startMs) ?? null
  return tradesAt(market, startMs) ? seededMinute(market, path, anchorUnits, minute) : null
}

function barOf(past: Past, bars: LiveBars, startMs: number, endMs: number): Bar | null {
  const minutes: Bar[] = []
  for (let atMs = startMs; atMs < endMs; atMs += MINUTE_MS) {
    const bar = minuteBar(past, bars, atMs)
    if (bar) minutes.push(bar)
  }
  return minutes.length === 0 ? null : mergeBars(startMs, minutes)
}

function secondBar(past: Past, bars: LiveBars, startMs: number): Bar | null {
  const minuteMs = Math.floor(startMs / MINUTE_MS) * MINUTE_MS
  const isLive = minuteMs / MINUTE_MS >= past.anchorMinute
  const held = isLive ? bars.seconds(minuteMs) : null
  if (held) return held.find(bar => bar.startMs === startMs) ?? null
  const minute = minuteBar(past, bars, minuteMs)
  return minute && (secondsOf(minute, past.path)[(startMs - minuteMs) / 1000] ?? null)
}

/** The first date that has prices (our choice). */
const EARLIEST_MS = Date.UTC(2000, 0, 3)
const WEEKEND_MS = 3 * 86_400_000
