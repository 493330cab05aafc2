import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unitsQuote } from '../../testing/desk-states.ts'
import { signed, spanText, spreadPoints, unitsText } from './figure-text.ts'

it('writes units out as decimal.js does', () => {
  const anyUnits = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
  fc.assert(
    fc.property(anyUnits, fc.nat(8), (units, decimals) => {
      expect(unitsText(units, decimals)).toBe(new Decimal(`${units}e-${decimals}`).toFixed(decimals))
    }),
  )
})

it('gives a spread in points with every digit that it has, at least one decimal', () => {
  const anyQuote = fc.record({ bid: fc.nat(2_000_000), spread: fc.nat(5_000), decimals: fc.nat(6) })
  fc.assert(
    fc.property(anyQuote, fc.constantFrom(1, 10, 100, 10_000), ({ bid, spread, decimals }, pointsPerUnit) => {
      const points = new Decimal(spread).times(pointsPerUnit).div(new Decimal(10).pow(decimals))
      const expected = points.toFixed(Math.max(1, points.decimalPlaces()))
      expect(spreadPoints(unitsQuote(bid, bid + spread, decimals), pointsPerUnit)).toBe(expected)
    }),
  )
})

describe('a signed figure', () => {
  it.each([
    ['12.345', '+12.35 EUR', 'up'],
    ['-0.004', '0.00 EUR', 'even'],
    ['-12.345', '-12.35 EUR', 'down'],
  ])('%s is %s', (value, text, tone) => {
    expect(signed(new Decimal(value), 2, ' EUR')).toEqual({ text, tone })
  })
})

it.each([
  [850, '850 ms'],
  [12_400, '12 s'],
  [200_000, '3 min 20 s'],
  [3_900_000, '1 h 5 min'],
])('%d ms is %s', (ms, text) => {
  expect(spanText(ms)).toBe(text)
})
