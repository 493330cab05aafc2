import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChartLevel, type ChartScene, chartColumn, chartRow, chartScene, spanText } from './tick-chart.ts'
import { TickHistory } from './tick-history.ts'

function historyOf(prices: readonly (number | null)[], startSecond = 0): TickHistory {
  const history = new TickHistory()
  for (const [second, price] of prices.entries()) {
    if (price !== null)
      history.add((startSecond + second) * 1000, { low: price, high: price, last: price, decimals: 2 })
  }
  return history
}

function drawn(history: TickHistory, columns: number, rows: number, levels: readonly ChartLevel[] = []): string[] {
  const scene = chartScene(history, columns, rows, levels, null)
  if (scene === null) return []
  const cells = Array.from({ length: columns }, (_, column) => chartColumn(history, scene, column))
  return Array.from({ length: rows }, (_, row) => cells.map(column => column[row]?.glyph).join(''))
}

describe('the chart', () => {
  it('draws a rise from the bottom left to the top right', () => {
    expect(drawn(historyOf([100, 101, 102, 103, 104, 105, 106, 107]), 4, 2)).toEqual(['  ⣀⡴', '⠴⠋⠁ '])
  })

  it('joins two seconds with a line, however far the price jumped', () => {
    expect(drawn(historyOf([100, 107]), 1, 2)).toEqual(['⢰', '⠼'])
  })

  it('leaves a hole where nothing was known', () => {
    expect(drawn(historyOf([100, 100, null, null, 100, 100]), 3, 1)[0]).toMatch(/^[^ ] [^ ]$/)
  })

  it('is empty before the first price', () => {
    expect(drawn(new TickHistory(), 10, 3)).toEqual([])
  })

  it('draws entry and stop as dotted lines of different density, and no level outside the scale', () => {
    const history = historyOf([100, 100, 100, 100, 100, 100, 100, 109])
    const levels: ChartLevel[] = [
      { kind: 'entry', price: 106 },
      { kind: 'stop', price: 103 },
      { kind: 'stop', price: 5 },
    ]
    const lines = drawn(history, 4, 3, levels)
    expect(lines[1]?.slice(0, 3)).toMatch(/^[⠁⠂⠄⡀]{3}$/)
    expect(lines.join('\n')).not.toContain('NaN')
    const scene = chartScene(history, 4, 3, levels, null)
    expect(scene?.levels).toHaveLength(2)
  })

  it('shows every price of the window inside the plot', () => {
    const prices = fc.array(fc.option(fc.integer({ min: -10_000, max: 10_000_000 })), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (all, columns, rows) => {
        const history = historyOf(all, 7)
        const scene = chartScene(history, columns, rows, [], null)
        if (scene === null) return
        for (let column = 0; column < columns; column += 1) {
          const cells = chartColumn(history, scene, column)
          expect(cells).toHaveLength(rows)
          const isKnown = [0, 1].some(half => history.bucket(scene.firstSecond + column * 2 + half) !== null)
          expect(cells.some(cell => cell.glyph !== ' ')).toBe(isKnown)
        }
      }),
    )
  })

  it('keeps its scale while the prices fit and fill it, and takes a new one when they do not', () => {
    const history = historyOf([1000, 1400])
    const first = chartScene(history, 10, 4, [], null) as ChartScene
    history.add(2000, { low: 1390, high: 1410, last: 1400, decimals: 2 })
    expect(chartScene(history, 10, 4, [], first)).toMatchObject({ bottom: first.bottom, top: first.top })
    history.add(3000, { low: 1390, high: 2000, last: 1400, decimals: 2 })
    expect(chartScene(history, 10, 4, [], first)?.top).toBeGreaterThan(2000)
  })

  it('does not blow up a quiet market: one unit is at most one dot', () => {
    const scene = chartScene(historyOf([500, 500, 501]), 10, 4, [], null)
    expect(scene).toMatchObject({ bottom: 493, top: 508 })
    expect(chartRow(scene as ChartScene, 508)).toBe(0)
    expect(chartRow(scene as ChartScene, 493)).toBe(3)
  })

  it.each([
    [52, '-1 min 44 s'],
    [90, '-3 min'],
    [20, '-40 s'],
  ])('says how much time %d columns show: %s', (columns, text) => {
    expect(spanText(columns)).toBe(text)
  })
})

describe('the history', () => {
  it('joins the prices of one second', () => {
    const history = new TickHistory()
    history.add(5000, { low: 10, high: 12, last: 11, decimals: 1 })
    history.add(5900, { low: 8, high: 9, last: 9, decimals: 1 })
    expect(history.bucket(5)).toEqual({ low: 8, high: 12, last: 9 })
  })

  it('carries a live price that does not change into the present', () => {
    const history = historyOf([100])
    history.hold(3500)
    expect([history.bucket(1), history.bucket(3)]).toEqual([null, { low: 100, high: 100, last: 100 }])
  })

  it('forgets prices of another number of decimals: they are of another market', () => {
    const history = historyOf([100])
    history.add(1000, { low: 5, high: 5, last: 5, decimals: 4 })
    expect([history.bucket(0), history.bucket(1)?.last]).toEqual([null, 5])
  })

  it('forgets what is older than its ring', () => {
    const history = historyOf([100])
    history.add(2_000_000, { low: 1, high: 1, last: 1, decimals: 2 })
    history.add(2_048_000, { low: 2, high: 2, last: 2, decimals: 2 })
    expect([history.bucket(0), history.bucket(2000)?.last, history.bucket(2048)?.last]).toEqual([null, 1, 2])
  })

  it('does not run backwards with a clock that does', () => {
    const history = historyOf([100, 101, 102])
    history.add(500, { low: 90, high: 90, last: 90, decimals: 2 })
    expect([history.newest, history.bucket(2)?.low, history.bucket(0)?.low]).toEqual([2, 90, 100])
  })
})
