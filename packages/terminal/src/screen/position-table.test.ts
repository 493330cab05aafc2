import { describe, expect, it } from 'vitest'
import { moneyLine, overflowText, positionCell, positionColumns } from './position-table.ts'
import { LONG_POSITION } from './test/sample-view.ts'
import type { PositionView } from './view.ts'

function row(position: PositionView, width: number): string {
  const columns = positionColumns(width)
  const hasState = columns.some(column => column.key === 'state')
  return columns.map(column => positionCell(position, column, hasState).text).join('')
}

describe('the positions', () => {
  it.each([62, 63, 76, 79, 99, 100, 119, 199])('fit a width of %d', width => {
    const columns = positionColumns(width)
    expect(columns.reduce((sum, column) => sum + column.width, 0)).toBeLessThanOrEqual(width)
    for (const column of columns) expect(column.title.length).toBeLessThan(column.width)
  })

  it.each([62, 120])('say their side with word and sign in a width of %d', width => {
    expect(row(LONG_POSITION, width)).toMatch(/^▲ BUY {2}1 +/)
    expect(row({ ...LONG_POSITION, direction: 'SELL' }, width)).toMatch(/^▼ SELL /)
  })

  it.each([62, 120])('say in words that there is no stop in a width of %d', width => {
    expect(row({ ...LONG_POSITION, stop: null }, width)).toContain('no stop')
  })

  it.each([62, 120])('say in words that one is being closed in a width of %d', width => {
    expect(row({ ...LONG_POSITION, limit: '1.09000', state: 'closing' }, width)).toContain('CLOSING')
    expect(row({ ...LONG_POSITION, state: 'checking' }, width)).toContain('CHECKING')
  })

  it('never cut a price', () => {
    expect(row({ ...LONG_POSITION, level: '123456789.12' }, 62)).toContain(' … ')
  })

  it('show no figure that rests on a price that is not trustworthy', () => {
    expect(moneyLine(null, 10, false)).toEqual([{ text: '–', look: 'stale' }])
    expect(moneyLine({ text: '+2.95 EUR', tone: 'up' }, 10, true)).toEqual([{ text: '+2.95 EUR', look: 'stale' }])
    expect(moneyLine({ text: '+2.95 EUR', tone: 'up' }, 10, false)).toEqual([{ text: '+2.95 EUR', look: 'up' }])
  })

  it('count those without room', () => {
    expect([overflowText(1), overflowText(3)]).toEqual([
      '+ 1 more open position not shown here',
      '+ 3 more open positions not shown here',
    ])
  })
})
