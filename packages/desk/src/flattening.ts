import type { DeskEvent } from './desk-event.ts'
import type { DeskState, Flatten, Holding, Outcome } from './desk-state.ts'
import { exposure } from './exposure.ts'
import { approveClose } from './guard.ts'
import { isPending, type OrderId, type TrackedOrder } from './order.ts'
import { bookChanged, postponeReading, putOrder, record, say, type Turn, update } from './turn.ts'
import { withheldWords } from './words.ts'

/**
 * Closes everything, and keeps at it until the broker says that nothing is open: positions known now, and those that
 * orders still in flight turn into. A close is sent again only when the broker provably refused it, or when the trader
 * presses again.
 */
export function flatten(turn: Turn, event: Extract<DeskEvent, { kind: 'intent' }>): void {
  const { reference, atMs, pressedAtMs } = event
  const overtakes = unansweredCloses(turn.state, atMs)
  update(turn, { flatten: { kind: 'running', reference, pressedAtMs, closesSent: 0, overtakes } })
  const positions = turn.state.holdings.size
  record(turn, { kind: 'flatten', atMs, positions })
  const closing = positions === 1 ? 'CLOSING 1 position' : `CLOSING ${positions} positions`
  say(turn, { tone: 'wait', text: positions > 0 ? closing : 'CLOSING: asking the broker what is open' })
  // Whatever was read before the press does not prove flat.
  bookChanged(turn, positions > 0 ? AFTER_CLOSE_MS : 0)
}

const AFTER_CLOSE_MS = 1_500
/** A refused close is tried again after this long, this often in all: our choice. */
const RETRY_AFTER_MS = 500
const CLOSE_TRIES = 3
/**
 * A press no longer waits for the close of an earlier one that has no answer for this long, or whose outcome is unknown
 * for this long (our choices). It names its deal and takes its whole size, so two of them can never open anything.
 */
const UNANSWERED_FOR_MS = 2_500
const UNKNOWN_FOR_MS = 1_000

/** Decided once, when the key is pressed: nothing is sent again by itself. */
function unansweredCloses(state: DeskState, atMs: number): ReadonlySet<OrderId> {
  const closes = [...state.orders.values()].filter(({ purpose }) => purpose.kind === 'close')
  const unanswered = closes.filter(({ stage }) => {
    if (stage.kind === 'sending') return atMs - stage.sinceMs >= UNANSWERED_FOR_MS
    return stage.kind === 'checking' && atMs - stage.sinceMs >= UNKNOWN_FOR_MS
  })
  return new Set(unanswered.map(({ id }) => id))
}

export function advanceFlatten(turn: Turn): void {
  const { flatten: running } = turn.state
  if (running.kind === 'idle') return
  for (const holding of turn.state.holdings.values()) closeIfDue(turn, holding)
  if (!isSettled(turn.state)) return
  const { holdings, workingOrders } = turn.state
  const orders = workingOrders?.length ?? 0
  if (exposure(turn.state) === 'flat') {
    record(turn, { kind: 'flat', atMs: turn.atMs })
    end(turn, { tone: 'good', text: 'FLAT: the broker reports no position and no working order' })
  } else if (holdings.size === 0 && orders === 0) {
    // What appears from here on was not there when the key was pressed.
    const nothing = workingOrders ? 'nothing open' : 'no position'
    end(turn, { tone: 'wait', text: `CLOSED: the broker reports ${nothing}; ${withheldWords(turn.state)}` })
  } else if (holdings.size === 0) {
    const stay = orders === 1 ? '1 working order stays' : `${orders} working orders stay`
    end(turn, { tone: 'bad', text: `NOT FLAT: ${stay}; ${NOT_FLAT_ADVICE}` })
  } else if (hasGivenUp(turn.state)) {
    end(turn, { tone: 'bad', text: `NOT FLAT: a position could not be closed; ${NOT_FLAT_ADVICE}` })
  }
}

const NOT_FLAT_ADVICE = 'press again, or use the broker’s platform'

function end(turn: Turn, outcome: Outcome): void {
  update(turn, { flatten: { kind: 'idle' } })
  say(turn, outcome)
}

function closeIfDue(turn: Turn, holding: Holding): void {
  const running = turn.state.flatten
  if (running.kind === 'idle' || !isCloseDue(turn.state, holding, turn.atMs)) return
  const id = `${running.reference}.${running.closesSent + 1}`
  const order = approveClose(holding)
  const { dealId, direction, size } = order
  update(turn, { flatten: { ...running, closesSent: running.closesSent + 1 } })
  putOrder(turn, {
    id,
    purpose: { kind: 'close', epic: holding.epic, dealId, direction, size },
    reference: null,
    stage: { kind: 'sending', sinceMs: turn.atMs },
    timing: { pressedAtMs: running.pressedAtMs, wireAtMs: null, acknowledgedAtMs: null, confirmedAtMs: null },
  })
  record(turn, { kind: 'about-to-close', atMs: turn.atMs, id, dealId, direction, size: size.toFixed() })
  turn.effects.push({ kind: 'close', id, order })
  bookChanged(turn, AFTER_CLOSE_MS)
  postponeReading(turn, AFTER_CLOSE_MS)
}

function isCloseDue(state: DeskState, holding: Holding, atMs: number): boolean {
  const closes = closesOf(state, holding)
  const last = closes.at(-1)
  if (!last) return true
  const isOfThisPress = belongsTo(state.flatten, last)
  switch (last.stage.kind) {
    case 'acknowledged':
      return false
    case 'sending':
    case 'checking':
      return state.flatten.kind === 'running' && state.flatten.overtakes.has(last.id)
    case 'rejected':
      return !isOfThisPress || (canRetry(state, closes) && atMs >= last.stage.atMs + RETRY_AFTER_MS)
    case 'filled':
      // Confirmed as closed; the list of positions lags behind.
      return !isOfThisPress && !state.closedDeals.has(holding.dealId)
    case 'denied':
    case 'unresolved':
      return !isOfThisPress
  }
}

function canRetry(state: DeskState, closes: readonly TrackedOrder[]): boolean {
  return closes.filter(order => belongsTo(state.flatten, order)).length < CLOSE_TRIES
}

function closesOf(state: DeskState, holding: Holding): readonly TrackedOrder[] {
  return [...state.orders.values()].filter(
    ({ purpose }) => purpose.kind === 'close' && purpose.dealId === holding.dealId,
  )
}

function belongsTo(running: Flatten, order: TrackedOrder): boolean {
  return running.kind === 'running' && order.id.startsWith(`${running.reference}.`)
}

/** Nothing is under way any more, and a trustworthy reading was asked for after the last of it. */
function isSettled(state: DeskState): boolean {
  return state.book.agreedAt === state.book.changes && ![...state.orders.values()].some(isPending)
}

/** No retry is due for what is left. */
function hasGivenUp(state: DeskState): boolean {
  return [...state.holdings.values()].every(holding => {
    const closes = closesOf(state, holding)
    const last = closes.at(-1)
    if (!last || !belongsTo(state.flatten, last)) return false
    return last.stage.kind !== 'rejected' || !canRetry(state, closes)
  })
}

/** When a refused close may be tried again. */
export function flattenDueMs(state: DeskState): number | null {
  if (state.flatten.kind === 'idle') return null
  const due = [...state.holdings.values()].flatMap(holding => {
    const closes = closesOf(state, holding)
    const last = closes.at(-1)
    return last?.stage.kind === 'rejected' && canRetry(state, closes) ? [last.stage.atMs + RETRY_AFTER_MS] : []
  })
  return due.length > 0 ? Math.min(...due) : null
}
