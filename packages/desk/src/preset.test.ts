import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { opposite, presetProblems } from './preset.ts'
import { aMarket, aPreset } from './testing/desk-fixtures.ts'

it('has nothing against a preset that keeps to the dealing rules', () => {
  expect(presetProblems(aPreset({ limitPoints: new Decimal(2) }))).toEqual([])
  expect(presetProblems(aPreset({ stopPoints: null }))).toEqual([])
})

const PERCENT = { unit: 'PERCENTAGE', value: new Decimal('0.1') } as const
const tightest = aMarket({ minStopDistance: PERCENT, offer: new Decimal('1.20000') })

it.each([
  [
    'a size below the smallest',
    aPreset({ size: new Decimal('0.4') }),
    'expected a size of at least 0.5 for EUR/USD Mini, but got 0.4',
  ],
  [
    'a size of nothing',
    aPreset({ market: aMarket({ minSize: new Decimal(0) }), size: new Decimal(0) }),
    'expected a size of at least 0 for EUR/USD Mini, but got 0',
  ],
  [
    'a stop too near',
    aPreset({ stopPoints: new Decimal('1.9') }),
    'expected a stop at least 2 points away for EUR/USD Mini, but got 1.9',
  ],
  [
    'a limit too near',
    aPreset({ limitPoints: new Decimal(1) }),
    'expected a limit at least 2 points away for EUR/USD Mini, but got 1',
  ],
  [
    'a stop on the wrong side',
    aPreset({ stopPoints: new Decimal(-10) }),
    'expected a stop at least 2 points away for EUR/USD Mini, but got -10',
  ],
  // 0.1 % of 1.20000 is 0.0012: 12 points.
  [
    'a stop nearer than the percentage rule',
    aPreset({ market: tightest, stopPoints: new Decimal('11.9') }),
    'expected a stop at least 12 points away for EUR/USD Mini, but got 11.9',
  ],
  [
    'a market without market orders',
    aPreset({ market: aMarket({ allowsMarketOrders: false }) }),
    'EUR/USD Mini takes no market orders, and a preset sends one; choose another market',
  ],
])('names %s in one sentence', (_, preset, sentence) => {
  expect(presetProblems(preset)).toEqual([sentence])
})

it('takes a stop at exactly the percentage rule', () => {
  expect(presetProblems(aPreset({ market: tightest, stopPoints: new Decimal(12) }))).toEqual([])
})

it('still refuses a stop of no distance where the percentage rule cannot be worked out', () => {
  const market = aMarket({ minStopDistance: PERCENT, offer: null })
  expect(presetProblems(aPreset({ market, stopPoints: new Decimal(0) }))).toHaveLength(1)
  expect(presetProblems(aPreset({ market, stopPoints: new Decimal(1) }))).toEqual([])
})

it('knows the side that closes', () => {
  expect([opposite('BUY'), opposite('SELL')]).toEqual(['SELL', 'BUY'])
})
