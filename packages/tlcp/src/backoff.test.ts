import fc from 'fast-check'
import { expect, it } from 'vitest'
import { retryDelayMs } from './backoff.ts'

it('hurries at first, then doubles up to 30 s, with jitter down to a half', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 60].map(attempt => retryDelayMs(attempt, 0))).toEqual([
    0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
  ])
  expect(retryDelayMs(0, 0.5)).toBe(50)
  expect(retryDelayMs(6, 0.999)).toBeCloseTo(29_985, 0)
})

it('never waits less than half a second after a failure, nor more than 30 s', () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (attempt, random) => {
      const delay = retryDelayMs(attempt + 1, random)
      expect(delay).toBeGreaterThanOrEqual(500)
      expect(delay).toBeLessThanOrEqual(30_000)
    }),
  )
})
