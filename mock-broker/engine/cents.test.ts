import fc from 'fast-check'
import { expect, it } from 'vitest'
import { centsToDecimal, decimalToCents, minus, plus } from './cents.ts'
import { Exact } from './exact-decimal.ts'

const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
const decimal = (amount: bigint) => new Exact(amount.toString()).div(100)

it('adds and deducts without rounding, within the safe integers and beyond', () => {
  fc.assert(
    fc.property(fc.oneof(cents, fc.constant(2n ** 53n - 1n)), fc.oneof(cents, fc.constant(1n)), (one, other) => {
      const [first, second] = [decimalToCents(decimal(one)), decimalToCents(decimal(other))]
      expect(centsToDecimal(plus(first, second)).eq(decimal(one + other))).toBe(true)
      expect(centsToDecimal(minus(first, second)).eq(decimal(one - other))).toBe(true)
      expect(first < second).toBe(one < other)
    }),
  )
})

it('is a number as long as that is exact', () => {
  expect(plus(Number.MAX_SAFE_INTEGER, 1)).toBe(2n ** 53n)
  expect(minus(2n ** 53n, 1)).toBe(Number.MAX_SAFE_INTEGER)
})

it('takes no part of a cent', () => {
  expect(() => decimalToCents(new Exact('1.005'))).toThrow('expected an amount to the cent, but got 1.005')
})
