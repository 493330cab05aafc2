import { InvalidInputError } from './errors.ts'
import { namedOffsetMs } from './zone-offset.ts'

/**
 * The zone in which IG prints an account's local times: an IANA name such as `Europe/London`, which knows when the
 * clocks change, or the offset that IG gave at sign-in, which is right only until they do. Source of the offset: IG
 * Labs, REST API reference, "Session", `timezoneOffset`.
 */
export type AccountZone = string | { readonly offsetHours: number }

export const UTC: AccountZone = { offsetHours: 0 }

/** What a clock on the wall shows: no instant before a zone is said. */
export interface LocalTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly ms: number
}

/**
 * The instant of a local time. When the clocks go back an hour is shown twice: `first` is the earlier one. A time
 * that the clocks skip is read with the offset from before the change, so 01:30 in a skipped hour is 02:30. Our
 * choice; the same as Temporal's "compatible".
 * @returns milliseconds since 1970
 * @throws {InvalidInputError} when there is no such zone
 */
export function localToUtcMs(local: LocalTime, zone: AccountZone, repeated: 'first' | 'second' = 'first'): number {
  const asIfUtc = utcMsOf(local)
  if (typeof zone !== 'string') return asIfUtc - zoneOffsetMs(asIfUtc, zone)
  const before = asIfUtc - zoneOffsetMs(asIfUtc - DAY_MS, zone)
  const after = asIfUtc - zoneOffsetMs(asIfUtc + DAY_MS, zone)
  const [one, other] = before <= after ? [before, after] : [after, before]
  const [wanted, spare] = repeated === 'first' ? [one, other] : [other, one]
  return [wanted, spare].find(ms => ms + zoneOffsetMs(ms, zone) === asIfUtc) ?? before
}

/** What a clock in the zone shows. @throws {InvalidInputError} when there is no such zone */
export function utcToLocal(utcMs: number, zone: AccountZone): LocalTime {
  const shown = new Date(utcMs + zoneOffsetMs(utcMs, zone))
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    ms: shown.getUTCMilliseconds(),
  }
}

/** Half-open: the day holds `startMs` and does not hold `endMs`. Milliseconds since 1970. */
export interface DayBounds {
  readonly startMs: number
  readonly endMs: number
}

/**
 * When a day of the account begins and ends; 23 or 25 hours long when the clocks change. Each day ends where the next
 * begins.
 * @param day such as `2024-06-14`
 * @throws {InvalidInputError} when there is no such day or zone
 */
export function dayBounds(day: string, zone: AccountZone): DayBounds {
  const midnight = midnightOf(day)
  const next = new Date(utcMsOf(midnight) + DAY_MS)
  const end = { ...midnight, year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }
  return { startMs: localToUtcMs(midnight, zone), endMs: localToUtcMs(end, zone) }
}

/** The account's day that an instant belongs to, such as `2024-06-14`. @throws {InvalidInputError} */
export function dayAt(utcMs: number, zone: AccountZone): string {
  const { year, month, day } = utcToLocal(utcMs, zone)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The fields read as UTC, in milliseconds since 1970. */
export function utcMsOf(local: LocalTime): number {
  const date = new Date(0)
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(local.year, local.month - 1, local.day)
  return date.setUTCHours(local.hour, local.minute, local.second, local.ms)
}

/** Whether the calendar and the clock have it: false for 30 February and for 24:00. */
export function isLocalTime(local: LocalTime): boolean {
  const date = new Date(utcMsOf(local))
  return (
    date.getUTCFullYear() === local.year &&
    date.getUTCMonth() + 1 === local.month &&
    date.getUTCDate() === local.day &&
    date.getUTCHours() === local.hour &&
    date.getUTCMinutes() === local.minute &&
    date.getUTCSeconds() === local.second
  )
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

function midnightOf(day: string): LocalTime {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  const midnight = { year: Number(year), month: Number(month), day: Number(date), hour: 0, minute: 0, second: 0, ms: 0 }
  if (isLocalTime(midnight)) return midnight
  throw new InvalidInputError(`expected a day such as 2024-06-14, but got ${JSON.stringify(day)}; correct it`)
}

/** What to add to UTC for the local time, in milliseconds. @throws {InvalidInputError} when there is no such zone */
export function zoneOffsetMs(utcMs: number, zone: AccountZone): number {
  if (typeof zone === 'string') return namedOffsetMs(utcMs, zone)
  const { offsetHours } = zone
  if (Number.isFinite(offsetHours) && Math.abs(offsetHours) <= 15) return Math.round(offsetHours * HOUR_MS)
  throw new InvalidInputError(`expected an offset of at most 15 hours from UTC, but got ${offsetHours}; correct it`)
}
