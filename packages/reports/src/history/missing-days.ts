import type { Stretch } from './history-port.ts'

/** A stretch that was read whole, and when. */
export interface ReadStretch extends Stretch {
  readonly readAtMs: number
}

/**
 * Rows of a day may come late: a day counts as read for good once it was read whole so long after its end. Our choice: IG publishes no limit;
 * what it books later, such as corrections, has the time of its booking.
 */
const SETTLES_WITHIN_MS = 24 * 3_600_000

/** Those of the days that are to be read, or read again. A day that has not begun yet is none of them. */
export function missingDays<Day extends Stretch>(
  days: readonly Day[],
  readings: readonly ReadStretch[],
  nowMs: number,
): readonly Day[] {
  return days.filter(day => {
    if (day.fromMs >= nowMs) return false
    const settled = readings.filter(({ readAtMs }) => readAtMs >= day.toMs + SETTLES_WITHIN_MS)
    return !isCovered(day, settled)
  })
}

/** Whether every moment of it lies in one of these. */
export function isCovered({ fromMs, toMs }: Stretch, by: readonly Stretch[]): boolean {
  let reachedMs = fromMs
  for (const each of [...by].sort((one, other) => one.fromMs - other.fromMs)) {
    if (each.fromMs > reachedMs) return false
    reachedMs = Math.max(reachedMs, each.toMs)
    if (reachedMs >= toMs) return true
  }
  return reachedMs >= toMs
}
