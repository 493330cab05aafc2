import type { AccountZone } from '@scalpdesk/sdk'

/** When entries are allowed: any of the spans. Clock times of the account's zone, whatever the clocks do there. */
export type TradingHours = readonly HoursSpan[]

export interface HoursSpan {
  readonly days: readonly Weekday[]
  /** `HH:mm`. */
  readonly from: string
  /** `HH:mm`, not within it any more; at or before `from`: of the next day. `24:00` is the end of the day. */
  readonly until: string
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly Weekday[]

/** @param ms since 1970 */
export function isWithin(hours: TradingHours, ms: number, zone: AccountZone): boolean {
  const { weekday, minute } = wallTime(ms, zone)
  const today = WEEKDAYS[weekday]
  const yesterday = WEEKDAYS[(weekday + 6) % 7]
  return hours.some(({ days, from, until }) => {
    const [start, end] = [minutes(from), minutes(until)]
    if (today === undefined || yesterday === undefined || start === null || end === null) return false
    if (start < end) return days.includes(today) && minute >= start && minute < end
    return (days.includes(today) && minute >= start) || (days.includes(yesterday) && minute < end)
  })
}

export function hoursProblems(hours: TradingHours): readonly string[] {
  return hours.flatMap(({ days, from, until }) => [
    ...(days.length === 0
      ? ['expected at least one day for trading hours, but got none; name them as mon, tue …']
      : []),
    ...days
      .filter(day => !WEEKDAYS.includes(day))
      .map(day => `expected a day such as mon, but got ${JSON.stringify(day)}; correct it`),
    ...[from, until]
      .filter(text => minutes(text) === null)
      .map(text => `expected a time such as 09:30, but got ${JSON.stringify(text)}; correct it`),
  ])
}

const hoursText = (hours: TradingHours): string =>
  hours.map(({ days, from, until }) => `${days.join(' ')} ${from}-${until}`).join(', ')

export const isSameHours = (one: TradingHours, other: TradingHours): boolean => hoursText(one) === hoursText(other)

/** The day of the week and the time, as `HH:mm`, in the zone. */
export function clockTime(ms: number, zone: AccountZone): { readonly day: Weekday; readonly time: string } {
  const { weekday, minute } = wallTime(ms, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return { day: WEEKDAYS[weekday] ?? 'mon', time: `${two(Math.floor(minute / 60))}:${two(minute % 60)}` }
}

/** Minutes after midnight; null when it is no time of a day. */
function minutes(text: string): number | null {
  const [, hour, minute] = /^(\d\d):([0-5]\d)$/.exec(text) ?? []
  const after = Number(hour) * 60 + Number(minute)
  return hour === undefined || after > DAY_MINUTES ? null : after
}

const DAY_MINUTES = 1_440

interface WallTime {
  /** 0: Monday. */
  readonly weekday: number
  /** After midnight. */
  readonly minute: number
}

function wallTime(ms: number, zone: AccountZone): WallTime {
  if (typeof zone !== 'string') {
    const shown = new Date(ms + zone.offsetHours * 3_600_000)
    return { weekday: (shown.getUTCDay() + 6) % 7, minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() }
  }
  const field: Record<string, string> = {}
  for (const { type, value } of wallClock(zone).formatToParts(ms)) field[type] = value
  const weekday = WEEKDAYS.findIndex(day => field.weekday?.toLowerCase().startsWith(day))
  return { weekday, minute: Number(field.hour) * 60 + Number(field.minute) }
}

/** Making one takes a hundred times as long as using it. */
const wallClocks = new Map<string, Intl.DateTimeFormat>()

function wallClock(timeZone: string): Intl.DateTimeFormat {
  const known = wallClocks.get(timeZone)
  if (known) return known
  const fields = { weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone, ...fields })
  wallClocks.set(timeZone, made)
  return made
}
