import { type AllowanceView, type Candle, type CandleRequest, Decimal, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import type { PastCandle } from '../screen/view.ts'
import { NO_ALLOWANCES } from '../testing/desk-states.ts'
import { isAffordable, joined, pastCandle, startChartSeeding } from './chart-seeding.ts'

const EURUSD = epic('CS.D.EURUSD.CFD.IP')

function aCandle(atMs: number | null, prices: readonly [string, string][]): Candle {
  const [open, high, low, close] = prices.map(([bid, offer]) => ({
    bid: new Decimal(bid),
    offer: new Decimal(offer),
    lastTraded: null,
  }))
  if (!open || !high || !low || !close) throw new Error('expected four prices')
  return { atMs, localTime: '', open, high, low, close, ticks: null }
}

const FLAT: readonly [string, string][] = [
  ['1.08410', '1.08417'],
  ['1.08420', '1.08426'],
  ['1.08400', '1.08406'],
  ['1.08411', '1.08417'],
]

it('is in mids, exact to half of the broker’s last digit', () => {
  expect(pastCandle(aCandle(60_000, FLAT))).toEqual([
    { startMs: 60_000, open: 1_084_135, high: 1_084_230, low: 1_084_030, close: 1_084_140, decimals: 6 },
  ])
})

it('is none without its time, or without one of its prices', () => {
  expect(pastCandle(aCandle(null, FLAT))).toEqual([])
  const candle = aCandle(1, FLAT)
  expect(pastCandle({ ...candle, low: { bid: null, offer: null, lastTraded: null } })).toEqual([])
})

it('puts bars of a second together to candles of ours, by the clock', () => {
  const bar = (startMs: number, open: number, high: number, low: number, close: number): PastCandle => ({
    startMs,
    open,
    high,
    low,
    close,
    decimals: 2,
  })
  expect(joined([bar(5_000, 7, 9, 6, 8), bar(3_000, 1, 5, 1, 4), bar(4_000, 4, 6, 3, 7)], 5_000)).toEqual([
    bar(0, 1, 6, 1, 7),
    bar(5_000, 7, 9, 6, 8),
  ])
})

const views = (change: Partial<AllowanceView>): AllowanceView => ({ ...NO_ALLOWANCES, ...change })
const points = (remaining: number) => ({ remaining, total: 10_000, resetsAtMs: 0 }) as AllowanceView['historicalPoints']

it('asks only where the account has points and calls to spare', () => {
  expect(isAffordable(views({}), 300)).toBe(true)
  expect(isAffordable(views({ historicalPoints: points(2_299) }), 300)).toBe(false)
  expect(isAffordable(views({ historicalPoints: points(2_300) }), 300)).toBe(true)
  expect(isAffordable(views({ data: { ...NO_ALLOWANCES.data, limit: 30, used: 16 } }), 300)).toBe(false)
  expect(isAffordable(views({ pointsSpentUntilMs: 1 }), 1)).toBe(false)
})

function seeding(answer: () => Promise<readonly Candle[]>) {
  const asked: CandleRequest[] = []
  const seeded: (readonly PastCandle[])[] = []
  const list = async (request: CandleRequest) => {
    asked.push(request)
    return { candles: await answer(), instrumentType: null, allowance: null }
  }
  const ig = { prices: { list }, allowances: { view: () => NO_ALLOWANCES, waitMs: () => 0 } }
  return { asked, seeded, chart: startChartSeeding(ig, (_epic, _frame, candles) => void seeded.push(candles)) }
}

it('asks once for each market and time frame, and never for ticks', async () => {
  const { asked, seeded, chart } = seeding(async () => [aCandle(60_000, FLAT)])
  chart.want(EURUSD, 'ticks')
  chart.want(EURUSD, '1m')
  chart.want(EURUSD, '1m')
  chart.want(EURUSD, '5m')
  await new Promise(resolve => setImmediate(resolve))
  expect(asked).toEqual([
    { epic: EURUSD, resolution: 'minute', latest: 60 },
    { epic: EURUSD, resolution: 'minute-5', latest: 60 },
  ])
  expect(seeded).toHaveLength(2)
})

it('leaves the chart alone when the broker does not answer', async () => {
  const { seeded, chart } = seeding(async () => {
    throw new Error('the line is cut')
  })
  chart.want(EURUSD, '1m')
  await new Promise(resolve => setImmediate(resolve))
  expect(seeded).toEqual([])
})
