import { describe, expect, it } from 'vitest'
import { drawCandle } from './candle-chart.ts'
import { CandleSeries } from './candle-series.ts'
import { chartColumn, chartScene } from './chart-scene.ts'

type Prices = readonly [open: number, high: number, low: number, close: number]

function drawn(candles: readonly (Prices | null)[], rows: number, useColour: boolean): string[] {
  const series = new CandleSeries(60_000)
  series.seed(
    candles.flatMap((prices, at) => {
      if (prices === null) return []
      const [open, high, low, close] = prices
      return [{ startMs: at * 60_000, open, high, low, close, decimals: 0 }]
    }),
  )
  const columns = candles.length
  const scene = chartScene(series, '1m', { columns, rows }, series.newest, [], null)
  if (scene === null) return []
  const column = chartColumn(rows)
  const cells = candles.map((_, at) => {
    drawCandle(column, series, scene, at, useColour)
    return { glyphs: [...column.glyphs], looks: new Set(column.looks.filter(look => look !== 'plain')) }
  })
  return [
    ...Array.from({ length: rows }, (_, row) => cells.map(cell => cell.glyphs[row]).join('')),
    cells.map(cell => [...cell.looks].join()).join(' '),
  ]
}

const RISE: Prices = [2, 9, 0, 7]
const FALL: Prices = [7, 9, 0, 2]

describe('a candle', () => {
  it('has a body from open to close and wicks up to high and low, to half a cell', () => {
    expect(drawn([RISE, FALL], 7, true).join('\n')).toMatchInlineSnapshot(`
      "  
      ││
      ██
      ██
      ██
      ││
        
      up down"
    `)
  })

  it('is told from a falling one by its body where there is no colour', () => {
    const [rising, falling] = [drawn([RISE], 7, false), drawn([FALL], 7, false)]
    expect(rising.join('')).toMatch(/▌/)
    expect(rising.join('')).not.toMatch(/[█▀▄]/)
    expect(falling.join('')).toMatch(/█/)
    expect(falling.join('')).not.toMatch(/[▌▘▖]/)
  })

  it('that ends where it began is a dash', () => {
    expect(drawn([[5, 5, 5, 5]], 3, true).join('')).toContain('─')
    expect(drawn([[5, 9, 1, 5]], 3, true).join('')).toContain('┼')
  })

  it('of which nothing is known is a gap', () => {
    for (const row of drawn([RISE, null, RISE], 5, true).slice(0, 5)) expect(row[1]).toBe(' ')
  })
})
