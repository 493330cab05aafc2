import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AccountZone, localToUtcMs, UTC, utcToLocal } from '../account-zone.ts'
import { InvalidInputError } from '../errors.ts'
import { dateForm } from './date-form.ts'
import {
  formatDayMonthYear,
  formatIso,
  formatSlashes,
  parseDay,
  parseIsoLocal,
  parseIsoUtc,
  parseShort,
} from './ig-dates.ts'

// Forms: IG Labs, REST API reference, the date fields of each page.

const ZONE = fc.constantFrom<AccountZone>(
  'Europe/London',
  'Europe/Paris',
  'America/New_York',
  'Australia/Sydney',
  { offsetHours: 1 },
  UTC,
)

/** Often near a change of the clocks: the last Sunday of March at 01:00 UTC, and its like. */
const CHANGES = [
  [2024, 2, 31, 1],
  [2024, 9, 27, 1],
  [2024, 2, 10, 7],
  [2024, 10, 3, 6],
  [2024, 3, 6, 16],
  [2024, 9, 5, 16],
].map(([year = 0, month = 0, day = 0, hour = 0]) => Date.UTC(year, month, day, hour))
const INSTANT_MS = fc.oneof(
  fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2099, 11, 30) }),
  fc.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -7_200_000, max: 7_200_000 })).map(([at, off]) => at + off),
)

describe('an instant in one of the forms', () => {
  it.each([
    ['2024-06-14T15:41:01', parseIsoUtc('2024-06-14T15:41:01'), Date.UTC(2024, 5, 14, 15, 41, 1)],
    ['2024-06-30T20:59', parseIsoUtc('2024-06-30T20:59'), Date.UTC(2024, 5, 30, 20, 59)],
    ['2025-04-02T19:13:19.134', parseIsoUtc('2025-04-02T19:13:19.134'), Date.UTC(2025, 3, 2, 19, 13, 19, 134)],
    ['2025-04-02T19:13:19.5', parseIsoUtc('2025-04-02T19:13:19.5'), Date.UTC(2025, 3, 2, 19, 13, 19, 500)],
    ['local ISO', parseIsoLocal('2024-06-14T15:41:01', 'Europe/London'), Date.UTC(2024, 5, 14, 14, 41, 1)],
    ['30/06/24 20:59', parseShort('30/06/24 20:59', 'Europe/London'), Date.UTC(2024, 5, 30, 19, 59)],
    ['27/01/21 22:59:58', parseShort('27/01/21 22:59:58', 'Europe/London'), Date.UTC(2021, 0, 27, 22, 59, 58)],
  ])('%s is read', (_form, ms, expected) => {
    expect(ms).toBe(expected)
  })

  it.each([
    ['2024-02-30T00:00:00', parseIsoUtc],
    ['2023-02-29T00:00:00', parseIsoUtc],
    ['2024-06-14T24:00:00', parseIsoUtc],
    ['2024-06-14T15:41:01Z', parseIsoUtc],
    ['2024-06-14 15:41:01', parseIsoUtc],
    ['2024-06-14', parseIsoUtc],
    ['2024-06-14T15:41:01x000', parseIsoUtc],
    ['', parseIsoUtc],
    ['31/06/24 12:00', (text: string) => parseShort(text, UTC)],
    ['GTC', (text: string) => parseShort(text, UTC)],
  ])('%s is none', (text, parse) => {
    expect(parse(text)).toBeNull()
  })
})

describe('a day', () => {
  it.each([
    ['2021-01-28', '2021-01-28'],
    ['27/01/21', '2021-01-27'],
    ['27-01-2021', '2021-01-27'],
    ['27-JAN-2021', '2021-01-27'],
    ['02-sep-2024', '2024-09-02'],
    ['30-FEB-2021', null],
    ['27-JÄN-2021', null],
    ['27-XYZ-2021', null],
    ['SEP-24', null],
    ['-', null],
  ])('%s is read as %s', (text, day) => {
    expect(parseDay(text)).toBe(day)
  })

  it('is written as dd-MM-yyyy', () => {
    expect(formatDayMonthYear('2024-06-14')).toBe('14-06-2024')
    expect(() => formatDayMonthYear('2024-06-31')).toThrow(InvalidInputError)
  })
})

describe('across the changes of the clocks', () => {
  it('yyyy-MM-ddTHH:mm:ss loses no instant that it can hold', () => {
    fc.assert(
      fc.property(INSTANT_MS, ZONE, (ms, zone) => {
        const wholeMs = Math.floor(ms / 1000) * 1000
        expect(parseIsoLocal(formatIso(ms, zone), zone)).toBe(firstShowing(wholeMs, zone))
        expect(parseIsoUtc(formatIso(ms))).toBe(wholeMs)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    'yyyy-MM-ddTHH:mm:ss.SSS',
    'yyyy-MM-ddTHH:mm:ss.F',
    'yyyy/MM/dd HH:mm:ss:SSS',
    'dd/MM/yy HH:mm:ss',
    'dd-MMM-yyyy',
    'HH:mm',
  ])('%s written and read is the same text', pattern => {
    const form = dateForm(pattern)
    fc.assert(
      fc.property(INSTANT_MS, ZONE, (ms, zone) => {
        const text = form.write(utcToLocal(ms, zone))
        const read = form.read(text)
        expect(read === null ? null : form.write(read)).toBe(text)
      }),
    )
  })
})

describe('a written instant', () => {
  const MS = Date.UTC(2024, 5, 14, 15, 41, 1, 999)

  it.each([
    [formatIso(MS), '2024-06-14T15:41:01'],
    [formatIso(MS, 'Europe/Paris'), '2024-06-14T17:41:01'],
    [formatSlashes(MS), '2024/06/14 15:41:01'],
  ])('is %s', (text, expected) => {
    expect(text).toBe(expected)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, -8.64e15])('is none of %s', ms => {
    expect(() => formatIso(ms)).toThrow(InvalidInputError)
  })
})

/** What a clock shows twice is read as the first. */
function firstShowing(ms: number, zone: AccountZone): number {
  const first = localToUtcMs(utcToLocal(ms, zone), zone)
  expect([0, 3_600_000]).toContain(ms - first)
  return first
}
