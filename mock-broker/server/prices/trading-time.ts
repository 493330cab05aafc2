import type { Market } from '../../engine/index.ts'

/** Whether a market trades in a minute of the past: crypto always, others not from Friday 22:00 to Sunday 22:00 UTC (our choice). */
export function tradesAt({ category }: Market, atMs: number): boolean {
  if (category === 'CRYPTOCURRENCY') return true
  const intoWeek = (((atMs - MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS
  return intoWeek < FRIDAY_CLOSE_MS || intoWeek >= SUNDAY_OPEN_MS
}

/** The first minute from this one on in which a market trades. */
export function nextTradingMinute(market: Market, minute: number): number {
  if (tradesAt(market, minute * 60_000)) return minute
  const weekMinute = (((minute - MONDAY_MS / 60_000) % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES
  return minute + SUNDAY_OPEN_MS / 60_000 - weekMinute
}

/** The first minute after this one, in which a market trades, in which it does not. */
export function nextClosedMinute({ category }: Market, minute: number): number {
  if (category === 'CRYPTOCURRENCY') return Number.POSITIVE_INFINITY
  const weekMinute = (((minute - MONDAY_MS / 60_000) % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES
  const close = FRIDAY_CLOSE_MS / 60_000
  return minute + (weekMinute < close ? close : close + WEEK_MINUTES) - weekMinute
}

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS
/** A Monday, 00:00 UTC. */
const MONDAY_MS = Date.UTC(1970, 0, 5)
const FRIDAY_CLOSE_MS = (4 * 24 + 22) * HOUR_MS
const SUNDAY_OPEN_MS = (6 * 24 + 22) * HOUR_MS
const WEEK_MINUTES = 7 * 24 * 60
