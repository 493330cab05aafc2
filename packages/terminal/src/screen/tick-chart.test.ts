import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CandleSeries } from './candle-series.ts'
import { chartColumn, chartScene, drawLevels } from './chart-scene.ts'
import type { PlacedLevel } from './own-levels.ts'
import { drawTicks } from './tick-chart.ts'

const START = 1000

function seriesOf(prices: readonly (number | null)[]): CandleSeries {
  const series = new CandleSeries(1000)
  for (const [second, price] of prices.entries()) {
    if (price === null) continue
    series.add((START + second) * 1000, { first: price, low: price, high: price, last: price, decimals: 2 }, false)
  }
  return series
}

function drawn(series: CandleSeries, columns: number, rows: number, levels: readonly PlacedLevel[] = []): string[] {
  const scene = chartScene(series, 'ticks', { columns, rows }, series.newest, levels, null)
  if (scene === null) return []
  const column = chartColumn(rows)
  const columnsDrawn = Array.from({ length: columns }, (_, at) => {
    drawTicks(column, series, scene, at)
    drawLevels(column, scene, at)
    return [...column.glyphs]
  })
  return Array.from({ length: rows }, (_, row) => columnsDrawn.map(glyphs => glyphs[row]).join(''))
}

const line = (kind: PlacedLevel['kind'], price: number): PlacedLevel => ({
  kind,
  price,
  text: String(price),
  size: null,
})

describe('the tick chart', () => {
  it('draws a rise from the bottom left to the top right', () => {
    expect(drawn(seriesOf([100, 101, 102, 103, 104, 105, 106, 107]), 4, 2)).toEqual(['  ⣀⡴', '⠴⠋⠁ '])
  })

  it('joins two seconds with a line, however far the price jumped', () => {
    expect(drawn(seriesOf([100, 107]), 1, 2)).toEqual(['⢰', '⠼'])
  })

  it('leaves a hole where nothing was known', () => {
    expect(drawn(seriesOf([100, 100, null, null, 100, 100]), 3, 1)[0]).toMatch(/^[^ ] [^ ]$/)
  })

  it('is empty before the first price', () => {
    expect(drawn(new CandleSeries(1000), 10, 3)).toEqual([])
  })

  it('draws each kind of line in a density of its own, and the price over it', () => {
    const flat = seriesOf([100, 100])
    const lines = drawn(flat, 13, 8, [line('entry', 112), line('stop', 105), line('limit', 94), line('sell', 89)])
    const widths = lines.map(row => [...row.slice(0, 12)].filter(glyph => glyph !== ' ').length)
    expect(widths.filter(count => count > 0)).toEqual([12, 6, 4, 3])
    expect(drawn(flat, 1, 8, [line('entry', 100)])).toEqual(drawn(flat, 1, 8))
  })

  it('shows every price of the window inside the plot', () => {
    const prices = fc.array(fc.option(fc.integer({ min: -10_000, max: 10_000_000 })), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (all, columns, rows) => {
        const series = seriesOf(all)
        const scene = chartScene(series, 'ticks', { columns, rows }, series.newest, [], null)
        if (scene === null) return
        const column = chartColumn(rows)
        for (let at = 0; at < columns; at += 1) {
          drawTicks(column, series, scene, at)
          expect(column.glyphs).toHaveLength(rows)
          const isKnown = [0, 1].some(half => series.at(scene.first + at * 2 + half) !== null)
          expect(column.glyphs.some(glyph => glyph !== ' ')).toBe(isKnown)
        }
      }),
    )
  })
})
