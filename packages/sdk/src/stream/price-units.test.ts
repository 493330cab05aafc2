import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epic } from '../ids.ts'
import { createQuote } from '../quote.ts'
import { parsePrice } from './price-units.ts'

describe('a price text', () => {
  it.each([
    ['1.08501', 5, 108_501, 5],
    ['1.085', 5, 108_500, 5],
    ['1', 5, 100_000, 5],
    ['1.085012', 5, 1_085_012, 6],
    ['1.0850100', 5, 108_501, 5],
    ['24001.5', 1, 240_015, 1],
    ['-37.63', 2, -3_763, 2],
    ['0', 2, 0, 2],
    ['100', 0, 100, 0],
    ['100.0', 0, 100, 0],
  ])('%s at %i decimals is %i of 10^-%i', (text, decimals, units, wide) => {
    expect(parsePrice(text, decimals)).toEqual({ units, decimals: wide })
  })

  it.each([
    '',
    '-',
    '.',
    '.5',
    '1.2.3',
    '1e5',
    '1,5',
    ' 1',
    '1 ',
    'NaN',
    '+1',
    '99999999999999999',
    '9007199254740993',
  ])('is no price: "%s"', text => {
    expect(parsePrice(text, 5)).toBeNull()
  })

  it.each(['9007199254740993', '-9007199254740993', '90071992547409.93'])(
    'is no price that is finer than a safe integer: "%s"',
    text => {
      expect(parsePrice(text, 0)).toBeNull()
    },
  )

  it('keeps every digit on its way to a Decimal', () => {
    const digits = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.nat(999_999), fc.nat(6), fc.boolean())
    fc.assert(
      fc.property(digits, fc.nat(5), ([whole, fraction, places, isNegative], decimals) => {
        const text = `${isNegative ? '-' : ''}${whole}${places === 0 ? '' : `.${String(fraction).padStart(6, '0').slice(0, places)}`}`
        const price = parsePrice(text, decimals)
        if (price === null) throw new Error(`expected ${text} to be a price`)
        const quote = createQuote({
          epic: epic('CS.D.EURUSD.CFD.IP'),
          decimals: price.decimals,
          bidUnits: price.units,
          offerUnits: null,
          state: 'tradeable',
          isDelayed: false,
          brokerTimeMs: null,
          receivedAtMs: 0,
          isSnapshot: false,
        })
        expect(quote.bid?.equals(new Decimal(text))).toBe(true)
        expect(Number.isSafeInteger(quote.bidUnits)).toBe(true)
        expect(price.decimals).toBeGreaterThanOrEqual(decimals)
      }),
    )
  })
})
