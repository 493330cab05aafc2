import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { type Line, wholeFigure } from '../line.ts'
import { type Look, type Span, span } from '../looks.ts'
import type { MoneyView, PositionView } from '../view.ts'
import type { Piece, Room, Row } from './row.ts'
import { SIDE_COLUMNS, sideCell } from './side-cell.ts'
import { figureCell, titleCell, wordCell } from './table-cells.ts'

type Key = 'size' | 'level' | 'stop' | 'limit' | 'points' | 'r' | 'profit' | 'state' | 'market'

interface PositionColumn {
  readonly key: Key
  readonly width: number
}

/** The narrowest table. */
const LEAST: Readonly<Partial<Record<Key, number>>> = { size: 5, level: 9, stop: 9, profit: 8 }
/** What a wider table adds, the most wanted first. */
const ADDED: readonly (readonly [key: Key, width: number])[] = [
  ['profit', 5],
  ['limit', 9],
  ['points', 9],
  ['r', 8],
  ['state', 9],
  ['market', 16],
  ['size', 2],
  ['level', 2],
  ['stop', 2],
  ['limit', 2],
  ['points', 4],
  ['profit', 3],
  ['market', 8],
]
const ORDER: readonly Key[] = ['size', 'level', 'stop', 'limit', 'points', 'r', 'profit', 'state', 'market']
/** Painted past React with each tick. */
const HOT: readonly Key[] = ['points', 'r', 'profit']

/** The columns that fit a width. */
export function positionColumns(width: number): readonly PositionColumn[] {
  const widths = new Map<Key, number>(Object.entries(LEAST) as [Key, number][])
  let spare = width - SIDE_COLUMNS - [...widths.values()].reduce((sum, wide) => sum + wide, 0)
  for (const [key, added] of ADDED) {
    if (added > spare) continue
    widths.set(key, (widths.get(key) ?? 0) + added)
    spare -= added
  }
  return ORDER.flatMap(key => {
    const wide = widths.get(key)
    return wide === undefined ? [] : [{ key, width: wide }]
  })
}

/** Every open position in a row, the selected one always among them; those without room are counted in the last row. */
export function positionRows(positions: readonly PositionView[], room: Room, texts: Texts): readonly Row[] {
  const columns = positionColumns(room.width)
  const rows = room.height - 1
  const hasOverflow = positions.length > rows
  const shown = hasOverflow ? Math.max(0, rows - 1) : positions.length
  const selected = positions.findIndex(({ isSelected }) => isSelected)
  const first = Math.max(0, Math.min(selected - shown + 1, positions.length - shown))
  return [
    titlesOf(columns, currenciesOf(positions), texts),
    ...positions.slice(first, first + shown).map((position, at) => rowOf(position, first + at, columns, texts)),
    ...(hasOverflow ? [[span(` ${texts.panes.morePositions(positions.length - shown)}`, 'wait')]] : []),
  ]
}

/** A signed figure of a position, or `–` while the price behind it is not trustworthy. */
export function moneyLine(money: MoneyView | null, width: number, isOld: boolean): Line {
  if (money === null) return [span('–', 'stale')]
  return [span(wholeFigure(money.text, width), isOld ? 'stale' : money.tone)]
}

const currenciesOf = (positions: readonly PositionView[]): ReadonlySet<string> =>
  new Set(positions.flatMap(({ currency }) => currency ?? []))

/** With this room a profit says its currency itself; the title says it elsewhere. */
const PROFIT_WITH_UNIT_COLUMNS = 13

function profitTitle(width: number, currencies: ReadonlySet<string>, { columns }: Texts): string {
  if (width >= PROFIT_WITH_UNIT_COLUMNS || currencies.size === 0) return columns.profit
  const [only] = currencies
  return currencies.size === 1 ? `${columns.profit} ${only}` : columns.profitMixed
}

function titlesOf(columns: readonly PositionColumn[], currencies: ReadonlySet<string>, texts: Texts): Row {
  const title = texts.panes.positions
  return [
    span(title + ' '.repeat(Math.max(0, SIDE_COLUMNS - textWidth(title))), 'title'),
    ...columns.map(({ key, width }) => {
      if (key === 'state') return span(' '.repeat(width))
      if (key === 'profit') return titleCell(profitTitle(width, currencies, texts), width)
      return key === 'market' ? wordCell(texts.columns.market, width, 'label') : titleCell(texts.columns[key], width)
    }),
  ]
}

function rowOf(position: PositionView, row: number, columns: readonly PositionColumn[], texts: Texts): Row {
  const hasState = columns.some(({ key }) => key === 'state')
  return [
    ...sideCell(position, texts),
    ...columns.flatMap(({ key, width }): readonly Piece[] =>
      HOT.includes(key)
        ? [span(' '), { slot: `${key}:${row}`, width: width - 1 }]
        : [cellOf(position, key, width, hasState, texts)],
    ),
  ]
}

/** Without a column of its own the state takes the stop's place while it is not `open`: a word may not be missed. */
function cellOf(position: PositionView, key: Key, width: number, hasState: boolean, texts: Texts): Span {
  const state = stateOf(position, texts)
  switch (key) {
    case 'size':
      return figureCell(position.size, width, 'strong')
    case 'level':
      return figureCell(position.level, width)
    case 'stop':
      return !hasState && position.state !== 'open'
        ? wordCell(state.text, width, state.look)
        : stopCell(position, width, texts)
    case 'limit':
      return figureCell(position.limit ?? texts.states.none, width, position.limit === null ? 'label' : 'plain')
    case 'state':
      return wordCell(state.text, width, state.look)
    case 'market':
      return wordCell(position.market, width)
    default:
      return span(' '.repeat(width))
  }
}

/** A stop that trails carries `↕` where there is room for it. */
function stopCell({ stop, isTrailing }: PositionView, width: number, texts: Texts): Span {
  if (stop === null) return titleCell(texts.states.noStop, width, 'bad')
  const trailing = `${stop}↕`
  return figureCell(isTrailing && textWidth(trailing) < width ? trailing : stop, width)
}

function stateOf({ state, isForeign }: PositionView, texts: Texts): { readonly text: string; readonly look: Look } {
  if (state !== 'open') return { text: texts.states.position[state], look: 'wait' }
  return isForeign ? { text: texts.states.foreign, look: 'wait' } : { text: '', look: 'plain' }
}
