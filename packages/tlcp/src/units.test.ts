import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readUnits } from './units.ts'

const read = (text: string, decimals: number) => readUnits(Buffer.from(text), 0, text.length, decimals)

it.each([
  ['1.08501', 5, 108_501],
  ['1.085', 5, 108_500],
  ['1', 5, 100_000],
  ['1.0850100', 5, 108_501],
  ['-37.63', 2, -3_763],
  ['0', 2, 0],
  ['-0.00', 2, 0],
  ['100', 0, 100],
  ['100.0', 0, 100],
  ['9007199254740991', 0, 9_007_199_254_740_991],
])('%s at %i places is %i', (text, decimals, units) => {
  expect(read(text, decimals)).toBe(units)
})

it.each(['', '-', '.', '.5', '5.', '1.2.3', '1e5', '1,5', ' 1', '1 ', 'NaN', '+1', '1.000001', '9007199254740992'])(
  'is no number that can be given exactly: "%s"',
  text => {
    expect(read(text, 5)).toBeNull()
  },
)

it('agrees with whole-number arithmetic for every number that fits', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(8), fc.boolean(), (units, decimals, isNegative) => {
      const digits = String(units).padStart(decimals + 1, '0')
      const point = digits.length - decimals
      const text = `${isNegative ? '-' : ''}${digits.slice(0, point)}${decimals === 0 ? '' : `.${digits.slice(point)}`}`
      expect(read(text, decimals)).toBe(isNegative && units !== 0 ? -units : units)
    }),
  )
})
