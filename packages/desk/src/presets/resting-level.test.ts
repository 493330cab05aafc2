import { expect, it } from 'vitest'
import { sentence } from '../words/sentence.ts'
import { levelProblem, type RestingLevel } from './resting-level.ts'
import { d, someTerms } from './testing/preset-fixtures.ts'

const PRICE = { bid: d('1.08410'), offer: d('1.08418') }
const terms = someTerms({ minStopDistance: { unit: 'POINTS', value: d(2) } })

it.each([
  ['BUY', 'limit', '1.08398', null],
  ['BUY', 'limit', '1.08399', 'at least 2 points below the price of EUR/USD Mini, but got 1.9'],
  ['BUY', 'stop', '1.08438', null],
  ['BUY', 'stop', '1.08410', 'at least 2 points above the price of EUR/USD Mini, but got -0.8'],
  ['SELL', 'limit', '1.08430', null],
  ['SELL', 'limit', '1.08400', 'at least 2 points above the price of EUR/USD Mini, but got -1'],
  ['SELL', 'stop', '1.08390', null],
  ['SELL', 'stop', '1.08391', 'at least 2 points below the price of EUR/USD Mini, but got 1.9'],
] as const)('keeps a %s %s at %s as far from the price as the market wants', (direction, restsAs, at, words) => {
  const found = levelProblem(terms, PRICE, { direction, restsAs, level: d(at) })
  const said = found && sentence(found.message, 'en')
  expect(said).toBe(words && `expected a level ${words}; the broker would refuse it`)
})

it('says nothing where the rule is in a unit that nobody knows', () => {
  const order: RestingLevel = { direction: 'BUY', restsAs: 'limit', level: d('1.08418') }
  const unknown = someTerms({ minStopDistance: { unit: { other: 'TICKS' }, value: d(2) } })
  expect(levelProblem(unknown, PRICE, order)).toBeNull()
  const none = someTerms({ minStopDistance: { unit: 'POINTS', value: d(0) } })
  expect(levelProblem(none, PRICE, order)).toBeNull()
  expect(levelProblem(none, PRICE, { ...order, level: d('1.08419') })?.code).toBe('level-too-near')
})
