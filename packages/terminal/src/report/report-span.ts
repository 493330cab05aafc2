import type { DaySpan, Stretch } from '@scalpdesk/reports'
import { type AccountZone, dayAt, dayBounds } from '@scalpdesk/sdk'

/** Which days a report is about. `day` null: today, by the account's calendar. */
export type SpanChoice =
  | { readonly kind: 'day' | 'week' | 'month'; readonly day: string | null }
  | { readonly kind: 'range'; readonly from: string; readonly to: string | null }

/** The days of a choice, at a moment, on the account's calendar. A week begins on Monday. */
export function spanOf(choice: SpanChoice, zone: AccountZone, nowMs: number): DaySpan {
  const today = dayAt(nowMs, zone)
  const [from, to] = daysOf(choice, today)
  return { from, to, beginMs: dayBounds(from, zone).startMs, endMs: dayBounds(to, zone).endMs }
}

function daysOf(choice: SpanChoice, today: string): readonly [from: string, to: string] {
  if (choice.kind === 'range') return [choice.from, choice.to ?? today]
  const day = choice.day ?? today
  const at = Date.parse(day)
  switch (choice.kind) {
    case 'day':
      return [day, day]
    case 'week': {
      const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS
      return [dayText(monday), dayText(monday + 6 * DAY_MS)]
    }
    case 'month': {
      const [year = 0, month = 0] = day.split('-').map(Number)
      return [dayText(Date.UTC(year, month - 1, 1)), dayText(Date.UTC(year, month, 0))]
    }
  }
}

/** Each day from one to the other, with its 23 or 25 hours when the clocks change. */
export function eachDay(from: string, to: string, zone: AccountZone): readonly Stretch[] {
  const days: Stretch[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const { startMs, endMs } = dayBounds(dayText(at), zone)
    days.push({ fromMs: startMs, toMs: endMs })
  }
  return days
}

/** Of a calendar, which has no zone: midnight as if it were UTC. */
const dayText = (utcMs: number): string => new Date(utcMs).toISOString().slice(0, 10)

const DAY_MS = 86_400_000
