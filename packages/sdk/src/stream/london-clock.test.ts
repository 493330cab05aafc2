import { expect, it } from 'vitest'
import { LondonClock } from './london-clock.ts'

it.each([
  ['in winter', Date.UTC(2026, 0, 5, 9), '08:59:58', Date.UTC(2026, 0, 5, 8, 59, 58)],
  ['in summer', Date.UTC(2026, 6, 1, 9), '09:59:58', Date.UTC(2026, 6, 1, 8, 59, 58)],
  ['of the day before', Date.UTC(2026, 0, 5, 0, 1), '23:59:00', Date.UTC(2026, 0, 4, 23, 59)],
  ['ahead of our clock, over midnight', Date.UTC(2026, 0, 4, 23, 59, 59), '00:00:01', Date.UTC(2026, 0, 5, 0, 0, 1)],
  ['before the clocks go forward', Date.UTC(2026, 2, 29, 0, 30), '00:30:00', Date.UTC(2026, 2, 29, 0, 30)],
  ['after the clocks went forward', Date.UTC(2026, 2, 29, 1, 30), '02:30:00', Date.UTC(2026, 2, 29, 1, 30)],
  ['shown for the first time of two', Date.UTC(2026, 9, 25, 0, 30), '01:29:59', Date.UTC(2026, 9, 25, 0, 29, 59)],
  ['shown for the second time', Date.UTC(2026, 9, 25, 1, 30), '01:29:59', Date.UTC(2026, 9, 25, 1, 29, 59)],
  ['late, of the first of two hours', Date.UTC(2026, 9, 25, 1, 0, 5), '01:59:59', Date.UTC(2026, 9, 25, 0, 59, 59)],
])('finds the instant of a time %s', (_title, nowMs, text, expected) => {
  expect(new LondonClock({ nowMs: () => nowMs }).nearest(text)).toBe(expected)
})

it('follows the day', () => {
  let nowMs = Date.UTC(2026, 0, 5, 9)
  const london = new LondonClock({ nowMs: () => nowMs })
  expect(london.nearest('08:00:00')).toBe(Date.UTC(2026, 0, 5, 8))
  nowMs += 86_400_000
  expect(london.nearest('08:00:00')).toBe(Date.UTC(2026, 0, 6, 8))
})

it('follows the clocks through an hour that they show twice', () => {
  let nowMs = Date.UTC(2026, 9, 25, 0, 30)
  const london = new LondonClock({ nowMs: () => nowMs })
  for (let minute = 0; minute < 90; minute++) {
    const local = new Date(nowMs).getUTCMinutes()
    expect(london.nearest(`01:${String(local).padStart(2, '0')}:00`)).toBe(nowMs)
    nowMs += 60_000
  }
})

it.each([[null], [''], ['24:00:00'], ['8:00:00'], ['soon']])('%o is no time', text => {
  expect(new LondonClock({ nowMs: () => 0 }).nearest(text)).toBeNull()
})
