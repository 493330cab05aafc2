import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareSizes, hundredthsOf, isMultiple, sizeLeft, smallerSize, totalSize } from './deal-size.ts'
import { Exact } from './exact-decimal.ts'

it.each([
  ['0', 0],
  ['1', 100],
  ['0.5', 50],
  ['0.01', 1],
  ['12.34', 1234],
  ['9999999.99', 999_999_999],
  ['-0.5', -50],
  ['0.001', null],
  ['1.005', null],
  ['0.0000000001', null],
  ['1.00000001', null],
  ['10000000', null],
])('reads a size of %s as %s hundredths', (size, hundredths) => {
  expect(hundredthsOf(new Exact(size))).toBe(hundredths)
})

const size = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, decimals]) => new Exact(digits.toString()).div(new Exact(10).pow(decimals)))
const step = fc.constantFrom('0.01', '0.1', '0.5', '1', '0.003').map(text => new Exact(text))

it('reckons with sizes as Decimals do', () => {
  fc.assert(
    fc.property(size, size, step, (one, other, each) => {
      expect(Math.sign(compareSizes(one, other))).toBe(one.cmp(other))
      expect(smallerSize(one, other).eq(Exact.min(one, other))).toBe(true)
      expect(sizeLeft(one, other).eq(Exact.max(0, one.minus(other)))).toBe(true)
      expect(totalSize([{ size: one }, { size: other }]).eq(one.plus(other))).toBe(true)
      expect(isMultiple(one, each)).toBe(one.mod(each).isZero())
      expect(hundredthsOf(one) ?? one.times(100).toNumber()).toBe(one.times(100).toNumber())
    }),
  )
})
