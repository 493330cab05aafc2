import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { clipped, type Line, lineWidth } from '../line.ts'
import { type Span, span } from '../looks.ts'
import type { DayTotalsView, DealView, MoneyView } from '../view.ts'
import type { Room } from './row.ts'
import { figureCell, wordCell } from './table-cells.ts'
import { titleLine } from './title-line.ts'

type Key = 'time' | 'side' | 'size' | 'level' | 'profit' | 'state' | 'r' | 'held' | 'market'

/** Columns of a deal, the most wanted first; those without room are left out whole. */
const WANTED: readonly (readonly [key: Key, width: number])[] = [
  ['side', 8],
  ['profit', 9],
  ['time', 8],
  ['size', 5],
  ['level', 9],
  ['state', 9],
  ['r', 8],
  ['held', 12],
  ['market', 18],
]
const ORDER: readonly Key[] = ['time', 'side', 'size', 'level', 'profit', 'r', 'state', 'held', 'market']
/** With it the profit shows its currency. */
const CURRENCY_COLUMNS = 4

/** The deals of the day, the newest first, under what they come to together. */
export function dealLines(
  { deals, dayTotals }: { readonly deals: readonly DealView[]; readonly dayTotals: DayTotalsView },
  room: Room,
  texts: Texts,
): readonly Line[] {
  const title = titleOf(dayTotals, room.width, texts)
  if (deals.length === 0) return [title, [span(` ${texts.panes.noDeals}`, 'label')]]
  const columns = columnsFor(room.width)
  return [title, ...deals.slice(0, room.height - 1).map(deal => rowOf(deal, columns, texts))]
}

function titleOf(totals: DayTotalsView, width: number, texts: Texts): Line {
  const { day, panes } = texts
  if (totals.deals === 0) return titleLine(panes.deals, width)
  const counts: Line = [
    span(`${totals.deals}`, 'strong'),
    span(` · ${day.won(totals.won)} · ${day.lost(totals.lost)}`, 'label'),
  ]
  const realised: Line = totals.realised ? [span(' · ', 'label'), moneySpan(totals.realised)] : []
  const charges: Line = totals.charges ? [span(` · ${day.charges} `, 'label'), moneySpan(totals.charges)] : []
  const room = width - textWidth(panes.deals) - 4
  const fitting = [[...counts, ...realised, ...charges], [...counts, ...realised], counts]
  return titleLine(panes.deals, width, fitting.find(line => lineWidth(line) <= room) ?? [])
}

function moneySpan({ text, tone }: MoneyView): Span {
  return span(text, tone)
}

type Columns = ReadonlyMap<Key, number>

function columnsFor(width: number): Columns {
  const kept = new Map<Key, number>()
  let spare = width - 1
  for (const [key, wide] of WANTED) {
    if (wide > spare) continue
    kept.set(key, wide)
    spare -= wide
  }
  if (spare >= CURRENCY_COLUMNS) kept.set('profit', (kept.get('profit') ?? 0) + CURRENCY_COLUMNS)
  return kept
}

function rowOf(deal: DealView, columns: Columns, texts: Texts): Line {
  return [
    span(' '),
    ...ORDER.flatMap(key => {
      const width = columns.get(key)
      return width === undefined ? [] : [cellOf(deal, key, width, texts)]
    }),
  ]
}

function cellOf(deal: DealView, key: Key, width: number, texts: Texts): Span {
  switch (key) {
    case 'time':
      return span(clipped(deal.time, width).padEnd(width), 'label')
    case 'side': {
      const isBuy = deal.direction === 'BUY'
      return wordCell(`${isBuy ? '▲' : '▼'} ${texts.sides[deal.direction]}`, width, isBuy ? 'up' : 'down')
    }
    case 'size':
      return figureCell(deal.size, width, 'strong')
    case 'level':
      return figureCell(deal.level, width)
    case 'profit':
    case 'r':
      return figureCell(deal[key]?.text ?? '–', width, deal[key]?.tone ?? 'label')
    case 'state':
      return wordCell(texts.states.deal[deal.state], width, 'label')
    case 'held':
      return wordCell(deal.held ?? '', width, 'label')
    case 'market':
      return wordCell(deal.market, width)
    default:
      return key satisfies never
  }
}
