import { expect, it } from 'vitest'
import { backtest } from '../backtest/backtest.ts'
import { type Candle, defineStrategy } from '../index.ts'
import { madeTicks } from '../testing/made-ticks.ts'

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

const START_MS = Date.UTC(2026, 0, 5, 12)
