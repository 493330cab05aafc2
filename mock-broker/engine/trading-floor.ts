import type { LiveBook } from './book.ts'
import type { DealIdentifiers } from './deal-identifiers.ts'
import type { Accepted, Confirm } from './engine-event.ts'
import type { Ledger } from './ledger.ts'
import type { Order } from './order.ts'
import type { Reason } from './reason.ts'

/** What dealing an order needs: the markets, the money, and fresh ids. */
export interface TradingFloor {
  readonly books: ReadonlyMap<string, LiveBook>
  readonly money: Ledger
  readonly identifiers: DealIdentifiers
}

/** A refused order uses up a deal id too, as IG's does. */
export function rejected(floor: TradingFloor, order: Order, reason: Reason): Confirm {
  const named = order.kind === 'close' ? order.target : order
  const position = 'dealId' in named ? floor.money.position(named.dealId) : undefined
  return {
    kind: 'confirm',
    atMs: order.atMs,
    reference: order.reference,
    dealId: floor.identifiers.dealId(),
    epic: 'epic' in named ? named.epic : (position?.epic ?? ''),
    direction: order.kind === 'amend' ? (position?.direction ?? 'BUY') : order.direction,
    outcome: { dealStatus: 'REJECTED', reason },
  }
}

export function accepted(
  order: Order,
  { dealId, epic, direction }: Pick<Confirm, 'dealId' | 'epic' | 'direction'>,
  outcome: Omit<Accepted, 'dealStatus'>,
): Confirm {
  return {
    kind: 'confirm',
    atMs: order.atMs,
    reference: order.reference,
    dealId,
    epic,
    direction,
    outcome: { dealStatus: 'ACCEPTED', ...outcome },
  }
}
