import type { AccountTerms } from './account-terms.ts'
import type { LiveBook } from './book.ts'
import type { DealIdentifiers } from './deal-identifiers.ts'
import type { DealingConditions } from './dealing-conditions.ts'
import type { Accepted, AccountChange, Confirm, WorkingOrderChange } from './engine-event.ts'
import { type Ledger, ledger } from './ledger.ts'
import type { Order } from './order.ts'
import type { Position } from './position.ts'
import type { Reason } from './reason.ts'
import type { RepeatDealing } from './repeat-dealing.ts'
import type { WorkingOrder } from './working-order.ts'

/** What dealing an order needs: the markets, the accounts, and fresh ids. */
export interface TradingFloor {
  readonly books: ReadonlyMap<string, LiveBook>
  readonly ledgers: ReadonlyMap<string, Ledger>
  readonly identifiers: DealIdentifiers
  readonly repeats: RepeatDealing
  readonly conditions: DealingConditions
}

/** The accounts, and the lists of their positions and orders in every book. */
export function openLedgers(
  accounts: readonly AccountTerms[],
  books: ReadonlyMap<string, LiveBook>,
): ReadonlyMap<string, Ledger> {
  const ledgers = new Map<string, Ledger>()
  function listInBook(epic: string): void {
    const book = books.get(epic)
    if (!book) return
    const positions: Position[] = []
    const orders: WorkingOrder[] = []
    const holders: Ledger[] = []
    for (const each of ledgers.values()) {
      const before = positions.length
      for (const position of each.positions()) if (position.epic === epic) positions.push(position)
      if (positions.length > before) holders.push(each)
      for (const order of each.orders()) if (order.epic === epic) orders.push(order)
    }
    book.positions = positions
    book.orders = orders
    book.holders = holders
  }
  for (const terms of accounts) ledgers.set(terms.id, ledger(terms, books, listInBook))
  return ledgers
}

/** A refused order uses up a deal id too, as IG's does. */
export function rejected(floor: TradingFloor, order: Order, reason: Reason): Confirm {
  const named = namedDeal(floor, order)
  return {
    kind: 'confirm',
    atMs: order.atMs,
    reference: order.reference,
    account: order.account,
    dealId: floor.identifiers.dealId(),
    epic: named.epic,
    direction: named.direction,
    order,
    outcome: { dealStatus: 'REJECTED', reason },
  }
}

export function accepted(
  order: Order,
  { dealId, epic, direction }: Pick<Confirm, 'dealId' | 'epic' | 'direction'>,
  outcome: Accepted,
): Confirm {
  return {
    kind: 'confirm',
    atMs: order.atMs,
    reference: order.reference,
    account: order.account,
    dealId,
    epic,
    direction,
    order,
    outcome,
  }
}

/** What becomes of a working order without a request. */
export function withdrawn(
  order: WorkingOrder,
  cause: Exclude<WorkingOrderChange['cause'], 'client'>,
  atMs: number,
  refusal: WorkingOrderChange['refusal'] = null,
): WorkingOrderChange {
  return { kind: 'working-order', change: 'DELETED', cause, refusal, reference: null, atMs, order }
}

export function accountChange(atMs: number, from: Ledger): AccountChange {
  const state = from.stateLater()
  return {
    kind: 'account',
    atMs,
    get account() {
      return state()
    },
  }
}

function namedDeal(floor: TradingFloor, order: Order): Pick<Confirm, 'epic' | 'direction'> {
  if (order.kind === 'open' || order.kind === 'place-order') return order
  const own = floor.ledgers.get(order.account)
  const target = order.kind === 'close' ? order.target : { by: 'deal' as const, dealId: order.dealId }
  const held = target.by === 'deal' ? (own?.position(target.dealId) ?? own?.order(target.dealId)) : undefined
  return {
    epic: target.by === 'market' ? target.epic : (held?.epic ?? ''),
    direction: order.kind === 'close' ? order.direction : (held?.direction ?? 'BUY'),
  }
}
