import type { DeskEvent } from './desk-event.ts'
import type { DeskState, Flatten, Holding } from './desk-state.ts'
import { exposure } from './exposure.ts'
import { approveClose } from './guard.ts'
import { isPending, type TrackedOrder } from './order.ts'
import { bookChanged, putOrder, record, type Turn, tell, update } from './turn.ts'

/**
 * Closes everything, and keeps at it until the broker says flat: positions known now, and those that orders still in
 * flight turn into. A close is sent again only when the broker provably refused it, or when the trader presses again.
 */
export function flatten(turn: Turn, event: Extract<DeskEvent, { kind: 'intent' }>): void {
  const { reference, atMs, pressedAtMs } = event
  update(turn, { flatten: { kind: 'running', reference, pressedAtMs, closesSent: 0 } })
  const positions = turn.state.holdings.size
  record(turn, { kind: 'flatten', atMs, positions })
  const closing = positions === 1 ? 'CLOSING 1 position' : `CLOSING ${positions} positions`
  tell(turn, { tone: 'wait', text: positions > 0 ? closing : 'CLOSING: asking the broker what is open' })
  // Whatever was read before the press does not prove flat.
  bookChanged(turn, positions > 0 ? AFTER_CLOSE_MS : 0)
}

const AFTER_CLOSE_MS = 1_500
/** A refused close is tried again after this long, this often in all: our choice. */
const RETRY_AFTER_MS = 500
const CLOSE_TRIES = 3
/** An earlier press's close of unknown outcome is no longer waited for after this long when the trader presses again. */
const UNKNOWN_FOR_MS = 3_000

export function advanceFlatten(turn: Turn): void {
  const { flatten: running } = turn.state
  if (running.kind === 'idle') return
  for (const holding of turn.state.holdings.values()) closeIfDue(turn, holding)
  const word = exposure(turn.state)
  if (word === 'flat') {
    update(turn, { flatten: { kind: 'idle' } })
    record(turn, { kind: 'flat', atMs: turn.atMs })
    tell(turn, { tone: 'good', text: 'FLAT: the broker reports no position and no working order' })
  } else if (hasGivenUp(turn.state)) {
    update(turn, { flatten: { kind: 'idle' } })
    const orders = turn.state.workingOrders?.length ?? 0
    const stay = orders === 1 ? '1 working order stays' : `${orders} working orders stay`
    const left = turn.state.holdings.size > 0 ? 'a position could not be closed' : stay
    tell(turn, { tone: 'bad', text: `NOT FLAT: ${left}; press again, or use the broker’s platform` })
  }
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
    stage: { kind: 'sending' },
    timing: { pressedAtMs: running.pressedAtMs, wireAtMs: null, acknowledgedAtMs: null, confirmedAtMs: null },
  })
  record(turn, { kind: 'about-to-close', atMs: turn.atMs, id, dealId, direction, size: size.toFixed() })
  turn.effects.push({ kind: 'close', id, order })
  bookChanged(turn, AFTER_CLOSE_MS)
}

function isCloseDue(state: DeskState, holding: Holding, atMs: number): boolean {
  const closes = closesOf(state, holding)
  const last = closes.at(-1)
  if (!last) return true
  const isOfThisPress = belongsTo(state.flatten, last)
  switch (last.stage.kind) {
    case 'sending':
    case 'acknowledged':
      return false
    case 'checking':
      return !isOfThisPress && atMs - last.stage.sinceMs >= UNKNOWN_FOR_MS
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

/** Nothing is under way any more, a trustworthy reading shows that something is left, and no retry is due. */
function hasGivenUp(state: DeskState): boolean {
  if (state.book.agreedAt !== state.book.changes || [...state.orders.values()].some(isPending)) return false
  const left = [...state.holdings.values()]
  if (left.length === 0) return (state.workingOrders?.length ?? 0) > 0
  return left.every(holding => {
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
