import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type CurrencyCode, convert } from './currency.ts'
import { Exact } from './exact-decimal.ts'

/** As in the table of rates: units for one euro. */
const perEuro = { EUR: '1', USD: '1.08', GBP: '0.85', JPY: '165', CHF: '0.96', AUD: '1.64', CAD: '1.48' } as const
const code = fc.constantFrom<CurrencyCode>('EUR', 'USD', 'GBP', 'JPY', 'CHF', 'AUD', 'CAD')

it('converts to the cent as a long division would', () => {
  const amount = fc
    .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }))
    .map(([units, decimals]) => new Exact(units.toString()).div(new Exact(10).pow(decimals)))
  fc.assert(
    fc.property(amount, code, code, (value, from, to) => {
      const long = value.times(perEuro[to]).div(perEuro[from]).toDecimalPlaces(2, Exact.ROUND_HALF_UP)
      expect(convert(value, from, to).eq(long)).toBe(true)
    }),
  )
})

it.each([
  ['0.0054', 'USD', 'EUR', '0.01'],
  ['0.0053', 'USD', 'EUR', '0'],
  ['-0.0054', 'USD', 'EUR', '-0.01'],
  ['-0.0053', 'USD', 'EUR', '0'],
  ['2.5', 'EUR', 'EUR', '2.5'],
  ['2.505', 'EUR', 'EUR', '2.51'],
] as const)('makes %s %s in %s %s: half a cent goes away from zero', (amount, from, to, converted) => {
  expect(convert(new Exact(amount), from, to).toString()).toBe(converted)
})
