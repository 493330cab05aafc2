import { type AccountZone, type LocalTime, localToUtcMs, UTC, utcToLocal } from '../account-zone.ts'
import { InvalidInputError } from '../errors.ts'
import { type DateForm, dateForm } from './date-form.ts'

// IG writes instants in many forms. Source: IG Labs, REST API reference, the date fields and parameters of each page.
// A reader gives `null` for a text of another form and for a date that no calendar has, such as 30 February.
// A writer leaves out what its form has no room for: a form of whole seconds drops the milliseconds.

/**
 * `2024-06-14T15:41:01`, also without seconds or with milliseconds, in fields that are UTC. Milliseconds since 1970.
 */
export function parseIsoUtc(text: string): number | null {
  return text.length === 19 || text.length === 23 ? plainIsoUtc(text) : instant(ISO, text, UTC)
}

/** As {@link parseIsoUtc}, in fields that are local. */
export function parseIsoLocal(text: string, zone: AccountZone): number | null {
  return instant(ISO, text, zone)
}

/** `27/01/21` with `22:59` or `22:59:58` behind it, as in working orders and activity of version 1. Local. */
export function parseShort(text: string, zone: AccountZone): number | null {
  return instant(SHORT, text, zone)
}

/** A day without a time, as `2021-01-27`: from this form, from `27/01/21`, `27-01-2021` or `27-JAN-2021`. Local. */
export function parseDay(text: string): string | null {
  const local = read(DAYS, text)
  return local === null ? null : DAY.write(local)
}

/** `2024-06-14T15:41:01`. @throws {InvalidInputError} for an instant that the form cannot hold, as do all writers */
export function formatIso(utcMs: number, zone: AccountZone = UTC): string {
  return write(ISO_SECONDS, utcMs, zone)
}

/** `2024/06/14 15:41:01`. */
export function formatSlashes(utcMs: number, zone: AccountZone = UTC): string {
  return write(SLASHES_SECONDS, utcMs, zone)
}

/** `14-06-2024` from `2024-06-14`. @throws {InvalidInputError} when there is no such day */
export function formatDayMonthYear(day: string): string {
  const local = DAY.read(day)
  if (local !== null) return DAY_MONTH_YEAR.write(local)
  throw new InvalidInputError(`expected a day such as 2024-06-14, but got ${JSON.stringify(day)}; correct it`)
}

/** The last instant that a `Date` can hold. */
const LAST_MS = 8.64e15

const ISO_SECONDS = dateForm('yyyy-MM-ddTHH:mm:ss')
const ISO = [ISO_SECONDS, dateForm('yyyy-MM-ddTHH:mm:ss.F'), dateForm('yyyy-MM-ddTHH:mm')]
const SLASHES_SECONDS = dateForm('yyyy/MM/dd HH:mm:ss')
const SHORT = [dateForm('dd/MM/yy HH:mm'), dateForm('dd/MM/yy HH:mm:ss')]
const DAY = dateForm('yyyy-MM-dd')
const DAY_MONTH_YEAR = dateForm('dd-MM-yyyy')
const DAYS = [DAY, dateForm('dd/MM/yy'), DAY_MONTH_YEAR, dateForm('dd-MMM-yyyy')]

function read(forms: readonly DateForm[], text: string): LocalTime | null {
  for (const form of forms) {
    const local = form.read(text)
    if (local !== null) return local
  }
  return null
}

/** `2024-06-14T15:41:01` and `2024-06-14T15:41:01.000`, the way of every confirm: makes nothing but the number. */
function plainIsoUtc(text: string): number | null {
  const hasForm = text[4] === '-' && text[7] === '-' && text[10] === 'T' && text[13] === ':' && text[16] === ':'
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  const ms = text.length === 19 ? 0 : text[19] === '.' ? twoDigits(text, 20) * 10 + digit(text, 22) : Number.NaN
  const isDate = hasForm && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
  // What is not a number is not below anything. Date.UTC would take the years 0 to 99 for 1900 to 1999.
  if (!isDate || !(hour < 24 && minute < 60 && second < 60 && ms >= 0 && year >= 100)) return null
  return Date.UTC(year, month - 1, day, hour, minute, second, ms)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Not a number where there is another character. */
function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1)
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}

function instant(forms: readonly DateForm[], text: string, zone: AccountZone): number | null {
  const local = read(forms, text)
  return local === null ? null : localToUtcMs(local, zone)
}

function write(form: DateForm, utcMs: number, zone: AccountZone): string {
  const local = Math.abs(utcMs) <= LAST_MS ? utcToLocal(utcMs, zone) : null
  if (local !== null && local.year >= 1 && local.year <= 9999) return form.write(local)
  throw new InvalidInputError(`expected milliseconds since 1970, but got ${utcMs}; correct the time`)
}
