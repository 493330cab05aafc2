import { expect, it } from 'vitest'
import { perUnitAt } from './rate.ts'
import { reportOf } from './report-of.ts'
import { aDay, anActivity, aResult, at, d, deeds, MARKETS, rows } from './testing/hand-made.ts'

const EURUSD = MARKETS[1]!
const rates = [
  { fromMs: 1_000, perUnit: d('1.05') },
  { fromMs: 2_000, perUnit: d('1.10') },
]

it.each([
  ['before the first', 500, '1.05'],
  ['at the first', 1_000, '1.05'],
  ['between two', 1_999, '1.05'],
  ['after the last', 9_000, '1.1'],
  ['at no moment that is known', null, '1.08'],
])('takes the rate %s', (_what, atMs, told) => {
  expect(perUnitAt({ ...EURUSD, rates }, atMs)?.toFixed()).toBe(told)
  expect(perUnitAt(EURUSD, atMs)?.toFixed()).toBe('1.08')
})

it('works out risk and R by the rate of the day of the trade, whatever the rate is now', () => {
  const opening = anActivity({
    time: '09:00:00',
    did: 'position-opened',
    deal: 'DIAAAA1',
    level: '1.08000',
    side: 'BUY',
    stop: '1.07900',
    market: 'EUR/USD',
  })
  const won = aResult({
    opened: '09:00:00',
    closed: '09:01:00',
    from: '1.08000',
    to: '1.08100',
    size: '1',
    amount: '95.24',
    name: 'EUR/USD',
  })
  const then = { fromMs: at('00:00:00'), perUnit: d('1.05') }
  const riskAt = (now: string): string | undefined => {
    const market = { ...EURUSD, perUnit: d(now), rates: [then, { fromMs: at('23:59:59'), perUnit: d(now) }] }
    const facts = aDay({ transactions: rows(won), activities: deeds(opening), markets: [MARKETS[0]!, market] })
    return reportOf(facts).trades[0]?.risk?.toFixed(2)
  }
  // 0.001 x 100,000 dollars at 1.05.
  expect(riskAt('1.10')).toBe('95.24')
  expect(riskAt('1.25')).toBe('95.24')
})
