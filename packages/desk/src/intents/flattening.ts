import type { DealId } from '@scalpdesk/sdk'
import { exposure } from '../book/exposure.ts'
import type { Holding } from '../book/holding.ts'
import type { RestingOrder } from '../book/resting-order.ts'
import { ACCOUNT, isWithin, type Scope } from '../book/scope.ts'
import type { IntentEvent } from '../desk-event.ts'
import type { DeskState, Flatten, Outcome } from '../desk-state.ts'
import { callerOf } from '../orders/caller.ts'
import { isPending, type OrderId, type TrackedOrder } from '../orders/order.ts'
import { scopeMarket, whyWithheld } from '../orders/order-texts.ts'
import { bookChanged, record, say, type Turn, update } from '../turn.ts'
import { type Message, message } from '../words/message.ts'
import { sentence } from '../words/sentence.ts'
import { sendCancel } from './cancelling.ts'
import { exitsOf, isOvertakeable, sendClose } from './closing.ts'

/**
 * Cancels every working order and closes every position of a scope, all at once, and keeps at it until the broker says that
 * nothing is left: what is known now, and what orders still in flight turn into. A request is sent again only when the
 * broker provably refused it, or when the trader presses again.
 */
export function flatten(turn: Turn, asked: Scope, { reference, atMs, pressedAtMs }: IntentEvent): void {
  // A market of an account that is being flattened is a press for the account.
  const isWhole = turn.state.flattens.some(({ scope }) => scope.kind === 'account')
  const scope = isWhole ? ACCOUNT : asked
  const { state } = turn
  const started: Flatten = { scope, reference, pressedAtMs, sent: 0, overtakes: overtakenExits(state, atMs) }
  const others = state.flattens.filter(
    ({ scope: other }) => scope.kind === 'market' && other.kind === 'market' && other.epic !== scope.epic,
  )
  update(turn, {
    flattens: [...others, started],
    // What was to come after a close, or to change what is closed now, is not wanted any more.
    reversals: state.reversals.filter(reversal => !isWithin(scope, reversal)),
    legChanges: state.legChanges.filter(change => !isWithin(scope, change)),
  })
  const { positions, orders } = withinScope(state, scope)
  const by = callerOf(turn, reference)
  const held = { positions: positions.length, workingOrders: orders.length }
  record(turn, { kind: 'flatten', atMs, scope, ...held, ...(by && { by }) })
  const closing = { positions: positions.length, orders: orders.length }
  say(turn, 'wait', message('flattening', { market: scopeMarket(state, scope), ...closing }))
  // Whatever was read before the press does not prove flat.
  bookChanged(turn, positions.length + orders.length > 0 ? AFTER_EXIT_MS : 0)
}

const AFTER_EXIT_MS = 1_500
/** A refused request is tried again after this long, this often in all: our choice. */
const RETRY_AFTER_MS = 500
const TRIES = 3

/** Decided once, when the key is pressed: nothing is sent again by itself. */
function overtakenExits(state: DeskState, atMs: number): ReadonlySet<OrderId> {
  const exits = [...state.orders.values()].filter(
    ({ purpose }) => purpose.kind === 'close' || purpose.kind === 'cancel',
  )
  return new Set(exits.filter(order => isOvertakeable(order, atMs)).map(({ id }) => id))
}

export function advanceFlattens(turn: Turn): void {
  for (const { scope } of turn.state.flattens) advance(turn, scope)
}

function advance(turn: Turn, scope: Scope): void {
  const { positions, orders } = withinScope(turn.state, scope)
  for (const order of orders) exitIfDue(turn, scope, order.dealId, (id, at) => sendCancel(turn, order, id, at, true))
  for (const holding of positions)
    exitIfDue(turn, scope, holding.dealId, (id, at) => void sendClose(turn, holding, 'all', id, at))
  if (!isSettled(turn.state, scope)) return
  const running = flattenOf(turn.state, scope)
  if (!running) return
  const left = withinScope(turn.state, scope)
  const market = scopeMarket(turn.state, scope)
  if (exposure(turn.state, scope) === 'flat') {
    const timeToFlatMs = turn.atMs - running.pressedAtMs
    record(turn, { kind: 'flat', atMs: turn.atMs, scope, timeToFlatMs })
    end(turn, scope, 'good', message('flat', { market }))
  } else if (left.positions.length === 0 && left.orders.length === 0) {
    // What appears from here on was not there when the key was pressed.
    const { areOrdersListed } = turn.state
    end(turn, scope, 'wait', message('flat-withheld', { market, areOrdersListed, why: whyWithheld(turn.state) }))
  } else if ([...left.positions, ...left.orders].every(({ dealId }) => hasGivenUp(turn.state, running, dealId))) {
    notFlat(turn, scope, left.positions.length, left.orders.length)
  }
}

function notFlat(turn: Turn, scope: Scope, positions: number, orders: number): void {
  const stays = message('stays-open', { positions, orders })
  record(turn, { kind: 'not-flat', atMs: turn.atMs, scope, words: sentence(stays, 'en') })
  end(turn, scope, 'bad', message('not-flat', { market: scopeMarket(turn.state, scope), stays }))
}

function end(turn: Turn, scope: Scope, tone: Outcome['tone'], told: Message): void {
  update(turn, { flattens: turn.state.flattens.filter(other => other.scope !== scope) })
  say(turn, tone, told)
}

function flattenOf({ flattens }: DeskState, scope: Scope): Flatten | undefined {
  return flattens.find(other => other.scope === scope)
}

function exitIfDue(turn: Turn, scope: Scope, dealId: DealId, send: (id: OrderId, pressedAtMs: number) => void): void {
  const running = flattenOf(turn.state, scope)
  if (!running || !isExitDue(turn.state, running, dealId, turn.atMs)) return
  const sent = running.sent + 1
  const flattens = turn.state.flattens.map(other => (other === running ? { ...running, sent } : other))
  update(turn, { flattens })
  send(`${running.reference}.${sent}`, running.pressedAtMs)
}

function isExitDue(state: DeskState, running: Flatten, dealId: DealId, atMs: number): boolean {
  const exits = exitsOf(state, dealId)
  const last = exits.at(-1)
  if (!last) return true
  // Whatever another press sent since.
  if (!canRetry(running, exits)) return false
  const isOfThisPress = belongsTo(running, last)
  switch (last.stage.kind) {
    case 'acknowledged':
      return false
    case 'sending':
    case 'checking':
      return running.overtakes.has(last.id)
    case 'rejected':
      return !isOfThisPress || atMs >= last.stage.atMs + RETRY_AFTER_MS
    case 'done':
      // Confirmed as closed; the list lags behind.
      return !isOfThisPress && !state.closedDeals.has(dealId)
    case 'denied':
    case 'unresolved':
      return !isOfThisPress
  }
}

function canRetry(running: Flatten, exits: readonly TrackedOrder[]): boolean {
  return exits.filter(order => belongsTo(running, order)).length < TRIES
}

function belongsTo({ reference }: Flatten, { id }: TrackedOrder): boolean {
  return id.startsWith(`${reference}.`)
}

interface Within {
  readonly positions: readonly Holding[]
  readonly orders: readonly RestingOrder[]
}

function withinScope({ holdings, resting }: DeskState, scope: Scope): Within {
  return {
    positions: [...holdings.values()].filter(holding => isWithin(scope, holding)),
    orders: [...resting.values()].filter(order => isWithin(scope, order)),
  }
}

/** Nothing is under way any more, and a trustworthy reading was asked for after the last of it. */
function isSettled(state: DeskState, scope: Scope): boolean {
  const isUnderWay = [...state.orders.values()].some(order => isPending(order) && isWithin(scope, order.purpose))
  return state.book.agreedAt === state.book.changes && !isUnderWay
}

/** No retry is due for what is left. */
function hasGivenUp(state: DeskState, running: Flatten, dealId: DealId): boolean {
  const exits = exitsOf(state, dealId)
  const last = exits.at(-1)
  if (!canRetry(running, exits)) return true
  return last !== undefined && belongsTo(running, last) && last.stage.kind !== 'rejected'
}

/** When a refused request may be tried again. */
export function flattenDueMs(state: DeskState): number | null {
  const due = state.flattens.flatMap(running => {
    const { positions, orders } = withinScope(state, running.scope)
    return [...positions, ...orders].flatMap(({ dealId }) => {
      const exits = exitsOf(state, dealId)
      const last = exits.at(-1)
      return last?.stage.kind === 'rejected' && canRetry(running, exits) ? [last.stage.atMs + RETRY_AFTER_MS] : []
    })
  })
  return due.length > 0 ? Math.min(...due) : null
}
