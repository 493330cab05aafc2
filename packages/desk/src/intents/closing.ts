import type { DealId } from '@scalpdesk/sdk'
import type { Holding } from '../book/holding.ts'
import type { IntentEvent } from '../desk-event.ts'
import type { DeskState } from '../desk-state.ts'
import { approveClose } from '../guard/approved.ts'
import type { SizeSteps } from '../guard/part-size.ts'
import type { OrderId, TrackedOrder } from '../orders/order.ts'
import { positionText } from '../orders/order-texts.ts'
import { sendOrder } from '../orders/sending.ts'
import { bookChanged, postponeReading, readBookIn, say, type Turn } from '../turn.ts'
import { message } from '../words/message.ts'
import type { ClosingText } from '../words/things.ts'
import { denied } from './entering.ts'
import type { Part } from './intent.ts'

/** Closes one position, or a part of it, once. What is refused is told and not sent again. */
export function close(turn: Turn, dealId: DealId, part: Part, { reference, pressedAtMs }: IntentEvent): void {
  const holding = turn.state.holdings.get(dealId)
  if (!holding) {
    say(turn, 'bad', message('nothing-to-close', { dealId }))
    return readBookIn(turn, 0)
  }
  if (isBeingClosed(turn.state, dealId, turn.atMs))
    return say(turn, 'wait', message('closing-already', { position: closingText(holding, holding.size) }))
  const steps = turn.state.contracts.get(holding.epic)?.terms ?? null
  const sent = sendClose(turn, holding, part, `${reference}.1`, pressedAtMs, steps)
  if (sent) say(turn, 'wait', message('closing', { position: closingText(holding, sent.size) }))
}

function closingText(holding: Holding, size: Holding['size']): ClosingText {
  return { ...positionText({ ...holding, size }), of: size.lt(holding.size) ? holding.size.toFixed() : null }
}

/** A reading is due once the confirm should have come. */
const AFTER_CLOSE_MS = 1_500

/**
 * Never waits for the guard: what names its deal and takes at most its size can open nothing.
 * @param steps of sizes in the market; null sends the part as it is
 * @returns null when there was nothing to send, which is said
 */
export function sendClose(
  turn: Turn,
  holding: Holding,
  part: Part,
  id: OrderId,
  pressedAtMs: number,
  steps: SizeSteps | null = null,
): { readonly size: Holding['size'] } | null {
  const { dealId, epic, direction, size: heldSize } = holding
  const verdict = approveClose(dealId, part, turn.state.holdings, steps)
  if (verdict.kind === 'denied') {
    denied(turn, { kind: 'close' }, verdict.denial)
    return null
  }
  const { order } = verdict
  const { size } = order
  sendOrder(turn, {
    effect: { kind: 'close', id, order },
    purpose: { kind: 'close', epic, dealId, direction, size, heldSize },
    announcement: {
      kind: 'about-to-close',
      atMs: turn.atMs,
      id,
      dealId,
      epic,
      direction: order.direction,
      size: size.toFixed(),
      heldSize: heldSize.toFixed(),
    },
    pressedAtMs,
    isEntry: false,
  })
  bookChanged(turn, AFTER_CLOSE_MS)
  postponeReading(turn, AFTER_CLOSE_MS)
  return { size }
}

/**
 * A press no longer waits for what an earlier one sent when that has no answer for this long, or when its outcome is unknown
 * for this long (our choices), and never for one of an earlier run. It names its deal, so two of them can never open anything.
 */
const UNANSWERED_FOR_MS = 2_500
const UNKNOWN_FOR_MS = 1_000

export function isOvertakeable({ stage }: TrackedOrder, atMs: number): boolean {
  if (stage.kind === 'sending') return atMs - stage.sinceMs >= UNANSWERED_FOR_MS
  return stage.kind === 'checking' && (stage.isOfEarlierRun === true || atMs - stage.sinceMs >= UNKNOWN_FOR_MS)
}

/** The closes or the cancellations that were sent for a deal, oldest first. */
export function exitsOf({ orders }: DeskState, dealId: DealId): readonly TrackedOrder[] {
  return [...orders.values()].filter(
    ({ purpose }) => (purpose.kind === 'close' || purpose.kind === 'cancel') && purpose.dealId === dealId,
  )
}

/** A press for it now would double what is under way. */
export function isBeingClosed(state: DeskState, dealId: DealId, atMs: number): boolean {
  const last = exitsOf(state, dealId).at(-1)
  if (!last) return false
  if (last.stage.kind === 'sending' || last.stage.kind === 'checking') return !isOvertakeable(last, atMs)
  return last.stage.kind === 'acknowledged'
}
