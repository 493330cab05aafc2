import { expect, it } from 'vitest'
import { shareRows } from './rows.ts'

it.each([20, 21, 24, 30, 40, 60, 100])('shares out all %d rows of a terminal', rows => {
  const { chart, positions, log } = shareRows(rows)
  expect(12 + chart + positions + log).toBe(rows)
  expect(chart).toBeGreaterThanOrEqual(4)
  expect(positions).toBeGreaterThanOrEqual(2)
  expect(log).toBeGreaterThanOrEqual(2)
})
