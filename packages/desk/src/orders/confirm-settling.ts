import type { AcceptedOutcome, Confirm, ConfirmOutcome, DealId } from '@scalpdesk/sdk'
import {
  changeLegs,
  dropDeal,
  endedDeals,
  holdConfirmed,
  isClosedByUs,
  openedDeals,
  reduceHolding,
} from '../book/holdings.ts'
import { restConfirmed } from '../book/resting-orders.ts'
import { doubt, endDoubt } from '../book/unlisted.ts'
import { dealOf } from '../day/day.ts'
import { AFTER_UPDATE_MS, bookChanged, patchOrder, say, type Turn, update } from '../turn.ts'
import { unreachable } from '../unreachable.ts'
import { message } from '../words/message.ts'
import { orderOf } from './confirm-match.ts'
import {
  type AmendPurpose,
  type CancelPurpose,
  type ClosePurpose,
  canSettle,
  isRefused,
  type OpenPurpose,
  type PlacePurpose,
  type TrackedOrder,
} from './order.ts'
import { finish, reject, type SettledBy, tellResult } from './order-ends.ts'
import { closedMessage, filledMessage, legsText, orderText, resultText } from './order-texts.ts'
import { stamp } from './timing.ts'

/** Confirms that came before their acknowledgement, kept for it. */
const EARLY_KEPT = 20

export function onStreamedConfirm(turn: Turn, confirm: Confirm): void {
  const order = orderOf(turn.state, confirm)
  if (order) return onConfirm(turn, order, confirm, 'stream')
  // Whichever of our closes it belongs to: the deal is over.
  if (confirm.outcome.kind === 'accepted')
    for (const dealId of endedDeals(confirm, confirm.outcome))
      if (isClosedByUs(turn.state, dealId)) dropDeal(turn, dealId)
  doubtOpened(turn, confirm)
  update(turn, { earlyConfirms: [...turn.state.earlyConfirms.slice(1 - EARLY_KEPT), confirm] })
  bookChanged(turn, AFTER_UPDATE_MS)
}

/** Somebody else's, or of a request of ours that nobody has named yet: the lists may not show for seconds what it opened. */
function doubtOpened(turn: Turn, confirm: Confirm): void {
  const { outcome, reference } = confirm
  if (outcome.kind !== 'accepted') return
  for (const dealId of openedDeals(confirm, outcome)) {
    const { holdings, resting, closedDeals } = turn.state
    if (!holdings.has(dealId) && !resting.has(dealId) && !closedDeals.has(dealId)) doubt(turn, dealId, { reference })
  }
}

/** The first word about an order that still needs one settles it; a later one changes nothing. */
export function onConfirm(turn: Turn, order: TrackedOrder, confirm: Confirm, by: SettledBy): void {
  const { outcome } = confirm
  if (!canSettle(order)) {
    tellLateResult(turn, order, outcome, by)
    if (!isRefused(order) || outcome.kind === 'rejected') return
    say(turn, 'bad', message('dealt-although-refused', { order: orderText(turn.state, order) }))
    return bookChanged(turn, 0)
  }
  stamp(turn, order.id, { confirmedAtMs: turn.atMs })
  if (outcome.kind === 'rejected') return reject(turn, order, outcome.reason)
  const settled: Settled = { turn, order, confirm, outcome, by }
  const { purpose } = order
  switch (purpose.kind) {
    case 'open':
      return opened(settled, purpose)
    case 'close':
      return closed(settled, purpose)
    case 'amend':
      return amended(settled, purpose)
    case 'place':
      return placed(settled, purpose)
    case 'cancel':
      return cancelled(settled, purpose)
    default:
      return unreachable(purpose)
  }
}

/** A close that the list has settled is told by its confirm what it brought; not to the day where it was one of an earlier day. */
function tellLateResult(
  turn: Turn,
  { id, purpose, stage }: TrackedOrder,
  outcome: ConfirmOutcome,
  by: SettledBy,
): void {
  if (purpose.kind !== 'close' || stage.kind !== 'done' || stage.profit || outcome.kind !== 'accepted') return
  const { level, size, profit, profitCurrency } = outcome
  if (!profit) return
  patchOrder(turn, id, { stage: { ...stage, level, profit } })
  if (!dealOf(turn.state.day, purpose.dealId)) return
  tellResult(turn, id, purpose, { dealId: purpose.dealId, level, size, profit, profitCurrency }, by)
}

interface Settled {
  readonly turn: Turn
  readonly order: TrackedOrder
  readonly confirm: Confirm
  readonly outcome: AcceptedOutcome
  readonly by: SettledBy
}

/** Our choice: the confirm has told what was opened, so the list is in no hurry and merges with what else comes. */
const AFTER_FILL_MS = 3_000

function opened({ turn, order, confirm, outcome, by }: Settled, purpose: OpenPurpose): void {
  for (const dealId of endedDeals(confirm, outcome)) dropDeal(turn, dealId)
  for (const dealId of openedDeals(confirm, outcome)) holdConfirmed(turn, order, dealId, outcome)
  const { level, size, stopLevel } = outcome
  finish(turn, order, { dealId: madeBy(confirm, outcome), level, size, profit: null, profitCurrency: null }, by)
  say(turn, 'good', filledMessage(turn.state, purpose, level, stopLevel))
  // Only the list says what protects a position: where the confirm names no stop that was wanted, it is asked at once.
  const isStopTold = stopLevel !== null || outcome.stopDistancePoints !== null
  bookChanged(turn, purpose.stopPoints && !isStopTold ? 0 : AFTER_FILL_MS)
}

function closed({ turn, order, confirm, outcome, by }: Settled, purpose: ClosePurpose): void {
  const ended = endedDeals(confirm, outcome)
  for (const dealId of ended) dropDeal(turn, dealId)
  if (!ended.includes(purpose.dealId)) reduceHolding(turn, purpose)
  const { level, size, profit, profitCurrency } = outcome
  finish(turn, order, { dealId: purpose.dealId, level, size, profit, profitCurrency }, by)
  say(turn, 'good', closedMessage(turn.state, purpose, level, resultText(confirm)))
  bookChanged(turn, 0)
}

function amended({ turn, order, outcome, by }: Settled, purpose: AmendPurpose): void {
  const { dealId, after } = purpose
  // The broker may have put a stop that trails elsewhere by now, and says so.
  const legs = { ...after, stopLevel: after.stopLevel && (outcome.stopLevel ?? after.stopLevel) }
  changeLegs(turn, dealId, legs)
  finish(turn, order, { dealId, level: null, size: null, profit: null, profitCurrency: null }, by)
  say(turn, 'good', message('amended', { legs: legsText(turn.state, purpose.epic, legs) }))
  bookChanged(turn, AFTER_FILL_MS)
}

function placed({ turn, order, confirm, outcome, by }: Settled, purpose: PlacePurpose): void {
  const dealId = madeBy(confirm, outcome)
  restConfirmed(turn, purpose, dealId, outcome)
  const { level, size } = outcome
  finish(turn, order, { dealId, level, size, profit: null, profitCurrency: null }, by)
  say(turn, 'good', message('resting', { order: orderText(turn.state, order) }))
  bookChanged(turn, AFTER_FILL_MS)
}

/** The deal that it says was opened counts more than the one that it names. */
function madeBy(confirm: Confirm, outcome: AcceptedOutcome): DealId {
  return openedDeals(confirm, outcome)[0] ?? confirm.dealId
}

function cancelled({ turn, order, by }: Settled, { dealId }: CancelPurpose): void {
  dropDeal(turn, dealId)
  endDoubt(turn, other => other === dealId)
  finish(turn, order, { dealId, level: null, size: null, profit: null, profitCurrency: null }, by)
  say(turn, 'good', message('cancelled'))
  bookChanged(turn, 0)
}
