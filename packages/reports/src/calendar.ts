import { type AccountZone, dayBounds } from '@scalpdesk/sdk'

/** The clock on the wall of an account. */
export interface Calendar {
  /** Such as `2026-01-05`. */
  dayOf(atMs: number): string
  /** 0 to 23. */
  hourOf(atMs: number): number
  /** 0 is Monday. */
  weekdayOf(atMs: number): number
  /** `[startMs, endMs)`: 23 or 25 hours when the clocks change. */
  boundsOf(day: string): { readonly startMs: number; readonly endMs: number }
}

export function calendarOf(zone: AccountZone): Calendar {
  const offsetMsAt = typeof zone === 'string' ? namedOffset(zone) : () => zone.offsetHours * HOUR_MS
  const localOf = (atMs: number): number => atMs + offsetMsAt(atMs)
  const bounds = new Map<string, { readonly startMs: number; readonly endMs: number }>()
  const names = new Map<number, string>()
  return {
    dayOf(atMs) {
      const dayNumber = Math.floor(localOf(atMs) / DAY_MS)
      const known = names.get(dayNumber)
      if (known !== undefined) return known
      const name = new Date(dayNumber * DAY_MS).toISOString().slice(0, 10)
      names.set(dayNumber, name)
      return name
    },
    hourOf: atMs => Math.floor(modulo(localOf(atMs), DAY_MS) / HOUR_MS),
    // 1 January 1970 was a Thursday.
    weekdayOf: atMs => modulo(Math.floor(localOf(atMs) / DAY_MS) + 3, 7),
    boundsOf(day) {
      const known = bounds.get(day) ?? dayBounds(day, zone)
      bounds.set(day, known)
      return known
    },
  }
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Clocks change on quarters of an hour: within one of them the offset is the same. */
const QUARTER_MS = HOUR_MS / 4

const modulo = (value: number, by: number): number => ((value % by) + by) % by

/** What to add to UTC; asked of the zone's rules once for each day, and for each quarter of an hour of a day in which the clocks change. */
function namedOffset(timeZone: string): (atMs: number) => number {
  const field = 'numeric'
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    calendar: 'gregory',
    year: field,
    month: field,
    day: field,
    hour: field,
    minute: field,
    second: field,
  })
  const asked = new Map<number, number>()
  const ask = (startMs: number): number => {
    const before = asked.get(startMs)
    if (before !== undefined) return before
    const shown: Record<string, number> = {}
    for (const { type, value } of clock.formatToParts(startMs)) shown[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
    const offsetMs = Date.UTC(year, month - 1, day, hour, minute, second) - startMs
    asked.set(startMs, offsetMs)
    return offsetMs
  }
  return atMs => {
    const dayMs = Math.floor(atMs / DAY_MS) * DAY_MS
    const [first, next] = [ask(dayMs), ask(dayMs + DAY_MS)]
    return first === next ? first : ask(Math.floor(atMs / QUARTER_MS) * QUARTER_MS)
  }
}
