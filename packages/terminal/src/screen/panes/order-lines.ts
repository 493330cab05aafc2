import type { Texts } from '../../texts/texts.ts'
import type { Line } from '../line.ts'
import { span } from '../looks.ts'
import type { OrderView } from '../view.ts'
import type { Room } from './row.ts'
import { SIDE_COLUMNS, sideCell } from './side-cell.ts'
import { figureCell, wordCell } from './table-cells.ts'
import { titleLine } from './title-line.ts'

const SIZE_COLUMNS = 5
const KIND_COLUMNS = 7
const LEVEL_COLUMNS = { narrow: 9, wide: 11 } as const
const STATE_COLUMNS = 12
const MARKET_COLUMNS = 16

/** The working orders as the broker listed them last, and in words when that is not known. */
export function orderLines(
  { orders, workingOrders }: { readonly orders: readonly OrderView[]; readonly workingOrders: number | null },
  room: Room,
  texts: Texts,
): readonly Line[] {
  const { panes } = texts
  const rows = room.height - 1
  const unknown = workingOrders === null ? [span(panes.ordersUnknown, 'wait')] : []
  const title = titleLine(panes.orders, room.width, unknown)
  if (orders.length === 0)
    return [title, [span(` ${workingOrders === null ? panes.ordersUnknown : panes.noOrders}`, 'label')]]
  const shown = orders.length > rows ? rows - 1 : orders.length
  const selected = orders.findIndex(({ isSelected }) => isSelected)
  const first = Math.max(0, Math.min(selected - shown + 1, orders.length - shown))
  return [
    title,
    ...orders.slice(first, first + shown).map(order => rowOf(order, room.width, texts)),
    ...(orders.length > shown ? [[span(` ${panes.more(orders.length - shown)}`, 'wait')]] : []),
  ]
}

function rowOf(order: OrderView, width: number, texts: Texts): Line {
  const fixed = SIDE_COLUMNS + SIZE_COLUMNS + KIND_COLUMNS
  const level = width >= 60 ? LEVEL_COLUMNS.wide : LEVEL_COLUMNS.narrow
  const spare = width - fixed - level
  const state = Math.min(STATE_COLUMNS, Math.max(0, spare))
  const market = spare - state >= MARKET_COLUMNS ? Math.min(24, spare - state) : 0
  return [
    ...sideCell(order, texts),
    figureCell(order.size, SIZE_COLUMNS, 'strong'),
    wordCell(order.kind === null ? texts.states.orderKindUnknown : texts.states.orderKind[order.kind], KIND_COLUMNS),
    figureCell(order.level, level),
    ...(state > 0
      ? [wordCell(texts.states.order[order.state], state, order.state === 'working' ? 'label' : 'wait')]
      : []),
    ...(market > 0 ? [wordCell(order.market, market)] : []),
  ]
}
