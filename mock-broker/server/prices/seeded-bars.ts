import type { Market } from '../../engine/index.ts'
import type { Bar, PriceRange } from './bar.ts'
import { walkOf } from './bar-walk.ts'
import type { PricePath } from './price-path.ts'
import { nextClosedMinute, nextTradingMinute } from './trading-time.ts'

/** The past of one market: what it opens a minute at is what it closed the one before at. */
export interface SeededPast {
  readonly market: Market
  readonly path: PricePath
  /** The first minute that is not past any more, and the bid in it. */
  readonly anchorMinute: number
  readonly anchorUnits: number
  /** Bars of whole days that were asked for, by their first minute; null where nothing was traded. */
  readonly days: Map<number, Bar | null>
}

/**
 * The bars that make up one of these minutes, oldest first. What is longer than a day consists of whole days, each worked out once:
 * a month has more than forty thousand minutes, and a chart of months wants all there are.
 */
export function seededParts(past: SeededPast, fromMinute: number, toMinute: number): Bar[] {
  const parts: Bar[] = []
  for (let minute = fromMinute; minute < toMinute; minute += DAY_MINUTES) {
    const endMinute = Math.min(minute + DAY_MINUTES, toMinute)
    const bar = endMinute - minute === DAY_MINUTES ? seededDay(past, minute) : seededBar(past, minute, endMinute)
    if (bar) parts.push(bar)
  }
  return parts
}

function seededDay(past: SeededPast, fromMinute: number): Bar | null {
  const known = past.days.get(fromMinute)
  if (known !== undefined) return known
  if (past.days.size >= MOST_DAYS) past.days.clear()
  const bar = seededBar(past, fromMinute, fromMinute + DAY_MINUTES)
  past.days.set(fromMinute, bar)
  return bar
}

/** One bar of the minutes from `fromMinute` to before `toMinute` in which the market trades; null when there are none. */
function seededBar(past: SeededPast, fromMinute: number, toMinute: number): Bar | null {
  const { market, path } = past
  const spread = market.synthetic?.spreadUnits ?? 1
  const reach = ((market.synthetic?.moveUnits ?? 1) * REACH_MOVES) / 1024
  let startMinute = -1
  let ticks = 0
  let open = 0
  let high = 0
  let low = Number.MAX_SAFE_INTEGER
  let close = 0
  let minute = nextTradingMinute(market, fromMinute)
  let closedMinute = nextClosedMinute(market, minute)
  let begin = minute < toMinute ? unitsAt(past, minute) : 0
  while (minute < toMinute) {
    close = unitsAt(past, minute + 1)
    const bits = path.bitsAt(minute)
    const top = Math.max(begin, close) + Math.round((bits & 1023) * reach)
    const bottom = Math.max(1, Math.min(begin, close) - Math.round(((bits >>> 10) & 1023) * reach))
    if (startMinute < 0) {
      startMinute = minute
      open = begin
    }
    if (top > high) high = top
    if (bottom < low) low = bottom
    ticks += FEWEST_TICKS + ((bits >>> 20) & 63)
    minute++
    begin = close
    if (minute < closedMinute) continue
    minute = nextTradingMinute(market, minute)
    closedMinute = nextClosedMinute(market, minute)
    begin = unitsAt(past, minute)
  }
  if (startMinute < 0) return null
  const bid = { open, high, low, close }
  return { startMs: fromMinute * MINUTE_MS, bid, ask: shifted(bid, spread), ticks }
}

/** The seconds of a minute of which only its bar is known: all of them, or as many as it has ticks. */
export function secondsOf(bar: Bar, path: PricePath): readonly Bar[] {
  const count = Math.min(60, bar.ticks)
  const startsMs = Array.from({ length: count }, (_, index) => bar.startMs + Math.floor((index * 60) / count) * 1000)
  return walkOf(bar, startsMs, path.bitsAt(-bar.startMs / MINUTE_MS))
}

/** The bid at the beginning of a minute. */
export function unitsAt({ path, anchorUnits }: SeededPast, minute: number): number {
  return Math.max(1, Math.round(anchorUnits * path.factorAt(minute)))
}

function shifted({ open, high, low, close }: PriceRange, by: number): PriceRange {
  return { open: open + by, high: high + by, low: low + by, close: close + by }
}

export const MINUTE_MS = 60_000
const DAY_MINUTES = 1440
/** More than there are from the first date with prices on. */
const MOST_DAYS = 20_000
const REACH_MOVES = 6
/** One for each second. */
const FEWEST_TICKS = 60
