import type { DeskState, Holding, RestingOrder } from '@scalpdesk/desk'
import type { DealId, Epic } from '@scalpdesk/sdk'

/** What the trader looks at: a market, and a row that he moved the mark to. */
export interface Look {
  readonly chosen: Epic
  /** null: the mark follows what is newest in the market. */
  readonly picked: DealId | null
}

type Rows = Pick<DeskState, 'holdings' | 'resting'>

/** The marked row: where the trader put it, else the newest position of the market, else its newest working order. */
export function markedDeal({ holdings, resting }: Rows, { chosen, picked }: Look): DealId | null {
  if (picked !== null && (holdings.has(picked) || resting.has(picked))) return picked
  return newestOf(holdings, chosen) ?? newestOf(resting, chosen)
}

/** Maps keep the order in which things came. */
function newestOf(rows: ReadonlyMap<DealId, Holding | RestingOrder>, epic: Epic): DealId | null {
  return [...rows.values()].findLast(row => row.epic === epic)?.dealId ?? null
}

/** The row after the marked one, or before it, in the order in which they are shown: positions, then working orders. */
export function movedMark(state: Rows, look: Look, by: 1 | -1): DealId | null {
  const rows = [...state.holdings.keys(), ...state.resting.keys()]
  const marked = markedDeal(state, look)
  if (rows.length === 0) return null
  if (marked === null) return (by > 0 ? rows[0] : rows.at(-1)) ?? null
  return rows.at((rows.indexOf(marked) + by) % rows.length) ?? null
}

/** What a key for one position acts on: the marked one, else the only one of the market. */
export function markedPosition(state: Rows, look: Look): Holding | null {
  const marked = markedDeal(state, look)
  const held = marked === null ? undefined : state.holdings.get(marked)
  return held ?? onlyOne([...state.holdings.values()].filter(({ epic }) => epic === look.chosen))
}

/** As {@link markedPosition}, of working orders. */
export function markedOrder(state: Rows, look: Look): RestingOrder | null {
  const marked = markedDeal(state, look)
  const resting = marked === null ? undefined : state.resting.get(marked)
  return resting ?? onlyOne([...state.resting.values()].filter(({ epic }) => epic === look.chosen))
}

/** What was opened or placed elsewhere: the marked row, else the only one that there is. */
export function markedForeign(state: Rows, look: Look): Holding | RestingOrder | null {
  const marked = markedDeal(state, look)
  const foreign = [...state.holdings.values(), ...state.resting.values()].filter(({ origin }) => origin === 'elsewhere')
  return foreign.find(({ dealId }) => dealId === marked) ?? onlyOne(foreign)
}

function onlyOne<Row>(rows: readonly Row[]): Row | null {
  const [only] = rows
  return only !== undefined && rows.length === 1 ? only : null
}

/** What a frame showed that was on the terminal. */
export interface PaintedFrame {
  readonly state: DeskState
  readonly look: Look
}

export type Aim<Row> =
  | { readonly kind: 'at'; readonly row: Row }
  | { readonly kind: 'nothing' }
  /** What was marked on the screen is not what would be acted on now. */
  | { readonly kind: 'changed' }

/** A key acts on the row that was marked when it was pressed, or on none. */
export function aimAt<Row extends { readonly dealId: DealId }>(
  find: (state: Rows, look: Look) => Row | null,
  now: PaintedFrame,
  painted: PaintedFrame | null,
): Aim<Row> {
  const row = find(now.state, now.look)
  const seen = painted && find(painted.state, painted.look)
  if (row === null && seen === null) return { kind: 'nothing' }
  return row !== null && row.dealId === seen?.dealId ? { kind: 'at', row } : { kind: 'changed' }
}
