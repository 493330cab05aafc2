import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../calendar.ts'
import { at, d } from '../testing/hand-made.ts'
import type { Trade } from '../trade.ts'
import { statisticsOf } from './statistics-of.ts'
import { wilson } from './wilson.ts'

const UNKNOWN = { points: null, money: null, r: null, isWhole: false }

function aTrade(id: string, net: string, changes: Partial<Trade> = {}): Trade {
  return {
    id,
    epic: null,
    marketName: 'Germany 40',
    direction: 'BUY',
    openedAtMs: null,
    closedAtMs: at('10:00:00'),
    heldMs: null,
    entries: [],
    exits: [],
    size: d(1),
    entryLevel: null,
    exitLevel: null,
    stopLevel: null,
    limitLevel: null,
    points: null,
    result: d(net),
    ownResult: null,
    charges: [],
    net: d(net),
    risk: null,
    r: null,
    against: UNKNOWN,
    inFavour: UNKNOWN,
    left: null,
    entrySlippage: null,
    exitSlippage: null,
    spread: null,
    latency: [],
    by: { kind: 'key' },
    preset: null,
    tags: [],
    notes: [],
    ...changes,
  }
}

const calendar = calendarOf('Europe/Paris')

/** Of docs/statistics.md. */
const SIX = [
  ['12', '1.2', 60],
  ['-5', '-0.5', 30],
  ['-7', '-0.7', 30],
  ['20', '2', 120],
  ['6', '0.6', 60],
  ['0', '0', 60],
] as const

const six = SIX.map(([net, r, seconds], index) =>
  aTrade(`T${index}`, net, { r: d(r), heldMs: seconds * 1_000, closedAtMs: at(`10:0${index}:00`) }),
)

describe('the examples of docs/statistics.md', () => {
  const { all, drawdown } = statisticsOf(six, calendar)
  const text = readFileSync(new URL('../../docs/statistics.md', import.meta.url), 'utf8')
  const told = new Map(
    [...text.matchAll(/^\| `(\w+)` +\|.*= (-?[\d.]+) *\|$/gm)].map(([, name = '', value = '']) => [
      name,
      Number(value),
    ]),
  )
  const { winRate, isSmall: _, ...plain } = all
  const figures = {
    ...plain,
    winRate: winRate!.share,
    winRateLow: Number(winRate!.low.toFixed(4)),
    winRateHigh: Number(winRate!.high.toFixed(4)),
    drawdown: drawdown!.amount,
  }

  it.each(Object.entries(figures))('%s', (name, value) => {
    expect(told.get(name)).toBe(Number(value))
  })
})

it('tells of a drawdown from when to when, and when it was made good', () => {
  const { drawdown, curve } = statisticsOf(six, calendar)
  expect(curve.map(({ sum }) => sum.toFixed())).toEqual(['12', '7', '0', '20', '26', '26'])
  expect(drawdown).toMatchObject({ fromMs: at('10:00:00'), toMs: at('10:02:00'), recoveredMs: at('10:03:00') })
})

it('takes the beginning for a height: a first loss is a drawdown that nothing made good', () => {
  const { drawdown } = statisticsOf([aTrade('A', '-3', { openedAtMs: at('09:59:00') })], calendar)
  expect(drawdown).toMatchObject({ fromMs: at('09:59:00'), toMs: at('10:00:00'), recoveredMs: null })
  expect(drawdown!.amount.toFixed()).toBe('-3')
})

it('says little of few: small below thirty, and nothing of none', () => {
  const few = Array.from({ length: 29 }, (_, index) => aTrade(`T${index}`, '1'))
  expect(statisticsOf(few, calendar).all.isSmall).toBe(true)
  expect(statisticsOf([...few, aTrade('last', '1')], calendar).all.isSmall).toBe(false)
  expect(statisticsOf([], calendar)).toMatchObject({
    all: { trades: 0, winRate: null, expectancy: null, profitFactor: null, averageWin: null },
    curve: [],
    drawdown: null,
  })
})

it('leaves out what is open or not known', () => {
  const { all } = statisticsOf(
    [aTrade('A', '1', { closedAtMs: null }), aTrade('B', '1', { net: null }), aTrade('C', '1')],
    calendar,
  )
  expect(all.trades).toBe(1)
})

it('adds amounts of many digits without losing one', () => {
  const { all } = statisticsOf(
    [aTrade('A', '90071992547409.93'), aTrade('B', '0.00000001'), aTrade('C', '-0.03')],
    calendar,
  )
  expect(all.net.toFixed()).toBe('90071992547409.90000001')
})

it('puts each trade into one group of each kind, by the clock of the account', () => {
  const trades = [
    // Sunday 23:30 UTC is Monday 00:30 in Paris in winter; in summer it is 01:30.
    aTrade('A', '1', { openedAtMs: Date.parse('2026-01-04T23:30:00Z'), preset: 'scalp', heldMs: 9_999 }),
    aTrade('B', '2', { openedAtMs: Date.parse('2026-07-05T23:30:00Z'), direction: 'SELL', heldMs: 10_000 }),
    aTrade('C', '4', { openedAtMs: at('09:15:00'), marketName: 'EUR/USD', heldMs: 20_000_000 }),
  ]
  const statistics = statisticsOf(trades, calendar)
  const keys = (name: 'byHour' | 'byWeekday' | 'byMarket' | 'byPreset' | 'bySide' | 'byHolding') =>
    statistics[name].map(group => `${group.key}: ${group.statistics.net.toFixed()}`)
  expect(keys('byHour')).toEqual(['00: 1', '01: 2', '09: 4'])
  expect(keys('byWeekday')).toEqual(['Monday: 7'])
  expect(keys('byMarket')).toEqual(['EUR/USD: 4', 'Germany 40: 3'])
  expect(keys('byPreset')).toEqual(['none: 6', 'scalp: 1'])
  expect(keys('bySide')).toEqual(['BUY: 5', 'SELL: 2'])
  expect(keys('byHolding')).toEqual(['under 10 s: 1', '10 s to 1 min: 2', '4 h and more: 4'])
})

it.each([
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [1, 1, 0.2065, 1],
  [55, 100, 0.4524, 0.6439],
])('gives %i of %i the interval of Wilson', (won, of, low, high) => {
  const interval = wilson(won, of)!
  expect([interval.low, interval.high].map(value => Number(value.toFixed(4)))).toEqual([low, high])
})
