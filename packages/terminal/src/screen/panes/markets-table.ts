import type { Texts } from '../../texts/texts.ts'
import { textWidth } from '../glyphs.ts'
import { clipped, type Line, wholeFigure } from '../line.ts'
import { type Span, span } from '../looks.ts'
import type { MarketTab, MoneyView } from '../view.ts'
import { freshnessWord } from './quote-lines.ts'

interface MarketColumn {
  readonly key: 'name' | 'bid' | 'offer' | 'spread' | 'state' | 'held' | 'profit'
  readonly width: number
}

const PRICE_COLUMNS = 11

function columnsFor(width: number): readonly MarketColumn[] {
  const optional: readonly MarketColumn[] = [
    { key: 'state', width: 12 },
    { key: 'profit', width: 13 },
    { key: 'spread', width: 8 },
    { key: 'held', width: 14 },
  ]
  let spare = width - 12 - 2 * PRICE_COLUMNS
  const kept = optional.filter(column => {
    if (column.width > spare) return false
    spare -= column.width
    return true
  })
  const order: readonly MarketColumn['key'][] = ['spread', 'held', 'profit', 'state']
  return [
    { key: 'name', width: 12 + Math.min(16, spare) },
    { key: 'bid', width: PRICE_COLUMNS },
    { key: 'offer', width: PRICE_COLUMNS },
    ...order.flatMap(key => kept.filter(column => column.key === key)),
  ]
}

/** Every market's prices in a row of its own. */
export function marketsTable(
  markets: readonly MarketTab[],
  width: number,
  height: number,
  texts: Texts,
): readonly Line[] {
  const columns = columnsFor(width)
  const titles = columns.map(({ key, width: wide }) => span(cell(titleOf(key, texts), wide, key), 'label'))
  const rows = height - 1
  const first = firstShown(markets, rows)
  return [
    titles,
    ...markets.slice(first, first + rows).map(market => columns.map(column => cellOf(market, column, texts))),
  ]
}

/** From which market on, so that the chosen one is seen. */
function firstShown(markets: readonly MarketTab[], rows: number): number {
  const chosen = markets.findIndex(({ isChosen }) => isChosen)
  return Math.max(0, Math.min(chosen - rows + 1, markets.length - rows))
}

function cellOf(market: MarketTab, column: MarketColumn, texts: Texts): Span {
  const isLive = market.freshness === 'live'
  const { key, width } = column
  switch (key) {
    case 'name':
      return span(cell(`${market.isChosen ? '›' : ' '}${clipped(market.name, width - 2)}`, width, key), 'strong')
    case 'bid':
    case 'offer':
      return span(cell(market[key] ?? '–', width, key), isLive ? 'price' : 'stale')
    case 'spread':
      return span(cell(market.spread ?? '–', width, key), isLive ? 'plain' : 'stale')
    case 'held':
      return span(cell(market.held ?? '', width, key))
    case 'profit':
      return money(market.profit, width, isLive)
    case 'state':
      return span(cell(` ${freshnessWord(market.freshness, texts) ?? ''}`, width, 'name'), 'wait')
    default:
      return key satisfies never
  }
}

function money(profit: MoneyView | null, width: number, isLive: boolean): Span {
  return span(cell(profit?.text ?? '', width, 'profit'), isLive ? (profit?.tone ?? 'plain') : 'stale')
}

function titleOf(key: MarketColumn['key'], { columns }: Texts): string {
  switch (key) {
    case 'name':
      return ` ${columns.market}`
    case 'state':
      return ''
    default:
      return columns[key]
  }
}

/** Figures end at the right of their column, so that they stand under each other; whole or not at all. */
function cell(text: string, width: number, key: MarketColumn['key']): string {
  const room = width - 1
  if (key === 'name') return text + ' '.repeat(Math.max(0, width - textWidth(text)))
  const figure = wholeFigure(text, room)
  return `${' '.repeat(Math.max(0, room - textWidth(figure)))}${figure} `
}
