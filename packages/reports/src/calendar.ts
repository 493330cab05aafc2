import { type AccountZone, dayBounds, zoneOffsetMs } from '@scalpdesk/sdk'

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
  const localOf = (atMs: number): number => atMs + zoneOffsetMs(atMs, zone)
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

const modulo = (value: number, by: number): number => ((value % by) + by) % by
