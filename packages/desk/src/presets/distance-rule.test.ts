import { Decimal } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aContract } from '../testing/desk-fixtures.ts'
import { isFarBelow, rulePoints } from './distance-rule.ts'

const { terms } = aContract()
const percent = (value: Decimal) => ({ unit: 'PERCENTAGE', value }) as const
const figure = fc.integer({ min: 1, max: 10_000_000 }).map(units => new Decimal(units).div(100_000))

it('says far below only where the exact rule allows it, however near the two are', () => {
  fc.assert(
    fc.property(figure, figure, fc.double({ min: 0.9, max: 1.1, noNaN: true }), (value, bid, part) => {
      const price = { bid, offer: bid.plus('0.0001') }
      const most = rulePoints(percent(value), terms, price, 'most')
      if (typeof most === 'string') throw new Error(`expected a distance, but got ${most}`)
      const points = most.times(part)
      if (isFarBelow(points, percent(value), terms, price)) expect(points.lt(most)).toBe(true)
      expect(isFarBelow(most.times('0.98'), percent(value), terms, price)).toBe(true)
    }),
  )
})

it('knows nothing of a rule in points, nor without a price', () => {
  const one = new Decimal(1)
  expect(isFarBelow(one, { unit: 'POINTS', value: new Decimal(100) }, terms, { bid: one, offer: one })).toBe(false)
  expect(isFarBelow(one, percent(new Decimal(100)), terms, null)).toBe(false)
})
