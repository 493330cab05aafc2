import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CANDLES_KEPT, CandleSeries } from './candle-series.ts'
import type { PastCandle } from './view.ts'

const flat = (price: number, decimals = 2) => ({ first: price, low: price, high: price, last: price, decimals })
const past = (startMs: number, open: number, high: number, low: number, close: number, decimals = 2): PastCandle => ({
  startMs,
  open,
  high,
  low,
  close,
  decimals,
})

describe('a series of candles', () => {
  it('joins the prices of one frame', () => {
    const series = new CandleSeries(5000)
    series.add(5000, { first: 11, low: 10, high: 12, last: 11, decimals: 1 }, false)
    series.add(9999, { first: 9, low: 8, high: 9, last: 9, decimals: 1 }, true)
    expect(series.at(1)).toEqual({ open: 11, high: 12, low: 8, close: 9 })
  })

  it('fills the time in which the price stood, and leaves the time in which nothing was known', () => {
    const series = new CandleSeries(1000)
    series.add(1000, flat(100), false)
    series.add(4000, flat(103), true)
    series.add(7000, flat(105), false)
    expect([2, 3, 5, 6].map(bucket => series.at(bucket)?.close ?? null)).toEqual([100, 100, null, null])
  })

  it('carries a live price that does not change into the present', () => {
    const series = new CandleSeries(1000)
    series.add(1000, flat(100), false)
    series.hold(3500, true)
    series.hold(6000, false)
    expect([2, 3, 4, 5, 6].map(bucket => series.at(bucket)?.close ?? null)).toEqual([100, 100, null, null, 100])
  })

  it('does not run backwards: a late price belongs to the newest candle', () => {
    const series = new CandleSeries(1000)
    series.add(2000, flat(102), false)
    series.add(500, flat(90), true)
    expect([series.newest, series.at(2)?.low, series.at(0)]).toEqual([2, 90, null])
  })

  it('forgets what is older than its ring', () => {
    const series = new CandleSeries(1000)
    series.add(0, flat(100), false)
    series.add(CANDLES_KEPT * 1000, flat(101), false)
    expect([series.at(0), series.at(CANDLES_KEPT)?.close]).toEqual([null, 101])
  })

  it('keeps prices exact when others come with more or fewer decimals', () => {
    const series = new CandleSeries(1000)
    series.add(0, flat(105, 1), false)
    series.add(1000, flat(10_525, 3), true)
    series.add(2000, flat(11, 0), true)
    expect(series.decimals).toBe(3)
    expect([0, 1, 2].map(bucket => series.at(bucket)?.close)).toEqual([10_500, 10_525, 11_000])
  })
})

describe('past candles', () => {
  it('come before the live ones without a seam: the broker saw the first one from its start', () => {
    const series = new CandleSeries(60_000)
    series.add(130_000, flat(210), false)
    series.seed([past(60_000, 190, 205, 185, 200), past(120_000, 200, 230, 195, 205)])
    series.add(140_000, flat(220), true)
    expect(series.at(1)).toEqual({ open: 190, high: 205, low: 185, close: 200 })
    expect(series.at(2)).toEqual({ open: 200, high: 230, low: 195, close: 220 })
  })

  it('are gone on from when they come first', () => {
    const series = new CandleSeries(60_000)
    series.seed([past(60_000, 190, 205, 185, 200)])
    series.add(70_000, flat(210), false)
    expect(series.at(1)).toEqual({ open: 190, high: 210, low: 185, close: 210 })
  })

  it('may come in any order, and again with other figures', () => {
    const series = new CandleSeries(60_000)
    series.seed([past(120_000, 3, 3, 3, 3), past(0, 1, 1, 1, 1)])
    series.seed([past(60_000, 2, 2, 2, 2), past(0, 1, 5, 1, 4)])
    expect([0, 1, 2].map(bucket => series.at(bucket)?.close)).toEqual([4, 2, 3])
  })

  it('leave a gap where there is none', () => {
    const series = new CandleSeries(60_000)
    series.seed([past(0, 1, 1, 1, 1), past(120_000, 3, 3, 3, 3)])
    expect(series.at(1)).toBeNull()
  })

  it('take other decimals', () => {
    const series = new CandleSeries(60_000)
    series.add(60_000, flat(1_085_165, 6), false)
    series.seed([past(0, 10_851, 10_853, 10_850, 10_852, 4)])
    expect(series.at(0)).toEqual({ open: 1_085_100, high: 1_085_300, low: 1_085_000, close: 1_085_200 })
  })

  it('are passed over when they are of a time that has not been', () => {
    const series = new CandleSeries(60_000)
    series.add(60_000, flat(5), false)
    series.seed([past(180_000, 9, 9, 9, 9)])
    expect([series.newest, series.at(3)]).toEqual([1, null])
  })

  it('of a clock that is ahead give way to the first live price', () => {
    const series = new CandleSeries(60_000)
    series.seed([past(60_000, 2, 2, 2, 2), past(180_000, 9, 9, 9, 9)])
    series.add(120_000, flat(5), false)
    expect([series.newest, series.at(1)?.close, series.at(2)?.close, series.at(3)]).toEqual([2, 2, 5, null])
  })

  it('that no market could have are passed over', () => {
    const series = new CandleSeries(60_000)
    series.seed([
      past(0, Number.NaN, 1, 1, 1),
      past(-60_000, 1, 1, 1, 1),
      past(0, 1, 1, 1, 1, 99),
      past(0, 1e300, 1, 1, 1),
    ])
    expect(series.newest).toBe(-1)
  })

  it('never change the last price that was seen live, and every candle holds its open and close', () => {
    const price = fc.integer({ min: -1000, max: 1000 })
    const candle = fc.record({
      startMs: fc.nat(3_000_000),
      open: price,
      high: price,
      low: price,
      close: price,
      decimals: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3_000_000), price)), fc.array(candle), (ticks, seeds) => {
        const series = new CandleSeries(60_000)
        for (const [atMs, at] of ticks) series.add(atMs, flat(at, 1), true)
        const last = series.last === null ? null : series.last / 10 ** series.decimals
        series.seed(seeds)
        if (last !== null) expect(series.last! / 10 ** series.decimals).toBeCloseTo(last, 9)
        for (let bucket = 0; bucket <= series.newest; bucket += 1) {
          const one = series.at(bucket)
          if (one === null) continue
          expect(one.low).toBeLessThanOrEqual(Math.min(one.open, one.close))
          expect(one.high).toBeGreaterThanOrEqual(Math.max(one.open, one.close))
        }
      }),
    )
  })
})
