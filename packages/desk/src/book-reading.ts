import type { DealId, Position } from '@scalpdesk/sdk'
import type { BrokerBook } from './desk-event.ts'
import type { DeskState, Holding } from './desk-state.ts'
import { announceGone, isClosedByUs, isRefused } from './held-deals.ts'
import { settleByBook } from './settling.ts'
import { bookChanged, readBookIn, record, type Turn, tell, update } from './turn.ts'

/** Our choices: how often to look when nothing happens, and how soon again when lists lag. */
const IDLE_READ_MS = 15_000
const LAGGING_READ_MS = 400
/**
 * How soon after a first failure; doubled with each one after it, up to the idle rhythm: a reading spends the account's
 * allowance of non-trading calls (IG Labs, FAQ page), and asking on keeps it spent.
 */
const FAILED_READ_MS = 1_000
/** IG's list follows a confirm shortly, not atomically: this long the confirm is believed over the list. */
const LIST_LAG_MS = 5_000

/** Asks the broker for positions and working orders when that is due; one question at a time. */
export function readBook(turn: Turn): void {
  const { book } = turn.state
  if (book.reading || book.nextReadAtMs === null || turn.atMs < book.nextReadAtMs) return
  const ask = book.asks + 1
  const reading = { ask, changes: book.changes, askedAtMs: turn.atMs }
  update(turn, { book: { ...book, asks: ask, reading, nextReadAtMs: null } })
  turn.effects.push({ kind: 'read-book', ask })
}

export function onBookRead(turn: Turn, ask: number, read: BrokerBook): void {
  const { reading } = turn.state.book
  if (reading?.ask !== ask) return
  const isFirst = turn.state.book.agreedAt === null
  const listed = new Map(read.positions.map(position => [position.dealId, holdingOf(position)]))
  const before = turn.state.holdings
  const { holdings, isLagging } = reconcile(turn.state, listed, reading.askedAtMs)
  const closedDeals = new Map([...turn.state.closedDeals].filter(([, atMs]) => turn.atMs - atMs < LIST_LAG_MS))
  update(turn, { holdings, closedDeals, workingOrders: read.workingOrders })
  settleByBook(turn, listed, reading.askedAtMs)
  announce(turn, before, isFirst)
  const { book } = turn.state
  const agreedAt = isLagging ? book.agreedAt : reading.changes
  update(turn, { book: { ...book, reading: null, agreedAt, failures: 0 } })
  readBookIn(turn, isLagging ? LAGGING_READ_MS : IDLE_READ_MS)
  if (isFirst && agreedAt !== null) tell(turn, readyOutcome(turn.state))
}

export function onBookFailed(turn: Turn, ask: number, cause: Error): void {
  const { book } = turn.state
  if (book.reading?.ask !== ask) return
  update(turn, { book: { ...book, reading: null, failures: book.failures + 1 } })
  tell(turn, { tone: 'bad', text: `the broker does not say what is open: ${cause.message}; asking again` })
  // What was read before is not proven any more.
  bookChanged(turn, Math.min(FAILED_READ_MS * 2 ** book.failures, IDLE_READ_MS))
}

/**
 * The list, corrected by what it may not show yet: all that was confirmed shortly before it was asked for, or since.
 * Lagging: it will have to be read again.
 */
function reconcile(
  state: DeskState,
  listed: ReadonlyMap<DealId, Holding>,
  askedAtMs: number,
): { holdings: ReadonlyMap<DealId, Holding>; isLagging: boolean } {
  const holdings = new Map<DealId, Holding>()
  let isLagging = false
  for (const [dealId, holding] of listed) {
    const closedAtMs = state.closedDeals.get(dealId)
    if (closedAtMs !== undefined && askedAtMs - closedAtMs < LIST_LAG_MS) isLagging = true
    else holdings.set(dealId, holding)
  }
  for (const [dealId, holding] of state.holdings) {
    if (listed.has(dealId) || holding.seen.kind !== 'confirmed' || askedAtMs - holding.seen.atMs >= LIST_LAG_MS)
      continue
    holdings.set(dealId, holding)
    isLagging = true
  }
  return { holdings, isLagging }
}

/** Says which positions came or went without an order of ours. */
function announce(turn: Turn, before: ReadonlyMap<DealId, Holding>, isFirst: boolean): void {
  const { atMs } = turn
  const { holdings } = turn.state
  const orders = [...turn.state.orders.values()]
  for (const [dealId, holding] of holdings) {
    const order = orders.find(({ reference }) => reference !== null && reference === holding.reference)
    if (before.has(dealId) || (order && !isRefused(order))) continue
    record(turn, { kind: 'position-appeared', atMs, dealId, epic: holding.epic })
    const where = order ? 'OPEN ALTHOUGH REFUSED' : isFirst ? 'ALREADY OPEN' : 'OPENED ELSEWHERE'
    tell(turn, { tone: 'info', text: `${where}: ${holding.direction} ${holding.size} ${holding.marketName}` })
  }
  for (const [dealId, holding] of before) {
    if (holdings.has(dealId) || turn.state.closedDeals.has(dealId) || isClosedByUs(turn.state, dealId)) continue
    announceGone(turn, holding)
  }
}

function readyOutcome(state: DeskState) {
  const open = state.holdings.size
  const text = open === 0 ? 'READY: nothing is open' : `READY: ${open} position${open === 1 ? '' : 's'} open`
  return { tone: 'info', text } as const
}

function holdingOf(position: Position): Holding {
  const { dealId, dealReference, epic, marketName, direction, size, level, stopLevel, limitLevel } = position
  const { currency, contractSize, pointsPerUnit } = position
  return {
    dealId,
    reference: dealReference,
    epic,
    marketName,
    direction,
    size,
    level,
    stopLevel,
    limitLevel,
    currency,
    contractSize,
    pointsPerUnit,
    seen: { kind: 'listed' },
  }
}
