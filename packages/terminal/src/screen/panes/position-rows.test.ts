import { describe, expect, it } from 'vitest'
import { textsOf } from '../../texts/texts.ts'
import { SHORT_POSITION } from '../test/full-view.ts'
import { saidAll } from '../test/said.ts'
import { LONG_POSITION } from '../test/sample-view.ts'
import type { PositionView } from '../view.ts'
import { moneyLine, positionColumns, positionRows } from './position-rows.ts'
import { isSlot } from './row.ts'
import { SIDE_COLUMNS } from './side-cell.ts'

const TEXTS = textsOf('en')
const table = (positions: readonly PositionView[], width: number, height = 6) =>
  saidAll(positionRows(positions, { width, height }, TEXTS))
const row = (position: PositionView, width: number) => table([position], width)[1]

describe('the positions', () => {
  it('fit every width, and each title its column', () => {
    for (let width = 40; width <= 240; width += 1) {
      const columns = positionColumns(width)
      expect(columns.reduce((sum, column) => sum + column.width, SIDE_COLUMNS)).toBeLessThanOrEqual(width)
      for (const language of ['en', 'fr'] as const)
        for (const line of saidAll(positionRows([LONG_POSITION], { width, height: 3 }, textsOf(language)))) {
          expect(line).not.toContain('…')
          expect(line.length).toBeLessThanOrEqual(width)
        }
    }
  })

  it('stand in columns, figures under figures', () => {
    expect(table([{ ...LONG_POSITION, isSelected: true }, SHORT_POSITION], 76)).toEqual([
      'POSITIONS   SIZE      LEVEL     STOP    LIMIT   POINTS       R          P/L',
      '›▲ BUY         1    1.08521  1.08371     none',
      ' ▼ SELL      0.5    18234.5 18246.5↕  18204.5',
    ])
  })

  it('leave a place for every figure that changes with a tick', () => {
    const rows = positionRows([LONG_POSITION, SHORT_POSITION], { width: 100, height: 4 }, TEXTS)
    expect(rows.flat().flatMap(piece => (isSlot(piece) ? [piece.slot] : []))).toEqual([
      'points:0',
      'r:0',
      'profit:0',
      'points:1',
      'r:1',
      'profit:1',
    ])
  })

  it.each([40, 62, 120])('say in a width of %d side, selection and whose it is by sign and word', width => {
    expect(row(LONG_POSITION, width)).toMatch(/^ ▲ BUY /)
    expect(row({ ...LONG_POSITION, direction: 'SELL', isSelected: true }, width)).toMatch(/^›▼ SELL /)
    expect(row({ ...LONG_POSITION, isForeign: true }, width)).toMatch(/^ ▲\*BUY /)
  })

  it.each([40, 62, 120])('say in words in a width of %d that there is no stop, or that one is being closed', width => {
    expect(row({ ...LONG_POSITION, stop: null }, width)).toContain('no stop')
    expect(row({ ...LONG_POSITION, limit: '1.09000', state: 'closing' }, width)).toContain('CLOSING')
    expect(row({ ...LONG_POSITION, state: 'checking' }, width)).toContain('CHECKING')
  })

  it('never cut a price', () => {
    expect(row({ ...LONG_POSITION, level: '123456789.12' }, 62)).toContain(' … ')
  })

  it('mark a trailing stop unless the mark would cost the figure', () => {
    expect(row({ ...LONG_POSITION, isTrailing: true }, 40)).toContain(' 1.08371↕')
    expect(row({ ...LONG_POSITION, isTrailing: true, stop: '67234.50' }, 40)).toContain(' 67234.50')
  })

  it('show no figure that rests on a price that is not trustworthy', () => {
    expect(moneyLine(null, 10, false)).toEqual([{ text: '–', look: 'stale' }])
    expect(moneyLine({ text: '+2.95 EUR', tone: 'up' }, 10, true)).toEqual([{ text: '+2.95 EUR', look: 'stale' }])
    expect(moneyLine({ text: '+2.95 EUR', tone: 'up' }, 10, false)).toEqual([{ text: '+2.95 EUR', look: 'up' }])
  })

  it('count those without room, and keep the selected one in sight', () => {
    const many = Array.from({ length: 9 }, (_, at) => ({
      ...LONG_POSITION,
      size: String(at + 1),
      isSelected: at === 7,
    }))
    const lines = table(many, 60, 5)
    expect(lines).toHaveLength(5)
    expect(lines.at(-1)).toBe(' + 6 more open positions not shown here')
    expect(lines[3]).toMatch(/^›▲ BUY +8 /)
    expect(table(many.slice(0, 5), 60, 5).at(-1)).toBe(' + 2 more open positions not shown here')
  })
})

it('names the currency of a profit where its column has no room for it', () => {
  const dollars = { ...LONG_POSITION, currency: 'USD' }
  expect(table([dollars], 40)[0]).toMatch(/ P\/L USD$/)
  expect(table([dollars, LONG_POSITION], 40)[0]).toMatch(/ P\/L own$/)
  expect(table([{ ...dollars, currency: null }], 40)[0]).toMatch(/ P\/L$/)
  expect(table([dollars], 60)[0]).toMatch(/ P\/L$/)
})
