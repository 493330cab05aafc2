import { expect, it } from 'vitest'
import { samplePrices } from '../../testing/sample-prices.ts'
import { SAMPLE_TRADES } from '../../testing/sample-trades.ts'
import { type DrawnPrices, windowOf } from '../drawn-prices.ts'
import { wallClock } from '../wall-clock.ts'
import { thinned } from './thinned.ts'
import { tradeDrawing } from './trade-drawing.ts'

const trade = SAMPLE_TRADES[0]!
const prices = samplePrices(SAMPLE_TRADES, 'IX.D.DAX.IFMM.IP', 1)
const clock = wallClock('Europe/Berlin')

function drawn(given: DrawnPrices): string {
  const window = windowOf(trade, [given])
  return window === null ? '' : tradeDrawing(trade, window, clock).markup
}

it('tells in words what it draws', () => {
  expect(drawn(prices)).toContain(
    'aria-label="Bought at 09:00:05, entry 20,010.5; exit 20,018 at 09:00:52; stop 20,005.5; on the recorded prices"',
  )
})

it('draws one band, and a hole in it where prices were missed', () => {
  const bands = (given: DrawnPrices): number =>
    (/class="ticks" d="([^"]*)"/.exec(drawn(given))?.[1]?.match(/M/g) ?? []).length
  const missed = { fromMs: (trade.openedAtMs ?? 0) + 10_000, toMs: (trade.openedAtMs ?? 0) + 20_000 }
  expect(bands(prices)).toBe(1)
  expect(bands({ ...prices, gaps: [missed] })).toBe(2)
})

it('draws nothing of a trade whose market or moment has no prices', () => {
  expect(windowOf(trade, [])).toBeNull()
  expect(windowOf(trade, [{ ...prices, atMs: [], bidUnits: [], offerUnits: [] }])).toBeNull()
  expect(windowOf(SAMPLE_TRADES.at(-1)!, [prices])).toBeNull()
})

it('keeps the first, the last, the highest and the lowest point when it thins', () => {
  const points = Array.from({ length: 10_000 }, (_, x) => ({
    x,
    y: x === 4321 ? 1e6 : x === 8765 ? -1e6 : (x * 7919) % 100,
  }))
  const kept = thinned(points, 100)
  expect(kept.length).toBeLessThanOrEqual(100)
  expect([kept[0]?.x, kept.at(-1)?.x]).toEqual([0, 9999])
  expect(kept.map(point => point.x)).toEqual(expect.arrayContaining([4321, 8765]))
})
