import { expect, it } from 'vitest'
import { marginNeeded } from './margin-needed.ts'
import { d, someTerms } from './testing/guard-fixtures.ts'

const band = (from: number, to: number | null, percent: number) => ({
  fromSize: d(from),
  toSize: to === null ? null : d(to),
  marginPercentage: d(percent),
  currency: 'EUR',
})
const terms = someTerms({
  currency: 'EUR',
  contractSize: d(10),
  marginBands: [band(0, 2, 5), band(2, 4, 10), band(4, null, 20)],
})
const needed = (held: number, size: number, change = {}) =>
  marginNeeded({ ...terms, ...change }, d(100), d(held), d(size), 'EUR')?.toFixed() ?? null

it('takes each part of the size at the percentage of its band', () => {
  // A contract is worth 1,000: 2 at 5 %, 2 at 10 %, 1 at 20 %.
  expect([needed(0, 5), needed(3, 2), needed(9, 1)]).toEqual(['500', '300', '200'])
})

it('takes the factor of the market where it has no bands', () => {
  expect(needed(3, 2, { marginBands: null, marginFactor: { unit: 'PERCENTAGE', value: d(5) } })).toBe('100')
})

it('rounds up to the cent, and converts to the account’s currency', () => {
  expect(needed(0, 1, { currency: 'USD', currencyPerBase: d(3) })).toBe('16.67')
})

it.each([
  ['bands that leave a gap', { marginBands: [band(0, 1, 5), band(2, null, 10)] }],
  ['bands that end', { marginBands: [band(0, 1, 5)] }],
  ['a factor in points', { marginBands: null, marginFactor: { unit: 'POINTS', value: d(5) } }],
  ['neither', { marginBands: null, marginFactor: null }],
  ['no rate', { currency: 'USD', currencyPerBase: null }],
])('is not worked out from %s', (_, change) => {
  expect(needed(0, 3, change)).toBeNull()
})
