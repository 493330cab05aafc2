import fc from 'fast-check'
import { expect, expectTypeOf, it } from 'vitest'
import { explainReason, REJECTION_REASONS, type RejectionReason, rejectionReason } from './rejection-reasons.ts'

it('knows the 62 reasons of the reference', () => {
  expect(Object.keys(REJECTION_REASONS)).toHaveLength(62)
  expectTypeOf<'MARKET_CLOSED'>().toExtend<RejectionReason>()
  expectTypeOf<string>().not.toExtend<RejectionReason>()
})

it.each(Object.entries(REJECTION_REASONS))(
  'explains %s in one short line with something to do',
  (reason, [meaning]) => {
    expect(rejectionReason(reason)).toBe(reason)
    expect(explainReason(reason)).toMatch(/^[a-zI][^;\n]+; [a-z][^;\n]+[^.\s]$/)
    expect(explainReason(reason).startsWith(meaning)).toBe(true)
    expect(explainReason(reason).length).toBeLessThanOrEqual(120)
  },
)

it.each([
  ['PARTIALLY_CLOSED_POSITION_NOT_DELETED', 'PARTIALY_CLOSED_POSITION_NOT_DELETED'],
  ['ACCOUNT_NOT_ENABLED_FOR_TRADING', 'ACCOUNT_NOT_ENABLED_TO_TRADING'],
  ['MARKET_ORDERS_NOT_ALLOWED_ON_INSTRUMNET', 'MARKET_ORDERS_NOT_ALLOWED_ON_INSTRUMENT'],
] as const)('takes the spelling %s for %s', (spelling, reason) => {
  expect(rejectionReason(spelling)).toBe(reason)
  expect(explainReason(spelling)).toBe(explainReason(reason))
})

it('says of a new reason what it is, and claims nothing about it', () => {
  expect(rejectionReason('TOO_MANY_MOONS')).toBeNull()
  expect(explainReason('TOO_MANY_MOONS')).toBe('IG gave the reason TOO_MANY_MOONS; look at positions and activity')
  expect(explainReason('')).toContain('(empty)')
  expect(rejectionReason('constructor')).toBeNull()
})

it('lets nothing through that could steer a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), reason => {
      expect(explainReason(reason)).toMatch(/^[\x20-\x7e]{1,140}$/)
    }),
  )
})
