import type { RestingOrder } from '../book/resting-order.ts'
import { isWithin } from '../book/scope.ts'
import type { IntentEvent } from '../desk-event.ts'
import { approveCancel } from '../guard/approved.ts'
import type { OrderId } from '../orders/order.ts'
import { sendOrder } from '../orders/sending.ts'
import { bookChanged, postponeReading, readBookIn, say, type Turn } from '../turn.ts'
import { message } from '../words/message.ts'
import { isBeingClosed } from './closing.ts'
import type { Cancelled } from './intent.ts'

/** Cancels working orders, each once. One may fill before: then its position is what is left. */
export function cancel(turn: Turn, orders: Cancelled, { reference, pressedAtMs }: IntentEvent): void {
  const { state } = turn
  const named = [...state.resting.values()].filter(order =>
    'dealId' in orders ? order.dealId === orders.dealId : isWithin(orders.scope, order),
  )
  if (named.length === 0) {
    say(turn, 'info', message('nothing-to-cancel'))
    return readBookIn(turn, 0)
  }
  const due = named.filter(({ dealId }) => !isBeingClosed(state, dealId, turn.atMs))
  due.forEach((order, i) => {
    sendCancel(turn, order, `${reference}.${i + 1}`, pressedAtMs, false)
  })
  if (due.length === 0) return say(turn, 'wait', message('cancelling-already'))
  say(turn, 'wait', message('cancelling', { orders: due.length }))
}

const AFTER_CANCEL_MS = 1_500

/** @param isExit part of flattening, which may use the allowance that is kept for it. */
export function sendCancel(turn: Turn, resting: RestingOrder, id: OrderId, pressedAtMs: number, isExit: boolean): void {
  const { dealId, epic } = resting
  sendOrder(turn, {
    effect: { kind: 'cancel', id, order: approveCancel(dealId), isExit },
    purpose: { kind: 'cancel', epic, dealId },
    announcement: { kind: 'about-to-cancel', atMs: turn.atMs, id, dealId, epic },
    pressedAtMs,
    isEntry: false,
  })
  bookChanged(turn, AFTER_CANCEL_MS)
  postponeReading(turn, AFTER_CANCEL_MS)
}
