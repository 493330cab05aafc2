import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatUnits, parseUnits } from './scaled-number.ts'

it('reads back every whole number of units that it prints', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 8 }), (units, decimals) => {
      expect(parseUnits(formatUnits(units, decimals), decimals)).toBe(units)
    }),
  )
})

it.each([
  ['1.08417', 5, 108_417],
  ['1.0842', 5, 108_420],
  ['1', 5, 100_000],
  ['61800.20', 2, 6_180_020],
  ['1.084170', 5, 108_417],
  ['0.00001', 5, 1],
])('reads %s with %i decimals as %i units', (text, decimals, units) => {
  expect(parseUnits(text, decimals)).toBe(units)
})

it.each([
  ['one decimal more than the market has', '1.084171', 5],
  ['empty text', '', 5],
  ['a sign', '-1.0', 5],
  ['an exponent', '1e5', 5],
  ['a lone point', '.', 5],
  ['a trailing point', '1.', 5],
  ['a leading point', '.5', 5],
  ['two points', '1.0.8', 5],
  ['a space', '1.08 ', 5],
  ['more than a safe integer holds', '90071992547409.93', 5],
])('refuses %s instead of rounding', (_what, text, decimals) => {
  expect(parseUnits(text, decimals)).toBeNull()
})

it('prints negative amounts with their sign in front', () => {
  expect(formatUnits(-5, 5)).toBe('-0.00005')
})
