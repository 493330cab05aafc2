import { textWidth } from './glyphs.ts'
import { clipped, type Line, wholeFigure } from './line.ts'
import { type Span, span } from './looks.ts'
import type { MoneyView, PositionView } from './view.ts'

/** One column of the positions: hot ones are painted past Ink. */
export interface PositionColumn {
  readonly key: 'side' | 'size' | 'market' | 'level' | 'stop' | 'limit' | 'points' | 'profit' | 'state'
  readonly title: string
  /** Columns of the terminal, the gap to the next one included. */
  readonly width: number
}

/** From this width on the state has a column of its own; below it takes the limit's place while it is not `open`. */
const STATE_FROM_COLUMNS = 76
const MARKET_FROM_COLUMNS = 100

/** The columns that fit a width; spare columns go to the prices and the money. */
export function positionColumns(width: number): readonly PositionColumn[] {
  const spare = Math.max(
    0,
    width - 62 - (width >= STATE_FROM_COLUMNS ? 10 : 0) - (width >= MARKET_FROM_COLUMNS ? 20 : 0),
  )
  const wider = Math.min(4, Math.floor(spare / 6))
  const columns: PositionColumn[] = [
    { key: 'side', title: 'SIDE', width: 7 },
    { key: 'size', title: 'SIZE', width: 5 + wider },
  ]
  if (width >= MARKET_FROM_COLUMNS) columns.push({ key: 'market', title: 'MARKET', width: 20 })
  columns.push(
    { key: 'level', title: 'LEVEL', width: 9 + wider },
    { key: 'stop', title: 'STOP', width: 9 + wider },
    { key: 'limit', title: 'LIMIT', width: 9 + wider },
    { key: 'points', title: 'POINTS', width: 11 + wider },
    { key: 'profit', title: 'P/L', width: 12 + wider },
  )
  if (width >= STATE_FROM_COLUMNS) columns.push({ key: 'state', title: '', width: 10 })
  return columns
}

/** What a row says in a rare column, padded to its width. */
export function positionCell(position: PositionView, column: PositionColumn, hasStateColumn: boolean): Span {
  const room = column.width - 1
  const state = position.state === 'open' ? null : span(padded(position.state.toUpperCase(), column.width), 'wait')
  switch (column.key) {
    case 'side':
      return position.direction === 'BUY'
        ? span(padded('▲ BUY', column.width), 'up')
        : span(padded('▼ SELL', column.width), 'down')
    case 'size':
      return span(padded(wholeFigure(position.size, room), column.width), 'strong')
    case 'market':
      return span(padded(clipped(position.market, room), column.width))
    case 'level':
      return span(padded(wholeFigure(position.level, room), column.width))
    case 'stop':
      return position.stop === null
        ? span(padded('no stop', column.width), 'bad')
        : span(padded(wholeFigure(position.stop, room), column.width))
    case 'limit':
      if (state && !hasStateColumn) return state
      return span(padded(position.limit === null ? 'none' : wholeFigure(position.limit, room), column.width))
    case 'state':
      return state ?? span(' '.repeat(column.width))
    case 'points':
    case 'profit':
      return span(' '.repeat(column.width))
    default:
      return column.key satisfies never
  }
}

/** A signed figure of a position, or `–` while the price behind it is not trustworthy. */
export function moneyLine(money: MoneyView | null, width: number, isOld: boolean): Line {
  if (money === null) return [span('–', 'stale')]
  return [span(wholeFigure(money.text, width), isOld ? 'stale' : money.tone)]
}

/** Says what the table has no room for: a position must not be out of sight unsaid. */
export function overflowText(hidden: number): string {
  return `+ ${hidden} more open ${hidden === 1 ? 'position' : 'positions'} not shown here`
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}
