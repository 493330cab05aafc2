import { expect, it } from 'vitest'
import { ageText, latencyText } from './durations.ts'

it.each([
  [0, '0.0 s'],
  [312, '0.3 s'],
  [9_999, '9.9 s'],
  [10_000, '10 s'],
  [59_999, '59 s'],
  [65_000, '1 min 05 s'],
  [3_600_000, '1 h 00 min'],
  [7_860_000, '2 h 11 min'],
  [-5, '0.0 s'],
])('an age of %d ms is read as %s', (ageMs, text) => {
  expect(ageText(ageMs)).toBe(text)
})

it.each([
  [null, '–'],
  [0.42, '0.4 ms'],
  [9.94, '9.9 ms'],
  [9.96, '10 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [12_340, '12.3 s'],
])('a latency of %s ms is read as %s', (durationMs, text) => {
  expect(latencyText(durationMs)).toBe(text)
})
