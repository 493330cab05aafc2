import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromScaled, multiply, type Scaled, subtract, toScaled } from './scaled.ts'

const Wide = Decimal.clone({ precision: 60 })
const wide = ({ units, decimals }: Scaled) => new Wide(units).div(new Wide(10).pow(decimals))
const value = (result: Scaled | Decimal) => (result instanceof Decimal ? result : wide(result)).toFixed()

const scaled = (most: number) =>
  fc.record({ units: fc.integer({ min: -most, max: most }), decimals: fc.integer({ min: 0, max: 6 }) })

it.each([
  ['1.08418', { units: 108_418, decimals: 5 }],
  ['18500', { units: 18_500, decimals: 0 }],
  ['1e5', { units: 100_000, decimals: 0 }],
  ['-37.63', { units: -3_763, decimals: 2 }],
  ['0.000000000001', { units: 1, decimals: 12 }],
])('holds %s as a whole number at its own scale', (text, expected) => {
  expect(toScaled(new Decimal(text))).toEqual(expected)
})

it.each([
  '9007199254740993',
  '1.0841700000000003',
  '1e300',
  '0.00000000000000000000000000012345678901234567890123456789',
])('says that %s is more than a double can hold', text => {
  expect(toScaled(new Decimal(text))).toBeNull()
})

it('comes back from scaled unchanged', () => {
  fc.assert(
    fc.property(scaled(Number.MAX_SAFE_INTEGER), number => {
      expect(fromScaled(number).toFixed()).toBe(wide(number).toFixed())
    }),
  )
})

it('subtracts exactly, whatever the two scales', () => {
  fc.assert(
    fc.property(scaled(1e9), scaled(1e9), (a, b) => {
      expect(wide(subtract(a, b)!).toFixed()).toBe(wide(a).minus(wide(b)).toFixed())
    }),
  )
})

it('gives no difference that a double cannot hold instead of rounding it', () => {
  const most = { units: Number.MAX_SAFE_INTEGER, decimals: 0 }
  expect(subtract(most, { units: -2, decimals: 0 })).toBeNull()
  expect(subtract(most, { units: 1, decimals: 3 })).toBeNull()
  expect(subtract({ units: 0, decimals: 0 }, { units: 1, decimals: 400 })).toBeNull()
})

it('multiplies exactly, also beyond 2^53', () => {
  fc.assert(
    fc.property(scaled(Number.MAX_SAFE_INTEGER), scaled(Number.MAX_SAFE_INTEGER), (a, b) => {
      expect(value(multiply(a, b))).toBe(wide(a).times(wide(b)).toFixed())
    }),
  )
})

it('keeps every digit of a product of 32 digits', () => {
  const product = multiply({ units: 9_007_199_254_740_991, decimals: 5 }, { units: 9_007_199_254_740_991, decimals: 2 })
  expect(value(product)).toBe('8112963841460666368139049.5662081')
})
