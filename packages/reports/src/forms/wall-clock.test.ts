import { expect, it } from 'vitest'
import { durationText, wallClock, zoneText } from './wall-clock.ts'

it.each([
  ['Europe/Berlin', '2026-03-29T00:59:59.999Z', '2026-03-29T01:59:59.999+01:00'],
  ['Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00.000+02:00'],
  ['Europe/London', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000+01:00'],
  ['Europe/London', '2026-10-25T01:30:00.000Z', '2026-10-25T01:30:00.000+00:00'],
  ['Asia/Kathmandu', '2026-01-01T00:00:00.000Z', '2026-01-01T05:45:00.000+05:45'],
  [{ offsetHours: -3.5 }, '2026-01-01T00:00:00.000Z', '2025-12-31T20:30:00.000-03:30'],
])('shows in %j the instant %s as %s', (zone, instant, stamp) => {
  const clock = wallClock(zone)
  const atMs = Date.parse(instant)
  expect(clock.stamp(atMs)).toBe(stamp)
  expect(Date.parse(clock.stamp(atMs))).toBe(atMs)
  expect(clock.day(atMs)).toBe(stamp.slice(0, 10))
  expect(clock.time(atMs)).toBe(stamp.slice(11, 19))
  expect(new Date(clock.asUtcMs(atMs)).toISOString().slice(0, 23)).toBe(stamp.slice(0, 23))
})

it.each([
  [0, '0.0 s'],
  [9_999, '9.9 s'],
  [47_720, '47 s'],
  [65_000, '1 min 05 s'],
  [7_380_000, '2 h 03 min'],
  [273_600_000, '3 d 04 h'],
])('says %d ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

it('says a zone by its name or its offset', () => {
  expect([zoneText('Europe/Berlin'), zoneText({ offsetHours: 5.5 })]).toEqual(['Europe/Berlin', 'UTC+05:30'])
})
