import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartScale, dotOf, roundLevels, roundStep } from './chart-scale.ts'

const price = fc.integer({ min: -1e15, max: 1e15 })

describe('the scale of a chart', () => {
  it('stays while the prices fit and fill it, and is set anew when they do not', () => {
    const first = chartScale({ low: 1000, high: 1400 }, [], 16, null)
    expect(chartScale({ low: 990, high: 1410 }, [], 16, first)).toBe(first)
    expect(chartScale({ low: 990, high: 2000 }, [], 16, first).top).toBeGreaterThan(2000)
    expect(chartScale({ low: 1195, high: 1205 }, [], 16, first)).not.toBe(first)
  })

  it('does not blow up a quiet market: one unit is at most one dot', () => {
    expect(chartScale({ low: 500, high: 501 }, [], 16, null)).toEqual({ bottom: 493, top: 508 })
  })

  it('makes room for a line of ours that is near, and for none that is far', () => {
    const near = chartScale({ low: 1000, high: 1400 }, [1500, 5000], 16, null)
    expect(near.top).toBeGreaterThan(1500)
    expect(near.top).toBeLessThan(5000)
  })

  it('does not change to and fro between two prices', () => {
    fc.assert(
      fc.property(
        fc.tuple(price, price),
        fc.array(price, { maxLength: 4 }),
        fc.integer({ min: 2, max: 200 }),
        (ends, levels, dots) => {
          const prices = { low: Math.min(...ends), high: Math.max(...ends) }
          const scale = chartScale(prices, levels, dots, null)
          expect(chartScale(prices, levels, dots, scale)).toEqual(scale)
        },
      ),
    )
  })

  it('has a place for every price', () => {
    fc.assert(
      fc.property(fc.tuple(price, price), fc.integer({ min: 1, max: 200 }), (ends, dots) => {
        const [low, high] = [Math.min(...ends), Math.max(...ends)]
        const scale = chartScale({ low, high }, [], dots, null)
        for (const one of [low, high]) {
          expect(dotOf(scale, dots, one)).toBeGreaterThanOrEqual(0)
          expect(dotOf(scale, dots, one)).toBeLessThan(dots)
        }
      }),
    )
  })

  it('is labelled at round prices', () => {
    expect(roundLevels({ bottom: 1_398_130, top: 1_399_480 }, 12, 3)).toEqual([1_399_000, 1_398_500])
    expect([1, 1.1, 3, 7, 10, 51].map(roundStep)).toEqual([1, 2, 5, 10, 10, 100])
  })
})
