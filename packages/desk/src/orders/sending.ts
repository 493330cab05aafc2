import { brokersNow } from '../book/brokers-time.ts'
import type { OrderEffect } from '../effect.ts'
import type { Announcement } from '../journal/record.ts'
import { putOrder, type Turn, wallMs } from '../turn.ts'
import { callerOf } from './caller.ts'
import { NO_TIMES, type OrderPurpose } from './order.ts'

/** An order that the guard approved, and what stands in the journal before it. */
export interface Outgoing {
  readonly effect: OrderEffect
  readonly purpose: OrderPurpose
  readonly announcement: Announcement
  readonly pressedAtMs: number
  /** Stays here when its record cannot be written. What gets out goes all the same: getting out matters more. */
  readonly isEntry: boolean
}

/** Journalled first, then sent, once. The only way by which an order leaves the desk, but for an entry that was foreseen. */
export function sendOrder(turn: Turn, outgoing: Outgoing): void {
  const { effect, announcement, isEntry } = outgoing
  trackOrder(turn, outgoing)
  const by = callerOf(turn, effect.id)
  const record = by === undefined ? announcement : { ...announcement, by }
  turn.effects.push({ kind: 'journal', record, entry: isEntry ? effect.id : null }, effect)
}

export function trackOrder(
  turn: Turn,
  { effect, purpose, pressedAtMs }: Omit<Outgoing, 'announcement' | 'isEntry'>,
): void {
  const { id } = effect
  putOrder(turn, {
    id,
    purpose,
    reference: effect.kind === 'open' || effect.kind === 'place' ? effect.order.reference : null,
    stage: { kind: 'sending', sinceMs: turn.atMs },
    timing: { pressedAtMs, ...NO_TIMES },
    sentWallMs: wallMs(turn),
    sentBrokerMs: brokersNow(turn),
  })
}
