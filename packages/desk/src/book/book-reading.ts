import type { DealId } from '@scalpdesk/sdk'
import type { BrokerBook } from '../desk-event.ts'
import type { DeskState } from '../desk-state.ts'
import { isRefused } from '../orders/order.ts'
import { orderText } from '../orders/order-texts.ts'
import { settleByBook } from '../orders/settling-by-book.ts'
import { bookChanged, readBookIn, say, type Turn, update } from '../turn.ts'
import { message } from '../words/message.ts'
import { appeared } from './appearing.ts'
import type { Holding } from './holding.ts'
import { announceGone, isClosedByUs } from './holdings.ts'
import { LIST_LAG_MS } from './list-lag.ts'
import { listedHoldings, listedResting, reconcileHoldings, reconcileResting } from './reconciling.ts'
import { doubt, endListedDoubts } from './unlisted.ts'

/** Our choices: how often to look when nothing happens, and how soon again when lists lag. */
const IDLE_READ_MS = 15_000
const LAGGING_READ_MS = 400
const SLOWER_LAGGING_READ_MS = 1_000
const LATELY_MS = 2_000
/**
 * How soon after a first failure; doubled with each one after it, up to the idle rhythm: a reading spends the account's
 * allowance of non-trading calls (IG Labs, FAQ page), and asking on keeps it spent.
 */
const FAILED_READ_MS = 1_000
/**
 * IG allows an account 30 non-trading calls a minute (IG Labs, FAQ page), and a reading is two of them. Our choice: 22 of
 * them go to readings, the others stay for confirms and for those that may not wait.
 */
const READINGS_ALLOWED = 11
const ALLOWED_IN_MS = 60_000

/** Asks the broker for positions and working orders when that is due; one question at a time. */
export function readBook(turn: Turn): void {
  const { book } = turn.state
  const dueMs = readDueMs(turn.state)
  if (dueMs === null || turn.atMs < dueMs) return
  const ask = book.asks + 1
  const reading = { ask, changes: book.changes, askedAtMs: turn.atMs }
  const askedAtMs = [...book.askedAtMs, turn.atMs].slice(-READINGS_ALLOWED)
  update(turn, { book: { ...book, asks: ask, reading, nextReadAtMs: null, askedAtMs } })
  turn.effects.push({ kind: 'read-book', ask })
}

/** When the next reading is due (monotonic); null while one is under way, or when none is wanted. */
export function readDueMs(state: DeskState): number | null {
  const { reading, nextReadAtMs, askedAtMs } = state.book
  if (reading || nextReadAtMs === null) return null
  if (mayNotWait(state)) return nextReadAtMs
  const [oldest] = askedAtMs
  const isSpent = oldest !== undefined && askedAtMs.length >= READINGS_ALLOWED
  return isSpent ? Math.max(nextReadAtMs, oldest + ALLOWED_IN_MS) : nextReadAtMs
}

/** Getting out, and an order that may have been dealt or not, go before the allowance. */
function mayNotWait(state: DeskState): boolean {
  return state.flattens.length > 0 || [...state.orders.values()].some(order => order.stage.kind === 'checking')
}

export function onBookRead(turn: Turn, ask: number, read: BrokerBook): void {
  const { reading } = turn.state.book
  if (reading?.ask !== ask) return
  const isFirst = turn.state.book.agreedAt === null
  const isPartial = read.workingOrders === null
  if (isPartial && (isFirst || turn.state.areOrdersListed)) say(turn, 'bad', message('orders-not-listed'))
  const { askedAtMs } = reading
  const listed = listedHoldings(turn.state, read.positions, turn.atMs)
  const rests = read.workingOrders && listedResting(turn.state, read.workingOrders)
  const { holdings: before, resting: rested } = turn.state
  const held = reconcileHoldings(turn.state, listed, askedAtMs)
  const resting = reconcileResting(turn.state, rests, askedAtMs)
  const closedDeals = new Map([...turn.state.closedDeals].filter(([, atMs]) => turn.atMs - atMs < LIST_LAG_MS))
  update(turn, { holdings: held.known, resting: resting.known, areOrdersListed: !isPartial, closedDeals })
  endListedDoubts(turn, [...listed.keys(), ...(rests?.keys() ?? [])], askedAtMs)
  settleByBook(turn, { positions: listed, orders: rests, askedAtMs })
  // Of what ended while nobody listened, the lists alone tell, and one may lag behind the other.
  if (askedAtMs - turn.state.liveSinceMs < LIST_LAG_MS) doubtVanished(turn, rested, before)
  announce(turn, before, isFirst)
  const { book } = turn.state
  const mayLag = turn.state.unlisted.size > 0 || askedAtMs - book.missedAtMs < LIST_LAG_MS
  const isLagging = held.isLagging || resting.isLagging || mayLag
  const agreedAt = isLagging ? book.agreedAt : reading.changes
  update(turn, { book: { ...book, reading: null, agreedAt, failures: isPartial ? book.failures + 1 : 0 } })
  readBookIn(turn, isPartial ? failedReadMs(book) : isLagging ? laggingReadMs(turn.state, turn.atMs) : IDLE_READ_MS)
  if (isFirst && agreedAt !== null) sayReady(turn)
}

/** A working order that ended without a word may have filled. */
function doubtVanished(turn: Turn, rested: DeskState['resting'], before: DeskState['holdings']): void {
  const { resting, closedDeals, holdings } = turn.state
  for (const [dealId, { epic, direction, size }] of rested) {
    if (resting.has(dealId) || closedDeals.has(dealId)) continue
    const isShown = [...holdings.values()].some(
      held => !before.has(held.dealId) && held.epic === epic && held.direction === direction,
    )
    if (!isShown) doubt(turn, dealId, { epic, size })
  }
}

export function onBookFailed(turn: Turn, ask: number, cause: Error): void {
  const { book } = turn.state
  if (book.reading?.ask !== ask) return
  update(turn, { book: { ...book, reading: null, failures: book.failures + 1 } })
  say(turn, 'bad', message('book-failed', { cause: cause.message }))
  // What was read before is not proven any more.
  bookChanged(turn, failedReadMs(book))
}

/** Lists that lag for long would use up the allowance of whoever has to keep to it. */
function laggingReadMs(state: DeskState, atMs: number): number {
  const lately = state.book.askedAtMs.filter(askedAtMs => atMs - askedAtMs < LATELY_MS).length
  return lately < 2 || mayNotWait(state) ? LAGGING_READ_MS : SLOWER_LAGGING_READ_MS
}

function failedReadMs({ failures }: DeskState['book']): number {
  return Math.min(FAILED_READ_MS * 2 ** failures, IDLE_READ_MS)
}

/** Says which positions came or went without an order of ours. */
function announce(turn: Turn, before: ReadonlyMap<DealId, Holding>, isFirst: boolean): void {
  const { holdings } = turn.state
  const orders = [...turn.state.orders.values()]
  for (const [dealId, holding] of holdings) {
    const order = orders.find(({ reference }) => reference !== null && reference === holding.reference)
    if (before.has(dealId) || (order && !isRefused(order))) continue
    appeared(turn, holding, order !== undefined, isFirst)
  }
  for (const [dealId, holding] of before) {
    if (holdings.has(dealId) || turn.state.closedDeals.has(dealId) || isClosedByUs(turn.state, dealId)) continue
    announceGone(turn, holding)
  }
}

function sayReady(turn: Turn): void {
  const { holdings, areOrdersListed, orders } = turn.state
  const open = { positions: holdings.size, areOrdersListed }
  const asked = [...orders.values()].filter(({ stage }) => stage.kind === 'checking' && stage.isOfEarlierRun)
  if (asked.length === 0) return say(turn, 'info', message('ready', open))
  say(turn, 'wait', message('ready-checking', { ...open, orders: asked.map(order => orderText(turn.state, order)) }))
}
