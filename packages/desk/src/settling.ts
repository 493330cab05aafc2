import type { Confirm, DealId, Submission, TradeEvent } from '@scalpdesk/sdk'
import { firstPoll } from './confirm-polling.ts'
import type { Holding } from './desk-state.ts'
import { dropHolding, endedDeals, holdConfirmed, isClosedByUs, isRefused, openedDeals } from './held-deals.ts'
import { sayMissingStops } from './missing-stop.ts'
import { isPending, type OrderId, type TrackedOrder, unreachable } from './order.ts'
import { check, deny, finish, giveUp, reject } from './order-ends.ts'
import { onFeed, onPositionUpdate } from './trade-feed.ts'
import { AFTER_UPDATE_MS, bookChanged, patchOrder, record, say, type Turn, update } from './turn.ts'
import { closedWords, contradictionWords, openedWords, profitWords } from './words.ts'

/**
 * Works out what became of an order: the answer to the request, then the confirm, streamed or polled, whichever comes
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
      if (isPending(order)) deny(turn, order, `nothing was sent: ${submission.cause.message}`)
      return
    case 'unknown':
      if (isPending(order)) check(turn, order, submission.cause.message)
      return
    default:
      return unreachable(submission)
  }
}

export function onWire(turn: Turn, id: OrderId): void {
  const order = turn.state.orders.get(id)
  if (order) patchOrder(turn, id, { timing: { ...order.timing, wireAtMs: turn.atMs } })
}

/** An entry whose record could not be written was not sent. */
export function onJournalFailed(turn: Turn, id: OrderId, cause: Error): void {
  const order = turn.state.orders.get(id)
  if (order) deny(turn, order, `the journal cannot be written: ${cause.message}`)
}

export function onTrade(turn: Turn, trade: TradeEvent): void {
  switch (trade.kind) {
    case 'confirm':
      return settle(turn, trade.confirm, 'stream')
    case 'position':
      return onPositionUpdate(turn, trade.update)
    case 'feed':
      return onFeed(turn, trade.state)
    case 'working-order':
    case 'unreadable':
      return bookChanged(turn, 0)
    default:
      return unreachable(trade)
  }
}

export function onConfirmFound(turn: Turn, id: OrderId, confirm: Confirm | null): void {
  const order = turn.state.orders.get(id)
  if (confirm && order) onConfirm(turn, order, confirm, 'poll')
}

/** A close whose answer was lost, and whose position is still listed after this long, did not happen. */
const CLOSE_LOST_MS = 5_000

/**
 * What the broker's list, asked for at `askedAtMs`, says about orders whose outcome is unknown. `listed` is the list as
 * it came and proves a presence; the desk's holdings, that list corrected by what it cannot show yet, prove an absence.
 */
export function settleByBook(turn: Turn, listed: ReadonlyMap<DealId, Holding>, askedAtMs: number): void {
  const orders = [...turn.state.orders.values()]
  for (const order of orders) {
    const { stage, purpose } = order
    if (stage.kind !== 'checking' && stage.kind !== 'unresolved') continue
    if (purpose.kind === 'open') {
      const holding = [...listed.values()].find(other => other.reference === order.reference)
      if (holding)
        fillOpen(turn, order, { dealId: holding.dealId, level: holding.level, stop: holding.stopLevel }, 'book')
    } else if (!turn.state.holdings.has(purpose.dealId)) {
      const isTold = orders.some(other => other.stage.kind === 'filled' && endsSameDeal(order, other))
      dropHolding(turn, purpose.dealId)
      finish(turn, order, { dealId: purpose.dealId, level: null, profit: null }, 'book')
      if (!isTold) say(turn, { tone: 'good', text: closedWords(turn.state, order, null, null) })
    } else if (stage.kind === 'checking' && listed.has(purpose.dealId) && askedAtMs - stage.sinceMs >= CLOSE_LOST_MS) {
      giveUp(turn, order, 'the position is still listed')
    }
  }
}

const endsSameDeal = ({ purpose }: TrackedOrder, other: TrackedOrder): boolean =>
  purpose.kind === 'close' && other.purpose.kind === 'close' && other.purpose.dealId === purpose.dealId

function onAcknowledged(turn: Turn, order: TrackedOrder, answer: Extract<Submission, { kind: 'acknowledged' }>): void {
  const { reference, acknowledgedAtMs } = answer
  record(turn, { kind: 'acknowledged', atMs: turn.atMs, id: order.id, reference })
  const timing = { ...order.timing, acknowledgedAtMs }
  if (!isPending(order)) return patchOrder(turn, order.id, { reference, timing })
  const stage = { kind: 'acknowledged', sinceMs: turn.atMs, polls: firstPoll(turn) } as const
  patchOrder(turn, order.id, { reference, timing, stage })
  const early = turn.state.earlyConfirms.find(confirm => confirm.reference === reference)
  if (early) settle(turn, early, 'stream')
}

type SettledBy = 'stream' | 'poll' | 'book'

/** Confirms that came before their acknowledgement, kept for it. */
const EARLY_KEPT = 20

function settle(turn: Turn, confirm: Confirm, by: SettledBy): void {
  const order = orderOf(turn, confirm)
  if (order) return onConfirm(turn, order, confirm, by)
  // Whichever of our closes it belongs to: the deal is over.
  if (confirm.outcome.kind === 'accepted')
    for (const dealId of endedDeals(confirm, confirm.outcome))
      if (isClosedByUs(turn.state, dealId)) dropHolding(turn, dealId)
  update(turn, { earlyConfirms: [...turn.state.earlyConfirms.slice(1 - EARLY_KEPT), confirm] })
  bookChanged(turn, AFTER_UPDATE_MS)
}

function onConfirm(turn: Turn, order: TrackedOrder, confirm: Confirm, by: SettledBy): void {
  if (canSettle(order)) return settleOrder(turn, order, confirm, by)
  if (!isRefused(order) || confirm.outcome.kind === 'rejected') return
  say(turn, { tone: 'bad', text: contradictionWords(order) })
  bookChanged(turn, 0)
}

const canSettle = (order: TrackedOrder): boolean => isPending(order) || order.stage.kind === 'unresolved'

/**
 * By reference; a close that has no reference yet by the deal that it ends, which IG's confirm names. Where two closes
 * of one deal wait, it is not guessed: the acknowledgement or the list will tell.
 */
function orderOf(turn: Turn, confirm: Confirm): TrackedOrder | undefined {
  const orders = [...turn.state.orders.values()]
  const named = orders.find(order => order.reference === confirm.reference)
  if (named || confirm.outcome.kind === 'rejected') return named
  const ended = new Set(endedDeals(confirm, confirm.outcome))
  const candidates = orders.filter(
    order =>
      order.purpose.kind === 'close' && order.reference === null && canSettle(order) && ended.has(order.purpose.dealId),
  )
  return candidates.length === 1 ? candidates[0] : undefined
}

/** Our choice: the confirm has told what was opened, so the list is in no hurry and merges with what else comes. */
const AFTER_FILL_MS = 3_000

function settleOrder(turn: Turn, order: TrackedOrder, confirm: Confirm, by: SettledBy): void {
  const { outcome } = confirm
  patchOrder(turn, order.id, { timing: { ...order.timing, confirmedAtMs: turn.atMs } })
  const timed = turn.state.orders.get(order.id) ?? order
  if (outcome.kind === 'rejected') return reject(turn, timed, outcome.reason)
  const ended = endedDeals(confirm, outcome)
  if (order.purpose.kind === 'open') {
    for (const dealId of ended) dropHolding(turn, dealId)
    for (const dealId of openedDeals(confirm, outcome)) holdConfirmed(turn, timed, dealId, outcome)
    fillOpen(turn, timed, { dealId: confirm.dealId, level: outcome.level, stop: outcome.stopLevel }, by)
    sayMissingStops(turn)
    return bookChanged(turn, AFTER_FILL_MS)
  }
  for (const dealId of ended) dropHolding(turn, dealId)
  const { level, profit } = outcome
  finish(turn, timed, { dealId: order.purpose.dealId, level, profit }, by)
  say(turn, { tone: 'good', text: closedWords(turn.state, timed, level, profitWords(confirm)) })
  bookChanged(turn, 0)
}

function fillOpen(
  turn: Turn,
  order: TrackedOrder,
  deal: { dealId: DealId; level: Holding['level'] | null; stop: Holding['stopLevel'] },
  by: SettledBy,
): void {
  finish(turn, order, { dealId: deal.dealId, level: deal.level, profit: null }, by)
  say(turn, { tone: 'good', text: openedWords(turn.state, order, deal.level, deal.stop) })
}
