import type { WallClock } from '../wall-clock.ts'

export interface TimeMark {
  readonly atMs: number
  readonly label: string
}

/** Round times between two as the account's clock shows them: `09:30` within a day or two, `12 Jan` beyond. */
export function timeMarks(fromMs: number, toMs: number, clock: WallClock, most = 6): readonly TimeMark[] {
  if (!(toMs > fromMs)) return [{ atMs: fromMs, label: clock.time(fromMs).slice(0, 5) }]
  const stepMs =
    STEPS_MS.find(step => (toMs - fromMs) / step <= most) ?? Math.ceil((toMs - fromMs) / most / DAY_MS) * DAY_MS
  const aheadMs = clock.asUtcMs(fromMs) - fromMs
  const marks: TimeMark[] = []
  for (let local = Math.ceil((fromMs + aheadMs) / stepMs) * stepMs; local <= toMs + aheadMs; local += stepMs)
    marks.push({ atMs: local - aheadMs, label: labelOf(local, stepMs) })
  return marks
}

/** As in `5 Jan`, of a day such as `2026-01-05`. */
function shortDay(day: string): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1] ?? ''}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map(seconds => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map(hours => hours * HOUR_MS),
  ...[1, 2, 7, 14, 30, 61].map(days => days * DAY_MS),
]

function labelOf(local: number, stepMs: number): string {
  const iso = new Date(local).toISOString()
  if (stepMs >= DAY_MS) return shortDay(iso)
  return stepMs < MINUTE_MS ? iso.slice(11, 19) : iso.slice(11, 16)
}
