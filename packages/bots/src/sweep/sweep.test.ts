import { describe, expect, it } from 'vitest'
import type { Figures } from '../backtest/summary.ts'
import { boolean, choice, duration, integer, number } from '../strategy/parameter.ts'
import { pointsOf, readAxis } from './grid.ts'
import { scoreOf } from './objective.ts'
import { bestByLuck, rankAgreement, warningsOf } from './overfitting.ts'
import type { Try } from './sweep.ts'

const schema = {
  fast: integer({ default: 5, min: 1, max: 20, step: 5 }),
  gap: number({ default: 0.1, min: 0, max: 1 }),
  pause: duration({ default: '30s', min: '10s', max: '1m', step: '10s' }),
  isShy: boolean({ default: false }),
  side: choice({ default: 'both', of: ['both', 'long'] }),
  length: integer({ default: 5, min: 1, max: 1000 }),
}

describe('an axis', () => {
  it.each([
    ['fast=2..8:3', [2, 5, 8]],
    ['fast', [1, 6, 11, 16]],
    ['gap=0.1..0.4:0.1', [0.1, 0.2, 0.3, 0.4]],
    ['gap=0.5,0.25', [0.5, 0.25]],
    ['pause=10s..30s', [10_000, 20_000, 30_000]],
    ['isShy', [false, true]],
    ['side', ['both', 'long']],
    ['side=long', ['long']],
  ] as const)('reads %s', (text, values) => {
    expect(readAxis(schema, text).values).toEqual(values)
  })

  it.each([
    ['slow=1..3', 'expected one of the parameters fast, gap, pause, isShy, side, length, but got "slow"'],
    ['fast=1..30', 'expected parameter fast to be a whole number from 1 to 20, but got 30'],
    ['fast=1..4:0.5', 'expected parameter fast to be a whole number from 1 to 20, but got 1.5'],
    ['fast=1..5:0', 'expected the step of fast above 0, but got 0'],
    ['fast=6..1:5', 'expected a range of fast upwards, but got 6..1:5; write fast=1..6'],
    ['side=a..b', 'expected values such as side=a,b, but got a..b'],
    ['length', 'expected a range for length, but it has 1000 values of its own'],
  ])('refuses %s', (text, sentence) => {
    expect(() => readAxis(schema, text)).toThrow(sentence)
  })
})

it('tries every combination, or as many as are wanted, drawn by the seed', () => {
  const axes = [readAxis(schema, 'fast=1..4:1'), readAxis(schema, 'isShy')]
  expect(pointsOf(axes, { points: 100, seed: 1 })).toHaveLength(8)
  expect(pointsOf(axes, { points: 100, seed: 1 }).slice(0, 3)).toEqual([
    { fast: 1, isShy: false },
    { fast: 1, isShy: true },
    { fast: 2, isShy: false },
  ])
  const drawn = pointsOf(axes, { points: 3, seed: 1 })
  expect(new Set(drawn.map(point => JSON.stringify(point))).size).toBe(3)
  expect(drawn).toEqual(pointsOf(axes, { points: 3, seed: 1 }))
})

const NOTHING: Figures = {
  trades: 200,
  won: 100,
  lost: 100,
  netCents: 0,
  drawdownCents: 1000,
  gainsCents: 0,
  lossesCents: 0,
  profitFactor: 1,
  bestDealsCents: 0,
}
const tried = (fast: number, knownCents: number, afterCents: number | null, change: Partial<Figures> = {}): Try => ({
  parameters: { fast },
  known: { ...NOTHING, netCents: knownCents, ...change },
  after: afterCents === null ? null : { ...NOTHING, netCents: afterCents },
  score: knownCents,
  failure: null,
})
const codes = (ranked: readonly Try[]) => {
  const points = ranked.map(({ parameters }) => parameters)
  return warningsOf(ranked, points, ranked.length).map(({ code }) => code)
}

describe('warnings', () => {
  it('says nothing of a single honest run but that nothing was kept to judge it by', () => {
    expect(codes([tried(5, 100, null)])).toEqual(['no-split'])
    expect(codes([tried(5, 100, 50)])).toEqual([])
  })

  it.each([
    ['few-trades', [tried(5, 100, 50, { trades: 12 })]],
    ['loses', [tried(5, -100, -50)]],
    ['few-deals-carry', [tried(5, 100, 50, { bestDealsCents: 400 })]],
    ['worse-after', [tried(5, 100, -50)]],
    ['worse-after', [tried(5, 100, 10), tried(4, 90, 50), tried(6, 80, 60), tried(3, 70, 70), tried(2, 60, 80)]],
    ['rank-says-nothing', [tried(5, 100, 90), tried(4, 90, 10), tried(6, 80, 95), tried(3, 70, 20), tried(2, 60, 99)]],
    ['edge', [tried(9, 100, 50), tried(5, 90, 40), tried(7, 80, 30)]],
    ['many-tries', [tried(5, 100, 50), tried(6, 90, 40)]],
  ] as const)('%s', (code, ranked) => {
    expect(codes(ranked)).toContain(code)
  })

  it('knows how good the best of many worthless tries looks', () => {
    // Means of the largest of so many normal draws: 1.54 of 10, 2.51 of 100, 3.24 of 1,000 (Tippett 1925).
    expect([1, 10, 100, 1000].map(tries => Number(bestByLuck(tries).toFixed(1)))).toEqual([0, 1.6, 2.5, 3.3])
  })

  it('knows how far two orders agree', () => {
    const same = [1, 2, 3, 4, 5].map(at => tried(at, 100 - at, 50 - at))
    const opposite = [1, 2, 3, 4, 5].map(at => tried(at, 100 - at, at))
    expect([rankAgreement(same), rankAgreement(opposite), rankAgreement(same.slice(0, 4))]).toEqual([1, -1, null])
  })
})

it('measures the best by what is wanted, and holds a run without deals for worth nothing', () => {
  const run = { ...NOTHING, netCents: 20_000, drawdownCents: 5_000, profitFactor: 1.5 }
  expect(scoreOf('net', run)).toBe(200)
  expect(scoreOf('net-per-drawdown', run)).toBe(4)
  expect(scoreOf('profit-factor', run)).toBe(1.5)
  expect(scoreOf('expectancy', run)).toBe(1)
  expect(scoreOf('net', { ...run, trades: 0 })).toBe(0)
})
