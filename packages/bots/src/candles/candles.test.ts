import { expect, it } from 'vitest'
import { backtest } from '../backtest/backtest.ts'
import { type Candle, defineStrategy } from '../index.ts'
import { madeTicks } from '../testing/made-ticks.ts'
import { CandleMaker } from './candle-maker.ts'
import type { PastBar } from './past-bar.ts'

it('tells of each candle with the first tick after it, and of none for a time without ticks', async () => {
  const told: (Pick<Candle, 'startMs' | 'open' | 'high' | 'low' | 'close' | 'ticks'> & { readonly kept: number })[] = []
  await backtest({
    strategy: defineStrategy({
      name: 'candles',
      candles: () => ['10s'],
      onCandle({ candles }, { startMs, open, high, low, close, ticks }) {
        told.push({ startMs: startMs - START_MS, open, high, low, close, ticks, kept: candles('10s').length })
        return null
      },
    }),
    feed: madeTicks([
      [1_000, 108_410, 108_416],
      [2_000, 108_420, 108_426],
      [9_999, 108_400, 108_407],
      [10_000, 108_430, 108_436],
      [35_000, 108_440, 108_446],
      [40_000, 108_440, 108_446],
    ]),
  })
  expect(told).toEqual([
    { startMs: 0, open: 1.08413, high: 1.08423, low: 1.084035, close: 1.084035, ticks: 3, kept: 1 },
    { startMs: 10_000, open: 1.08433, high: 1.08433, low: 1.08433, close: 1.08433, ticks: 1, kept: 2 },
    { startMs: 30_000, open: 1.08443, high: 1.08443, low: 1.08443, close: 1.08443, ticks: 1, kept: 3 },
  ])
})

it('keeps the last thousand', async () => {
  const seen: unknown[] = []
  await backtest({
    strategy: defineStrategy({
      name: 'candles',
      indicators: kit => void kit.on('1s'),
      decide({ candles, nowMs }) {
        const series = candles('1s')
        if (nowMs === START_MS + 2_499_000)
          seen.push(
            series.length,
            series.at(0)?.startMs,
            series.last?.startMs,
            series.at(999)?.startMs,
            series.at(1000),
            series.forming?.startMs,
          )
        return null
      },
    }),
    feed: madeTicks(Array.from({ length: 2_500 }, (_, at) => [at * 1_000, 108_410, 108_416] as const)),
  })
  const at = (second: number) => START_MS + second * 1_000
  expect(seen).toEqual([1_000, at(2_498), at(2_498), at(1_499), undefined, at(2_499)])
})

const bar = (startMs: number, closeUnits: number, ticks = 5): PastBar => ({
  startMs: START_MS + startMs,
  openUnits: closeUnits,
  highUnits: closeUnits + 2,
  lowUnits: closeUnits - 2,
  closeUnits,
  ticks,
})
const seen = (maker: CandleMaker) =>
  [...Array.from({ length: maker.length }, (_, back) => maker.at(maker.length - 1 - back)), maker.forming].map(
    each => each && [each.startMs - START_MS, each.low, each.high, each.close, each.ticks, each.isWhole],
  )
const maker = () => new CandleMaker(10_000, 1)

it('says of a candle that the run began in it, or that the stream tore in it or just before it', () => {
  const candles = maker()
  const take = (atMs: number) => candles.take(START_MS + atMs, 100)
  for (const atMs of [2_000, 12_000, 22_000]) take(atMs)
  candles.tear()
  for (const atMs of [24_000, 32_000]) take(atMs)
  candles.tear()
  for (const atMs of [55_000, 61_000]) take(atMs)
  expect(seen(candles).map(each => [each?.[0], each?.[5]])).toEqual([
    [0, false],
    [10_000, true],
    [20_000, false],
    [30_000, false],
    [50_000, false],
    [60_000, true],
  ])
})

it('begins with what the history tells, of bars as long as its own or shorter ones, and goes on with ticks', () => {
  const candles = maker()
  candles.recall({
    lengthMs: 5_000,
    bars: [bar(5_000, 90), bar(10_000, 100), bar(15_000, 104), bar(20_000, 98)],
    toMs: START_MS + 21_000,
  })
  candles.take(START_MS + 22_000, 101)
  candles.take(START_MS + 31_000, 102)
  expect(seen(candles)).toEqual([
    // Of its first half nothing was told.
    [0, 88, 92, 90, 5, false],
    [10_000, 98, 106, 104, 10, true],
    [20_000, 96, 101, 101, 6, true],
    [30_000, 102, 102, 102, 1, true],
  ])
  expect(candles.taken).toBe(3)
})

it('mends the candle in which the stream tore, and those after it, before anybody has seen them', () => {
  const candles = maker()
  const closes: number[] = []
  candles.tell({ takeCandle: ({ closeUnits }) => void closes.push(closeUnits) })
  for (const atMs of [2_000, 12_000]) candles.take(START_MS + atMs, 100)
  candles.tear()
  candles.recall({
    lengthMs: 10_000,
    bars: [bar(0, 99), bar(10_000, 110), bar(20_000, 120), bar(30_000, 130)],
    toMs: START_MS + 33_000,
  })
  candles.take(START_MS + 34_000, 131)
  expect(seen(candles).slice(1)).toEqual([
    [10_000, 108, 112, 110, 5, true],
    [20_000, 118, 122, 120, 5, true],
    [30_000, 128, 132, 131, 6, true],
  ])
  expect(closes).toEqual([100, 110, 120])
})

it('says that the candle of now has a hole where the history ends before it', () => {
  const candles = maker()
  candles.recall({ lengthMs: 10_000, bars: [bar(0, 99), bar(10_000, 110)], toMs: START_MS + 23_000 })
  candles.take(START_MS + 24_000, 111)
  expect(seen(candles).map(each => [each?.[0], each?.[5]])).toEqual([
    [0, true],
    [10_000, true],
    [20_000, false],
  ])
})

const START_MS = Date.UTC(2026, 0, 5, 12)
