import type { Market } from '../../engine/index.ts'

/** Whether a market trades in a minute of the past: crypto always, others not from Friday 22:00 to Sunday 22:00 UTC (our choice). */
export function tradesAt({ category }: Market, atMs: number): boolean {
  if (category === 'CRYPTOCURRENCY') return true
  const intoWeek = (((atMs - MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS
  return intoWeek < FRIDAY_CLOSE_MS || intoWeek >= SUNDAY_OPEN_MS
}

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS
/** A Monday, 00:00 UTC. */
const MONDAY_MS = Date.UTC(1970, 0, 5)
const FRIDAY_CLOSE_MS = (4 * 24 + 22) * HOUR_MS
const SUNDAY_OPEN_MS = (6 * 24 + 22) * HOUR_MS
