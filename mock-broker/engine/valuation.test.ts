import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centsToDecimal } from './cents.ts'
import { type CurrencyCode, convert } from './currency.ts'
import { Exact } from './exact-decimal.ts'
import { markets } from './market-catalogue.ts'
import type { Position } from './position.ts'
import { marginInCents, marginOf, profitInCents, profitOf } from './valuation.ts'

const market = fc.constantFrom(...markets)
const own = fc.constantFrom<CurrencyCode>('EUR', 'USD', 'GBP', 'JPY', 'CHF', 'AUD', 'CAD')
/** From the finest size that a request may name to far more than any market takes. */
const size = fc
  .tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.constantFrom(0, 1, 2, 3, 12))
  .map(([digits, decimals]) => new Exact(digits).div(new Exact(10).pow(decimals)))
const units = fc.oneof(fc.integer({ min: 1, max: 10 ** 7 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }))

describe('money in cents', () => {
  it('is the exact profit, converted and rounded once', () => {
    fc.assert(
      fc.property(market, own, size, units, units, fc.boolean(), (of, to, dealt, levelUnits, exitUnits, isLong) => {
        const position = positionAt(levelUnits, isLong, of.currencies[0])
        const exact = convert(profitOf(position, of, exitUnits, dealt), position.currency, to)
        expect(centsToDecimal(profitInCents(position, of, exitUnits, dealt, to)).toFixed()).toBe(exact.toFixed())
      }),
      { numRuns: 1000 },
    )
  })

  it('is the exact margin of all bands, converted and rounded once', () => {
    const before = fc.oneof(fc.constant(new Exact(0)), size)
    fc.assert(
      fc.property(market, own, size, before, units, (of, to, dealt, open, levelUnits) => {
        const exact = convert(marginOf(of, dealt, levelUnits, open), of.currencies[0], to)
        const cents = marginInCents(of, dealt, levelUnits, open, of.currencies[0], to)
        expect(centsToDecimal(cents).toFixed()).toBe(exact.toFixed())
      }),
      { numRuns: 1000 },
    )
  })
})

function positionAt(levelUnits: number, isLong: boolean, currency: CurrencyCode): Position {
  return {
    dealId: 'DIAAAA1',
    reference: 'one',
    account: 'CASH1',
    epic: '',
    currency,
    direction: isLong ? 'BUY' : 'SELL',
    size: new Exact(1),
    levelUnits,
    stopUnits: null,
    limitUnits: null,
    isStopGuaranteed: false,
    trailing: null,
    openedAtMs: 0,
  }
}
