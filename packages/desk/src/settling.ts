import type { Confirm, DealId, Submission, TradeEvent } from '@scalpdesk/sdk'
import type { Holding } from './desk-state.ts'
import { dropHolding, endedDeals, holdConfirmed, onPositionGone, openedDeals } from './held-deals.ts'
import { isPending, type OrderId, type TrackedOrder, unreachable } from './order.ts'
import { bookChanged, patchOrder, readBookIn, record, type Turn, tell, update } from './turn.ts'
import { closedWords, openedWords, orderWords, profitWords } from './words.ts'

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
      if (trade.update.status === 'deleted') onPositionGone(turn, trade.update.dealId)
      return bookChanged(turn, AFTER_UPDATE_MS)
    case 'working-order':
    case 'unreadable':
      return bookChanged(turn, 0)
    default:
      return unreachable(trade)
  }
}

export function onConfirmFound(turn: Turn, id: OrderId, confirm: Confirm | null): void {
  const order = turn.state.orders.get(id)
  if (confirm && order && canSettle(order)) settleOrder(turn, order, confirm, 'poll')
}

/** With a live stream its confirm is expected first; the poll is the fallback (our choice). */
const FIRST_POLL_MS = 250
const SLOWEST_POLL_MS = 5_000
/** An acknowledged order without a confirm for this long is shown as being checked. */
const CONFIRM_LATE_MS = 3_000
/** IG keeps a confirm for about a minute (IG Labs, REST API reference, "Positions", GET /confirms). */
const CONFIRM_KEPT_MS = 60_000
/** A position update and its confirm come together: one reading serves both. */
const AFTER_UPDATE_MS = 150
/** A close whose answer was lost, and whose position is still listed after this long, did not happen. */
const CLOSE_LOST_MS = 5_000

/** Asks for the confirms that are due, and gives up on what no longer can be found. */
export function pollConfirms(turn: Turn): void {
  for (const order of turn.state.orders.values()) {
    const { stage } = order
    if (stage.kind !== 'acknowledged' && stage.kind !== 'checking') continue
    if (turn.atMs < stage.polls.nextAtMs) continue
    const waitedMs = turn.atMs - stage.sinceMs
    if (waitedMs >= CONFIRM_KEPT_MS) {
      giveUp(turn, order, 'no answer was found in a minute')
      continue
    }
    const { asked } = stage.polls
    const polls = { asked: asked + 1, nextAtMs: turn.atMs + Math.min(FIRST_POLL_MS * 2 ** asked, SLOWEST_POLL_MS) }
    if (stage.kind === 'acknowledged' && waitedMs >= CONFIRM_LATE_MS) {
      check(turn, order, 'its confirm did not come', { sinceMs: stage.sinceMs, polls })
    } else {
      patchOrder(turn, order.id, { stage: { ...stage, polls } })
    }
    if (order.reference) turn.effects.push({ kind: 'find-confirm', id: order.id, reference: order.reference })
    if (stage.kind === 'checking') readBookIn(turn, 0)
  }
}

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
      if (!isTold) tell(turn, { tone: 'good', text: closedWords(turn.state, order, null, null) })
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
  const firstPollMs = turn.state.stream.kind === 'live' ? FIRST_POLL_MS : 0
  const polls = { asked: 0, nextAtMs: turn.atMs + firstPollMs }
  patchOrder(turn, order.id, { reference, timing, stage: { kind: 'acknowledged', sinceMs: turn.atMs, polls } })
  const early = turn.state.earlyConfirms.find(confirm => confirm.reference === reference)
  if (early) settle(turn, early, 'stream')
}

type SettledBy = 'stream' | 'poll' | 'book'

/** Confirms that came before their acknowledgement, kept for it. */
const EARLY_KEPT = 20

function settle(turn: Turn, confirm: Confirm, by: SettledBy): void {
  const order = orderOf(turn, confirm)
  if (order) {
    if (canSettle(order)) settleOrder(turn, order, confirm, by)
    return
  }
  update(turn, { earlyConfirms: [...turn.state.earlyConfirms.slice(1 - EARLY_KEPT), confirm] })
  bookChanged(turn, AFTER_UPDATE_MS)
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
    return bookChanged(turn, AFTER_UPDATE_MS)
  }
  for (const dealId of ended) dropHolding(turn, dealId)
  const { level, profit } = outcome
  finish(turn, timed, { dealId: order.purpose.dealId, level, profit }, by)
  tell(turn, { tone: 'good', text: closedWords(turn.state, timed, level, profitWords(confirm)) })
  bookChanged(turn, 0)
}

function fillOpen(
  turn: Turn,
  order: TrackedOrder,
  deal: { dealId: DealId; level: Holding['level'] | null; stop: Holding['stopLevel'] },
  by: SettledBy,
): void {
  finish(turn, order, { dealId: deal.dealId, level: deal.level, profit: null }, by)
  tell(turn, { tone: 'good', text: openedWords(turn.state, order, deal.level, deal.stop) })
}

function finish(
  turn: Turn,
  order: TrackedOrder,
  deal: { dealId: DealId; level: Holding['level'] | null; profit: Holding['level'] | null },
  by: SettledBy,
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

function reject(turn: Turn, order: TrackedOrder, reason: string): void {
  patchOrder(turn, order.id, { stage: { kind: 'rejected', reason, atMs: turn.atMs } })
  record(turn, { kind: 'rejected', atMs: turn.atMs, id: order.id, reason })
  tell(turn, { tone: 'bad', text: `REJECTED by the broker, ${orderWords(order)}: ${reason}` })
  bookChanged(turn, 0)
}

function deny(turn: Turn, order: TrackedOrder, reason: string): void {
  patchOrder(turn, order.id, { stage: { kind: 'denied', reason } })
  record(turn, { kind: 'denied', atMs: turn.atMs, intent: orderWords(order), code: 'not-sent', words: reason })
  tell(turn, { tone: 'bad', text: `DENIED ${orderWords(order)}: ${reason}` })
}

function check(
  turn: Turn,
  order: TrackedOrder,
  cause: string,
  since = { sinceMs: turn.atMs, polls: { asked: 0, nextAtMs: turn.atMs } },
): void {
  patchOrder(turn, order.id, { stage: { kind: 'checking', cause, ...since } })
  record(turn, { kind: 'unknown', atMs: turn.atMs, id: order.id, cause })
  const words = `UNKNOWN, CHECKING: ${orderWords(order)} was sent and ${cause}; it is not sent again`
  tell(turn, { tone: 'wait', text: words })
  bookChanged(turn, 0)
}

function giveUp(turn: Turn, order: TrackedOrder, cause: string): void {
  patchOrder(turn, order.id, { stage: { kind: 'unresolved', cause, sinceMs: turn.atMs } })
  record(turn, { kind: 'unresolved', atMs: turn.atMs, id: order.id, cause })
  const advice = order.purpose.kind === 'open' ? 'look at the broker’s platform' : 'press the key to close again'
  tell(turn, { tone: 'bad', text: `UNKNOWN: ${orderWords(order)}, ${cause}; ${advice}` })
  bookChanged(turn, 0)
}
