import type { AcceptedOutcome, DealId, WorkingOrderUpdate } from '@scalpdesk/sdk'
import { type DeskState, marketOf } from '../desk-state.ts'
import { isInFlight, type PlacePurpose, type TrackedOrder } from '../orders/order.ts'
import { finish, NOTHING_TOLD } from '../orders/order-ends.ts'
import { orderText } from '../orders/order-texts.ts'
import { bookChanged, say, type Turn, update } from '../turn.ts'
import { message } from '../words/message.ts'
import { claim, dropDeal, own } from './holdings.ts'
import { restStreamed } from './streamed-deals.ts'
import { doubt } from './unlisted.ts'

/** Knows a working order from its confirm, until the broker's list takes over. */
export function restConfirmed(
  turn: Turn,
  purpose: PlacePurpose,
  dealId: DealId,
  outcome: Pick<AcceptedOutcome, 'level' | 'size'>,
): void {
  const { state } = turn
  // Filled or cancelled before its confirm came.
  if (state.closedDeals.has(dealId)) return
  // The list was faster, and names no request.
  if (state.resting.has(dealId)) return claim(turn, dealId)
  const { epic, direction, orderKind, stopPoints, limitPoints } = purpose
  own(turn, dealId, 'ours')
  const resting = new Map(state.resting).set(dealId, {
    dealId,
    epic,
    marketName: marketOf(state, epic)?.name ?? epic,
    direction,
    size: outcome.size ?? purpose.size,
    level: outcome.level ?? purpose.level,
    orderKind,
    stopDistancePoints: stopPoints,
    limitDistancePoints: limitPoints,
    origin: 'ours',
    toldAtMs: turn.atMs,
  })
  update(turn, { resting })
}

/** What the stream tells of a working order. One that ends may have filled: only a reading tells. */
export function onWorkingOrderUpdate(turn: Turn, change: WorkingOrderUpdate): void {
  const { dealId, reference, status, dealStatus } = change
  const orders = [...turn.state.orders.values()]
  const placed = orders.find(order => reference !== null && order.reference === reference)
  const isUnsettled = placed && (placed.stage.kind === 'checking' || placed.stage.kind === 'unresolved')
  if (isUnsettled && placed.purpose.kind === 'place' && status === 'open' && dealStatus !== 'rejected')
    settlePlaced(turn, placed, placed.purpose, dealId)
  const isExpected = isExpectedChange(turn.state, change)
  // The list of working orders names no request: the stream does.
  if (placed && status === 'open' && dealStatus !== 'rejected') own(turn, dealId, 'ours')
  if (status === 'deleted') onOrderGone(turn, change)
  else if (!placed || !isInFlight(placed)) restStreamed(turn, change)
  if (!isExpected) bookChanged(turn, 0)
}

/** What an order of ours in flight does asks for nothing: its confirm will. */
function isExpectedChange({ orders, resting }: DeskState, { dealId, reference, status }: WorkingOrderUpdate): boolean {
  if (status === 'open' && resting.has(dealId)) return true
  return [...orders.values()].some(
    order =>
      isInFlight(order) &&
      ((reference !== null && order.reference === reference) ||
        (order.purpose.kind === 'cancel' && order.purpose.dealId === dealId)),
  )
}

/** It may have filled, unless we took it back: then its confirm has said so, or will. */
function onOrderGone(turn: Turn, { dealId, epic, size, reference }: WorkingOrderUpdate): void {
  const { resting, closedDeals, holdings } = turn.state
  const known = resting.get(dealId)
  if (closedDeals.has(dealId)) return
  dropDeal(turn, dealId)
  const isFilled = [...holdings.values()].some(holding => reference !== null && holding.reference === reference)
  if (!isFilled) doubt(turn, dealId, { epic, size: size ?? known?.size ?? null, reference })
}

/** The reference that only this order carries came back with the working order that it made. */
function settlePlaced(turn: Turn, order: TrackedOrder, purpose: PlacePurpose, dealId: DealId): void {
  restConfirmed(turn, purpose, dealId, { level: null, size: null })
  finish(turn, order, { ...NOTHING_TOLD, dealId }, 'stream')
  say(turn, 'good', message('resting', { order: orderText(turn.state, order) }))
}
