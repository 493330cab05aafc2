import type { DealId, Decimal } from '@scalpdesk/sdk'
import { dealtBy } from '../book/brokers-time.ts'
import { tellDay } from '../book/day-keeping.ts'
import { dealOf } from '../day/day.ts'
import type { RecordOf } from '../journal/record.ts'
import { learnResult } from '../learning.ts'
import { bookChanged, patchOrder, record, say, type Turn } from '../turn.ts'
import { orderText as englishOrder } from '../words/english/things.ts'
import { type Message, message } from '../words/message.ts'
import { sentence } from '../words/sentence.ts'
import type { ClosePurpose, OrderId, TrackedOrder } from './order.ts'
import { orderText } from './order-texts.ts'

/** What settled it: the streamed confirm, the polled one, the broker's lists, or the account's history. */
export type SettledBy = RecordOf<'filled'>['by']

/** What is known of a deal; null is what nobody said. */
export interface Dealt {
  readonly dealId: DealId | null
  readonly level: Decimal | null
  readonly size: Decimal | null
  readonly profit: Decimal | null
  readonly profitCurrency: string | null
}

export const NOTHING_TOLD: Omit<Dealt, 'dealId'> = { level: null, size: null, profit: null, profitCurrency: null }

export function finish(turn: Turn, order: TrackedOrder, dealt: Dealt, by: SettledBy): void {
  const { atMs } = turn
  const { dealId, level, size, profit, profitCurrency } = dealt
  patchOrder(turn, order.id, { stage: { kind: 'done', level, profit } })
  const { purpose } = order
  if (purpose.kind !== 'open' && purpose.kind !== 'close')
    return record(turn, { kind: 'done', atMs, id: order.id, dealId, by })
  record(turn, {
    kind: 'filled',
    atMs,
    id: order.id,
    dealId,
    level: level?.toFixed() ?? null,
    size: size?.toFixed() ?? null,
    profit: profit?.toFixed() ?? null,
    profitCurrency,
    by,
  })
  if (purpose.kind === 'close') tellResult(turn, order.id, purpose, dealt, by)
}

/** What it was about is gone: nobody knows whether it took effect, and nothing is left of either. */
export function endWithoutMatter(turn: Turn, { id }: TrackedOrder, dealId: DealId): void {
  patchOrder(turn, id, { stage: { kind: 'done', level: null, profit: null } })
  record(turn, { kind: 'done', atMs: turn.atMs, id, dealId, by: 'book' })
}

/** What a close brought, for the day's book and for the guard. Told again when more of it is known. */
export function tellResult(turn: Turn, id: OrderId, purpose: ClosePurpose, dealt: Dealt, by: SettledBy): void {
  const { dealId, epic, direction } = purpose
  const { level, profit, profitCurrency } = dealt
  const size = dealt.size ?? purpose.size
  const told = { level, profit, profitCurrency, by, dealt: dealtBy(turn, turn.state.orders.get(id) ?? null) }
  tellDay(turn, { kind: 'reduced', id, dealId, epic, direction, size, ...told, atMs: turn.atMs })
  // What the broker booked already explained all of it: this is the same result again.
  if (!dealOf(turn.state.day, dealId)?.parts.some(part => part.id === id)) return
  const isWhole = !turn.state.holdings.has(dealId)
  learnResult(turn, { id, dealId, epic, profit, currency: profitCurrency, isWhole })
}

export function reject(turn: Turn, order: TrackedOrder, reason: string): void {
  patchOrder(turn, order.id, { stage: { kind: 'rejected', reason, atMs: turn.atMs } })
  record(turn, { kind: 'rejected', atMs: turn.atMs, id: order.id, reason })
  say(turn, 'bad', message('rejected', { order: orderText(turn.state, order), reason }))
  bookChanged(turn, 0)
}

export function deny(turn: Turn, order: TrackedOrder, why: Message): void {
  const { id } = order
  const reason = sentence(why, 'en')
  const text = orderText(turn.state, order)
  patchOrder(turn, id, { stage: { kind: 'denied', reason } })
  record(turn, { kind: 'denied', atMs: turn.atMs, id, intent: englishOrder(text), code: 'not-sent', words: reason })
  say(turn, 'bad', message('denied-order', { order: text, why }))
}

export function check(
  turn: Turn,
  order: TrackedOrder,
  why: Message,
  since = { sinceMs: turn.atMs, polls: { asked: 0, nextAtMs: turn.atMs } },
): void {
  const cause = sentence(why, 'en')
  patchOrder(turn, order.id, { stage: { kind: 'checking', cause, ...since } })
  record(turn, { kind: 'unknown', atMs: turn.atMs, id: order.id, cause })
  say(turn, 'wait', message('checking', { order: orderText(turn.state, order), cause: why }))
  bookChanged(turn, 0)
}

export function giveUp(turn: Turn, order: TrackedOrder, why: Message): void {
  const cause = sentence(why, 'en')
  patchOrder(turn, order.id, { stage: { kind: 'unresolved', cause, sinceMs: turn.atMs, isAccepted: false } })
  record(turn, { kind: 'unresolved', atMs: turn.atMs, id: order.id, cause })
  say(turn, 'bad', message('unresolved', { order: orderText(turn.state, order), cause: why }))
  bookChanged(turn, 0)
}
