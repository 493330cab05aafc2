import type { DealId, Position } from '@scalpdesk/sdk'
import type { BrokerBook } from './desk-event.ts'
import type { DeskState, Holding } from './desk-state.ts'
import { announceGone, isClosedByUs, isRefused } from './held-deals.ts'
import { sayMissingStops } from './missing-stop.ts'
import { settleByBook } from './settling.ts'
import { bookChanged, readBookIn, record, say, type Turn, update } from './turn.ts'

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
  return state.flatten.kind === 'running' || [...state.orders.values()].some(order => order.stage.kind === 'checking')
}

export function onBookRead(turn: Turn, ask: number, read: BrokerBook): void {
  const { reading } = turn.state.book
  if (reading?.ask !== ask) return
  const isFirst = turn.state.book.agreedAt === null
  const isPartial = read.workingOrders === null
  if (isPartial && (isFirst || turn.state.workingOrders)) say(turn, { tone: 'bad', text: PARTIAL_WORDS })
  const listed = new Map(read.positions.map(position => [position.dealId, holdingOf(position)]))
  const before = turn.state.holdings
  const { holdings, isLagging } = reconcile(turn.state, listed, reading.askedAtMs)
  const closedDeals = new Map([...turn.state.closedDeals].filter(([, atMs]) => turn.atMs - atMs < LIST_LAG_MS))
  update(turn, { holdings, closedDeals, workingOrders: read.workingOrders })
  settleByBook(turn, listed, reading.askedAtMs)
  announce(turn, before, isFirst)
  sayMissingStops(turn)
  const { book } = turn.state
  const agreedAt = isLagging ? book.agreedAt : reading.changes
  update(turn, { book: { ...book, reading: null, agreedAt, failures: isPartial ? book.failures + 1 : 0 } })
  readBookIn(turn, isPartial ? failedReadMs(book) : isLagging ? LAGGING_READ_MS : IDLE_READ_MS)
  if (isFirst && agreedAt !== null) say(turn, readyOutcome(turn.state))
}

const PARTIAL_WORDS = 'the broker does not list the working orders; positions are known, FLAT is withheld, asking again'

export function onBookFailed(turn: Turn, ask: number, cause: Error): void {
  const { book } = turn.state
  if (book.reading?.ask !== ask) return
  update(turn, { book: { ...book, reading: null, failures: book.failures + 1 } })
  say(turn, { tone: 'bad', text: `the broker does not say what is open: ${cause.message}; asking again` })
  // What was read before is not proven any more.
  bookChanged(turn, failedReadMs(book))
}

function failedReadMs({ failures }: DeskState['book']): number {
  return Math.min(FAILED_READ_MS * 2 ** failures, IDLE_READ_MS)
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
    say(turn, { tone: 'info', text: `${where}: ${holding.direction} ${holding.size} ${holding.marketName}` })
  }
  for (const [dealId, holding] of before) {
    if (holdings.has(dealId) || turn.state.closedDeals.has(dealId) || isClosedByUs(turn.state, dealId)) continue
    announceGone(turn, holding)
  }
}

function readyOutcome(state: DeskState) {
  const open = state.holdings.size
  const nothing = state.workingOrders ? 'nothing is open' : 'no position is open; the working orders are not known'
  const text = `READY: ${open === 0 ? nothing : `${open} position${open === 1 ? '' : 's'} open`}`
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
