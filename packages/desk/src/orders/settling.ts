import type { Confirm, Submission } from '@scalpdesk/sdk'
import { patchOrder, record, type Turn } from '../turn.ts'
import { unreachable } from '../unreachable.ts'
import { message } from '../words/message.ts'
import { firstPoll } from './confirm-polling.ts'
import { onConfirm, onStreamedConfirm } from './confirm-settling.ts'
import { isPending, type OrderId, type TrackedOrder } from './order.ts'
import { check, deny, reject } from './order-ends.ts'
import { stamp } from './timing.ts'

/**
 * Works out what became of an order: the answer to the request first, then the confirm, streamed or polled, whichever comes
 * first. A lost answer makes the outcome unknown: the desk asks until it knows, and never sends again.
 */
export function onSubmitted(turn: Turn, id: OrderId, submission: Submission): void {
  const order = turn.state.orders.get(id)
  if (!order) return
  switch (submission.kind) {
    case 'acknowledged':
      return onAcknowledged(turn, order, submission)
    case 'rejected':
      if (isPending(order)) reject(turn, order, submission.code)
      return
    case 'unsent':
      if (isPending(order)) deny(turn, order, message('nothing-was-sent', { cause: submission.cause.message }))
      return
    case 'unknown':
      if (isPending(order)) check(turn, order, message('told', { text: submission.cause.message }))
      return
    default:
      return unreachable(submission)
  }
}

/** An entry whose record could not be written was not sent. */
export function onJournalFailed(turn: Turn, id: OrderId, cause: Error): void {
  const order = turn.state.orders.get(id)
  if (order) deny(turn, order, message('journal-unwritable', { cause: cause.message }))
}

export function onConfirmFound(turn: Turn, id: OrderId, confirm: Confirm | null): void {
  const order = turn.state.orders.get(id)
  if (confirm && order) onConfirm(turn, order, confirm, 'poll')
}

function onAcknowledged(turn: Turn, order: TrackedOrder, answer: Extract<Submission, { kind: 'acknowledged' }>): void {
  const { reference, acknowledgedAtMs } = answer
  record(turn, { kind: 'acknowledged', atMs: turn.atMs, id: order.id, reference })
  stamp(turn, order.id, { acknowledgedAtMs })
  if (!isPending(order)) return patchOrder(turn, order.id, { reference })
  const stage = { kind: 'acknowledged', sinceMs: turn.atMs, polls: firstPoll(turn) } as const
  patchOrder(turn, order.id, { reference, stage })
  const early = turn.state.earlyConfirms.find(confirm => confirm.reference === reference)
  if (early) onStreamedConfirm(turn, early)
}
