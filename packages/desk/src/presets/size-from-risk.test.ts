import { Decimal, type Market } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toAccountMoney } from './account-money.ts'
import type { MarketTerms } from './market-terms.ts'
import type { PresetStop, Risk } from './preset.ts'
import { type AccountMoney, type RiskCode, sizeFromRisk } from './size-from-risk.ts'
import { d, someTerms } from './testing/preset-fixtures.ts'

const PRICE = { bid: d('1.0841'), offer: d('1.08418') }
const ACCOUNT: AccountMoney = { currency: 'EUR', equity: d(10_000) }
const STOP: PresetStop = { kind: 'normal', distancePoints: d(10) }
const money = (amount: number | string): Risk => ({ kind: 'money', amount: d(amount) })
const equity = (percent: number | string): Risk => ({ kind: 'equity', percent: d(percent) })

interface Case {
  readonly risk?: Risk
  readonly stop?: PresetStop | null
  readonly terms?: Partial<MarketTerms>
  readonly account?: Partial<AccountMoney>
}

const sized = ({ risk = money(100), stop = STOP, terms = {}, account = {} }: Case) =>
  sizeFromRisk(risk, stop, someTerms(terms), { ...ACCOUNT, ...account }, PRICE)

// A contract moves 1 USD a point; 10 points are 10 USD, 8 EUR at 1.25 USD for a euro.
it.each<[string, Case, string]>([
  ['an amount', { risk: money(80) }, '10'],
  ['an amount, rounded down to the step', { risk: money('80.79') }, '10'],
  ['a percentage of the equity', { risk: equity('0.5') }, '6.2'],
  ['the account’s own currency', { risk: money(80), terms: { currency: 'EUR', currencyPerBase: null } }, '8'],
  [
    'a trailing stop from where it starts',
    { risk: money(80), stop: { kind: 'trailing', distancePoints: d(5), stepPoints: d(1) } },
    '20',
  ],
  [
    'a guaranteed stop with what the guarantee costs',
    { risk: money(80), stop: { kind: 'guaranteed', distancePoints: d(9) } },
    '10',
  ],
  [
    'multiples of the smallest size where the step is not known',
    { risk: money(79), terms: { sizeStep: null, minSize: d('0.4') } },
    '9.6',
  ],
  ['exactly the smallest size', { risk: money(4) }, '0.5'],
])('works out the size for %s', (_, situation, size) => {
  expect(sized(situation)).toEqual({ kind: 'size', size: d(size) })
})

it.each<[RiskCode, string, Case]>([
  ['risk-needs-stop', 'expected a stop to work out the size for EUR/USD Mini, but got none; set one', { stop: null }],
  ['risk-not-positive', 'expected a risk of more than 0 EUR, but got 0; correct it', { risk: money(0) }],
  [
    'risk-not-positive',
    'expected a risk of more than 0 and at most 100 % of the equity, but got 101; correct it',
    { risk: equity(101) },
  ],
  [
    'no-equity',
    'expected to know the equity for a risk in percent, but the broker has not told it; wait for it or risk an amount',
    { risk: equity(1), account: { equity: null } },
  ],
  [
    'no-equity',
    'expected an equity above 0 for a risk in percent, but it is -5; use a fixed size',
    { risk: equity(1), account: { equity: d(-5) } },
  ],
  [
    'no-rate',
    'expected a rate from USD to EUR for EUR/USD Mini, but IG gives none; use a fixed size',
    { terms: { currencyPerBase: null } },
  ],
  [
    'no-rate',
    'expected a rate from USD to EUR for EUR/USD Mini, but IG gives none; use a fixed size',
    { terms: { currencyPerBase: d(0) } },
  ],
  [
    'no-size-step',
    'expected the step between sizes of EUR/USD Mini, but nobody knows it; set it or use a fixed size',
    { terms: { sizeStep: null, minSize: d(0) } },
  ],
  [
    'no-premium',
    'expected to know what a guaranteed stop costs for EUR/USD Mini, but IG has not said; use a fixed size',
    { terms: { guaranteePremium: null }, stop: { kind: 'guaranteed', distancePoints: d(9) } },
  ],
  [
    'no-point-value',
    'expected the value of a point of EUR/USD Mini, but it cannot be worked out; use a fixed size',
    { terms: { contractSize: d(0) } },
  ],
  [
    'risk-too-small',
    'expected to risk at least 4.00 EUR for the smallest size of EUR/USD Mini, but got 3.99; raise the risk or move the stop nearer',
    { risk: money('3.99') },
  ],
])('refuses with %s: %s', (code, words, situation) => {
  expect(sized(situation)).toMatchObject({ kind: 'refused', problem: { code, words } })
})

const figure = (min: number, max: number, decimals: number) =>
  fc
    .integer({ min: Math.ceil(min * 10 ** decimals), max: max * 10 ** decimals })
    .map(units => new Decimal(`${units}e-${decimals}`))

it('never risks more than was asked, and one step more would', () => {
  const market = fc.record({
    currencyPerBase: figure(0.01, 200, 5),
    contractSize: fc.constantFrom('1', '10', '0.5', '10000', '100000').map(d),
    pointsPerUnit: fc.constantFrom(1, 10, 100, 10_000),
    minSize: figure(0.01, 2, 2),
    sizeStep: fc.option(figure(0.01, 1, 2)),
  })
  const stop = fc.record({
    kind: fc.constantFrom('normal' as const, 'guaranteed' as const),
    distancePoints: figure(0.1, 500, 1),
  })
  fc.assert(
    fc.property(market, stop, figure(0.01, 100_000, 2), (change, stop, amount) => {
      const terms = someTerms(change)
      const answer = sizeFromRisk({ kind: 'money', amount }, stop, terms, ACCOUNT, PRICE)
      const points = stop.distancePoints.plus(stop.kind === 'guaranteed' ? 1 : 0)
      const step = terms.sizeStep ?? terms.minSize
      // Loss times the rate and the points of a unit: nothing is divided, so nothing is rounded.
      const Exact = Decimal.clone({ precision: 100 })
      const loss = (size: Decimal) => new Exact(size).times(points).times(terms.contractSize)
      const allowed = new Exact(amount).times(change.currencyPerBase).times(terms.pointsPerUnit)
      if (answer.kind === 'refused') {
        expect(loss(Decimal.max(terms.minSize, step)).gt(allowed) || loss(terms.minSize.plus(step)).gt(allowed)).toBe(
          true,
        )
        return
      }
      expect(loss(answer.size).lte(allowed)).toBe(true)
      expect(loss(answer.size.plus(step)).gt(allowed)).toBe(true)
      expect(answer.size.gte(terms.minSize) && answer.size.mod(step).isZero()).toBe(true)
    }),
    { numRuns: 500 },
  )
})

it('converts to the account’s money, a loss never to less than it is', () => {
  const market = { currency: 'USD', currencyPerBase: d(3) } satisfies Partial<Market>
  expect(toAccountMoney(d(-10), market, 'EUR')?.toFixed()).toBe('-3.33333334')
  expect(toAccountMoney(d(10), market, 'EUR')?.toFixed()).toBe('3.33333333')
  expect(toAccountMoney(d('-10.05'), market, 'USD')?.toFixed()).toBe('-10.05')
  expect(toAccountMoney(d(10), { ...market, currencyPerBase: null }, 'EUR')).toBeNull()
})
