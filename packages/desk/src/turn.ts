import type { DeskState, Outcome } from './desk-state.ts'
import type { Effect } from './effect.ts'
import type { JournalRecord } from './journal/record.ts'
import type { OrderId, TrackedOrder } from './orders/order.ts'
import { isPending, isUnknown } from './orders/order.ts'
import type { Message } from './words/message.ts'
import { sentence } from './words/sentence.ts'

/** One event being processed: the state so far and what has been asked for. Lives only inside `process`. */
export interface Turn {
  state: DeskState
  readonly effects: Effect[]
  readonly atMs: number
}

export function update(turn: Turn, change: Partial<DeskState>): void {
  turn.state = { ...turn.state, ...change }
}

export function record(turn: Turn, entry: JournalRecord): void {
  turn.effects.push({ kind: 'journal', record: entry, entry: null })
}

/** Milliseconds since 1970. */
export const wallMs = ({ state, atMs }: Turn): number => state.wallOffsetMs + atMs

/** Lines kept for the screen's log. */
const NEWS_KEPT = 50

/** The one way to tell the trader something: by its message, from which every language makes its sentence. */
export function say(turn: Turn, tone: Outcome['tone'], message: Message): void {
  const said = { text: sentence(message, 'en'), message }
  const news = [...turn.state.news.slice(1 - NEWS_KEPT), { atMs: turn.atMs, ...said }]
  update(turn, { outcome: { tone, ...said }, news })
}

/** Ended orders kept, for the screen and for late duplicates of their confirms. */
const ENDED_KEPT = 100

export function putOrder(turn: Turn, order: TrackedOrder): void {
  const orders = new Map(turn.state.orders).set(order.id, order)
  if (orders.size > ENDED_KEPT) forgetOldest(orders)
  update(turn, { orders })
}

function forgetOldest(orders: Map<OrderId, TrackedOrder>): void {
  let tooMany = -ENDED_KEPT
  for (const order of orders.values()) if (hasEnded(order)) tooMany += 1
  for (const order of orders.values()) {
    if (tooMany <= 0) return
    if (!hasEnded(order)) continue
    orders.delete(order.id)
    tooMany -= 1
  }
}

const hasEnded = (order: TrackedOrder): boolean => !isPending(order) && !isUnknown(order)

export function patchOrder(turn: Turn, id: OrderId, change: Partial<TrackedOrder>): void {
  const order = turn.state.orders.get(id)
  if (order) putOrder(turn, { ...order, ...change })
}

/** Our choice: a position update and its confirm come together, and one reading serves both. */
export const AFTER_UPDATE_MS = 150

/** Something may have changed at the broker: what was read before no longer proves that we are flat. */
export function bookChanged(turn: Turn, readInMs: number): void {
  const { book } = turn.state
  update(turn, { book: { ...book, changes: book.changes + 1 } })
  readBookIn(turn, readInMs)
}

export function readBookIn(turn: Turn, delayMs: number): void {
  const { book } = turn.state
  const at = turn.atMs + delayMs
  update(turn, { book: { ...book, nextReadAtMs: Math.min(book.nextReadAtMs ?? at, at) } })
}

/** What a reading now would show is about to change: one that was due waits, and serves for both. */
export function postponeReading(turn: Turn, delayMs: number): void {
  update(turn, { book: { ...turn.state.book, nextReadAtMs: turn.atMs + delayMs } })
}
