import type { DealId, Decimal } from '@scalpdesk/sdk'
import type { JournalRecord } from './journal.ts'
import type { TrackedOrder } from './order.ts'
import { bookChanged, patchOrder, record, say, type Turn } from './turn.ts'
import { orderWords } from './words.ts'

export function finish(
  turn: Turn,
  order: TrackedOrder,
  deal: { dealId: DealId; level: Decimal | null; profit: Decimal | null },
  by: Extract<JournalRecord, { kind: 'filled' }>['by'],
): void {
  const { dealId, level, profit } = deal
  patchOrder(turn, order.id, { stage: { kind: 'filled', level, profit } })
  record(turn, {
    kind: 'filled',
    atMs: turn.atMs,
    id: order.id,
    dealId,
    level: level?.toFixed() ?? null,
    profit: profit?.toFixed() ?? null,
    by,
  })
}

export function reject(turn: Turn, order: TrackedOrder, reason: string): void {
  patchOrder(turn, order.id, { stage: { kind: 'rejected', reason, atMs: turn.atMs } })
  record(turn, { kind: 'rejected', atMs: turn.atMs, id: order.id, reason })
  say(turn, { tone: 'bad', text: `REJECTED by the broker, ${orderWords(order)}: ${reason}` })
  bookChanged(turn, 0)
}

export function deny(turn: Turn, order: TrackedOrder, reason: string): void {
  patchOrder(turn, order.id, { stage: { kind: 'denied', reason } })
  record(turn, { kind: 'denied', atMs: turn.atMs, intent: orderWords(order), code: 'not-sent', words: reason })
  say(turn, { tone: 'bad', text: `DENIED ${orderWords(order)}: ${reason}` })
}

export function check(
  turn: Turn,
  order: TrackedOrder,
  cause: string,
  since = { sinceMs: turn.atMs, polls: { asked: 0, nextAtMs: turn.atMs } },
): void {
  patchOrder(turn, order.id, { stage: { kind: 'checking', cause, ...since } })
  record(turn, { kind: 'unknown', atMs: turn.atMs, id: order.id, cause })
  const words = `UNKNOWN, CHECKING: ${orderWords(order)} was sent and ${cause}; it is not sent again`
  say(turn, { tone: 'wait', text: words })
  bookChanged(turn, 0)
}

export function giveUp(turn: Turn, order: TrackedOrder, cause: string): void {
  patchOrder(turn, order.id, { stage: { kind: 'unresolved', cause, sinceMs: turn.atMs } })
  record(turn, { kind: 'unresolved', atMs: turn.atMs, id: order.id, cause })
  const advice = order.purpose.kind === 'open' ? 'look at the broker’s platform' : 'press the key to close again'
  say(turn, { tone: 'bad', text: `UNKNOWN: ${orderWords(order)}, ${cause}; ${advice}` })
  bookChanged(turn, 0)
}
