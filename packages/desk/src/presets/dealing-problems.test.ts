import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { type DealingCode, type DealTerms, dealingProblems } from './dealing-problems.ts'
import type { MarketTerms } from './market-terms.ts'
import type { PresetStop } from './preset.ts'
import { d, someTerms } from './testing/preset-fixtures.ts'

const PRICE = { bid: d('1.19990'), offer: d('1.20000') }

const aDeal = (change: Partial<DealTerms> = {}): DealTerms => ({
  kind: 'market-order',
  size: d(1),
  stop: normal(10),
  limitPoints: d(10),
  ...change,
})

function normal(points: number | string): PresetStop {
  return { kind: 'normal', distancePoints: d(points) }
}

const guaranteed = (points: number): PresetStop => ({ kind: 'guaranteed', distancePoints: d(points) })
const trailing = (points: number, step: number | string): PresetStop => ({
  kind: 'trailing',
  distancePoints: d(points),
  stepPoints: d(step),
})

it('has nothing against an order that keeps to the rules, or has no legs', () => {
  expect(dealingProblems(someTerms(), PRICE, aDeal())).toEqual([])
  expect(dealingProblems(someTerms(), PRICE, aDeal({ stop: null, limitPoints: null }))).toEqual([])
  expect(dealingProblems(someTerms(), PRICE, aDeal({ stop: trailing(10, 1) }))).toEqual([])
  expect(dealingProblems(someTerms(), PRICE, aDeal({ stop: guaranteed(8) }))).toEqual([])
})

const percent = (figure: string) => ({ unit: 'PERCENTAGE', value: d(figure) }) as const
const points = (figure: number) => ({ unit: 'POINTS', value: d(figure) }) as const

/** What is wrong; the sentence; and what is just allowed. */
const BROKEN: readonly (readonly [
  DealingCode,
  string,
  Partial<MarketTerms>,
  Partial<DealTerms>,
  Partial<DealTerms>,
])[] = [
  [
    'size-too-small',
    'expected a size of at least 0.5 for EUR/USD Mini, but got 0.4; raise it',
    {},
    { size: d('0.4') },
    { size: d('0.5') },
  ],
  [
    'size-too-small',
    'expected a size of more than 0 for EUR/USD Mini, but got 0; raise it',
    { minSize: d(0) },
    { size: d(0) },
    { size: d('0.1') },
  ],
  [
    'size-too-small',
    'expected a size of at least 0.5 for EUR/USD Mini, but got NaN; raise it',
    {},
    { size: new Decimal(Number.NaN) },
    {},
  ],
  [
    'size-step',
    'expected a size in steps of 0.1 for EUR/USD Mini, but got 1.25; 1.2 is the next below',
    {},
    { size: d('1.25') },
    { size: d('1.2') },
  ],
  [
    'no-legs',
    'expected no stop and no limit, but got one, and EUR/USD Mini takes none; remove both',
    { areLegsAllowed: false },
    { stop: null },
    { stop: null, limitPoints: null },
  ],
  [
    'stop-too-near',
    'expected a stop at least 2 points away for EUR/USD Mini, but got 1.9; move it away',
    {},
    { stop: normal('1.9') },
    { stop: normal(2) },
  ],
  [
    'stop-too-near',
    'expected a stop at least 2 points away for EUR/USD Mini, but got -10; move it away',
    {},
    { stop: normal(-10) },
    {},
  ],
  // 0.1 % of the offer, 1.2: 0.0012, which is 12 points.
  [
    'stop-too-near',
    'expected a stop at least 12 points away for EUR/USD Mini, but got 11.9; move it away',
    { minStopDistance: percent('0.1') },
    { stop: normal('11.9'), limitPoints: null },
    { stop: normal(12), limitPoints: null },
  ],
  // 1 % of the bid, 1.1999: 119.99 points.
  [
    'stop-too-far',
    'expected a stop at most 119.99 points away for EUR/USD Mini, but got 120; move it nearer',
    { maxStopDistance: percent('1') },
    { stop: normal(120) },
    { stop: normal('119.99') },
  ],
  [
    'stop-too-near',
    'expected a stop at least 8 points away for EUR/USD Mini, but got 7; move it away',
    {},
    { stop: guaranteed(7) },
    { stop: guaranteed(8) },
  ],
  [
    'no-guaranteed-stops',
    'expected a normal stop, but got a guaranteed one, and EUR/USD Mini has none; change it',
    { areGuaranteedStopsAllowed: false },
    { stop: guaranteed(10) },
    {},
  ],
  [
    'no-trailing-stops',
    'expected a stop that stays, but got a trailing one, which EUR/USD Mini or the account does not allow; change it',
    { areTrailingStopsAllowed: false },
    { stop: trailing(10, 1) },
    {},
  ],
  [
    'no-trailing-stops',
    'expected a stop that stays, but got a trailing one on a working order; change it',
    {},
    { kind: 'working-order', stop: trailing(10, 1) },
    { kind: 'working-order' },
  ],
  [
    'trailing-step',
    'expected a trailing step of at least 1 points for EUR/USD Mini, but got 0.9; raise it',
    {},
    { stop: trailing(10, '0.9') },
    { stop: trailing(10, 1) },
  ],
  [
    'trailing-step',
    'expected a trailing step of more than 0 points for EUR/USD Mini, but got 0; raise it',
    { minTrailingStep: null },
    { stop: trailing(10, 0) },
    { stop: trailing(10, '0.1') },
  ],
  [
    'limit-too-near',
    'expected a limit at least 2 points away for EUR/USD Mini, but got 1; move it away',
    {},
    { limitPoints: d(1) },
    { limitPoints: d(2) },
  ],
  [
    'limit-too-far',
    'expected a limit at most 50 points away for EUR/USD Mini, but got 51; move it nearer',
    { maxStopDistance: points(50) },
    { limitPoints: d(51) },
    { limitPoints: d(50) },
  ],
  [
    'no-market-orders',
    'expected a market that takes market orders, but EUR/USD Mini takes none; place a working order instead',
    { allowsMarketOrders: false },
    {},
    { kind: 'working-order' },
  ],
]

it.each(BROKEN)('%s: %s', (code, words, terms, broken, allowed) => {
  expect(dealingProblems(someTerms(terms), PRICE, aDeal(broken))).toMatchObject([{ code, words }])
  expect(dealingProblems(someTerms(terms), PRICE, aDeal(allowed))).toEqual([])
})

it('names every rule that is broken, not only the first', () => {
  const deal = aDeal({ size: d('0.4'), stop: normal(1), limitPoints: d(1) })
  const codes = dealingProblems(someTerms({ allowsMarketOrders: false }), PRICE, deal).map(({ code }) => code)
  expect(codes).toEqual(['size-too-small', 'no-market-orders', 'stop-too-near', 'limit-too-near'])
})

it('needs a price for a rule in percent', () => {
  const words = 'expected a price of EUR/USD Mini to check the stop against 75 %, but there is none; wait for one'
  expect(dealingProblems(someTerms(), null, aDeal({ limitPoints: null }))).toMatchObject([{ code: 'no-price', words }])
  expect(dealingProblems(someTerms({ maxStopDistance: points(100) }), null, aDeal())).toEqual([])
})

it('leaves to the broker what nobody knows', () => {
  const terms = someTerms({
    minStopDistance: { unit: { other: 'LOTS' }, value: d(99) },
    maxStopDistance: points(0),
    sizeStep: null,
    areLegsAllowed: null,
    areTrailingStopsAllowed: null,
  })
  expect(dealingProblems(terms, PRICE, aDeal({ size: d('0.51'), stop: trailing(1, 1), limitPoints: d(1) }))).toEqual([])
})
