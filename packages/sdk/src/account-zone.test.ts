import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AccountZone,
  dayAt,
  dayBounds,
  isLocalTime,
  localToUtcMs,
  UTC,
  utcMsOf,
  utcToLocal,
} from './account-zone.ts'
import { InvalidInputError } from './errors.ts'

const ZONES = [
  'Europe/London',
  'Europe/Paris',
  'America/New_York',
  'Australia/Sydney',
  'Asia/Kolkata',
  'America/St_Johns',
]
const HOUR_MS = 3_600_000

const ZONE: fc.Arbitrary<AccountZone> = fc.oneof(
  fc.constantFrom(...ZONES),
  fc.integer({ min: -24, max: 28 }).map(halves => ({ offsetHours: halves / 2 })),
)
const INSTANT_MS = fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2040, 0) })
const DAY = INSTANT_MS.map(ms => new Date(ms).toISOString().slice(0, 10))

describe('a local time', () => {
  it('is the instant that it was made of, except the second time that a clock shows it', () => {
    fc.assert(
      fc.property(INSTANT_MS, ZONE, (ms, zone) => {
        const local = utcToLocal(ms, zone)
        const first = localToUtcMs(local, zone)
        expect([first, localToUtcMs(local, zone, 'second')]).toContain(ms)
        expect(utcToLocal(first, zone)).toEqual(local)
      }),
    )
  })

  it('is read as the first or the second of two where the clocks go back', () => {
    const local = { year: 2024, month: 10, day: 27, hour: 1, minute: 30, second: 0, ms: 0 }
    expect(localToUtcMs(local, 'Europe/London')).toBe(Date.UTC(2024, 9, 27, 0, 30))
    expect(localToUtcMs(local, 'Europe/London', 'second')).toBe(Date.UTC(2024, 9, 27, 1, 30))
  })

  it.each(['first', 'second'] as const)('that the clocks skip is as much later (%s)', which => {
    const local = { year: 2024, month: 3, day: 31, hour: 1, minute: 30, second: 0, ms: 0 }
    const ms = localToUtcMs(local, 'Europe/London', which)
    expect(utcToLocal(ms, 'Europe/London')).toEqual({ ...local, hour: 2 })
  })

  it('keeps its milliseconds, before 1970 too', () => {
    const ms = Date.UTC(1969, 5, 1, 10, 20, 30, 456)
    const local = { year: 1969, month: 6, day: 1, hour: 6, minute: 20, second: 30, ms: 456 }
    expect(utcToLocal(ms, 'America/New_York')).toEqual(local)
    expect(localToUtcMs(local, 'America/New_York')).toBe(ms)
  })

  it('of the first centuries is not taken for one of the last', () => {
    expect(utcMsOf({ year: 24, month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: 0 })).toBe(
      Date.parse('0024-01-01T00:00:00Z'),
    )
  })

  it.each([
    [{ month: 2, day: 30 }],
    [{ month: 2, day: 29, year: 2023 }],
    [{ month: 13 }],
    [{ month: 0 }],
    [{ day: 0 }],
    [{ hour: 24 }],
    [{ minute: 60 }],
    [{ second: 60 }],
    [{ year: Number.NaN }],
  ])('with %o is none', part => {
    const good = { year: 2024, month: 2, day: 29, hour: 23, minute: 59, second: 59, ms: 0 }
    expect(isLocalTime(good)).toBe(true)
    expect(isLocalTime({ ...good, ...part })).toBe(false)
  })
})

describe('a day of the account', () => {
  it.each([
    ['2024-03-31', 23],
    ['2024-10-27', 25],
    ['2024-06-14', 24],
  ])('%s in London has %i hours', (day, hours) => {
    const { startMs, endMs } = dayBounds(day, 'Europe/London')
    expect((endMs - startMs) / HOUR_MS).toBe(hours)
  })

  it('begins when the one before ends, for every day of every zone', () => {
    fc.assert(
      fc.property(DAY, ZONE, (day, zone) => {
        const { startMs, endMs } = dayBounds(day, zone)
        expect(endMs).toBeGreaterThan(startMs)
        expect(dayAt(startMs, zone)).toBe(day)
        expect(dayAt(endMs - 1, zone)).toBe(day)
        expect(dayBounds(dayAt(endMs, zone), zone).startMs).toBe(endMs)
      }),
    )
  })

  it('begins an hour late where the clocks skip midnight', () => {
    const { startMs, endMs } = dayBounds('2018-11-04', 'America/Sao_Paulo')
    expect(utcToLocal(startMs, 'America/Sao_Paulo')).toMatchObject({ day: 4, hour: 1 })
    expect((endMs - startMs) / HOUR_MS).toBe(23)
  })

  it('is by the offset of sign-in where no zone is known', () => {
    expect(dayBounds('2024-06-15', { offsetHours: 1 }).startMs).toBe(Date.UTC(2024, 5, 14, 23))
    expect(dayAt(Date.UTC(2024, 5, 14, 23, 47), { offsetHours: 1 })).toBe('2024-06-15')
    expect(dayAt(Date.UTC(2024, 5, 14, 23, 47), UTC)).toBe('2024-06-14')
  })

  it.each(['2024-02-30', '24-02-01', '2024-2-1', '2024-06-14T00:00:00', ''])('is not %j', day => {
    expect(() => dayBounds(day, UTC)).toThrow(InvalidInputError)
  })
})

it.each([['Europe/Nowhere'], [''], [{ offsetHours: Number.NaN }], [{ offsetHours: 60 }]])('%o is no zone', zone => {
  expect(() => utcToLocal(0, zone)).toThrow(InvalidInputError)
  expect(() => dayBounds('2024-06-14', zone)).toThrow(InvalidInputError)
})
