import type {
  AmendOrder,
  CloseOrder,
  DealId,
  DealReference,
  Decimal,
  Direction,
  OpenOrder,
  PlaceOrder,
} from '@scalpdesk/sdk'
import { message } from '../words/message.ts'
import { type AmendedDeal, amendRisk } from './amend-risk.ts'
import { type Denial, deny } from './denial.ts'
import { judge } from './judge.ts'
import type { DayMemory } from './memory/day-memory.ts'
import { openAsk, placeAsk } from './order-ask.ts'
import { type Part, partSize, type SizeSteps } from './part-size.ts'
import type { Ask, Known, Now } from './question.ts'

/** Private, so that neither a copy of an approved order nor one with another size passes for one. */
declare class Seal {
  private readonly approved: true
}
/** An order that the guard let pass. Only this file makes one, and the broker port takes nothing else. */
export type Approved<Order> = Order & Seal

export type Verdict<Order> =
  | { readonly kind: 'approved'; readonly order: Approved<Order> }
  | { readonly kind: 'denied'; readonly denial: Denial }

/** Beside the order: what it is judged by. */
export interface Circumstances {
  readonly known: Known
  readonly memory: DayMemory
  readonly now: Now
  readonly pressedAtMs: number
}

/** What is asked is read from the order itself: nothing else can be sent in its name. */
export function approveOpen(order: OpenOrder, circumstances: Circumstances): Verdict<OpenOrder> {
  return verdict(order, openAsk(order, circumstances.known, circumstances.pressedAtMs), circumstances)
}

/** @param followsPrice its level was worked out from the price of now */
export function approvePlace(
  order: PlaceOrder,
  followsPrice: boolean,
  circumstances: Circumstances,
): Verdict<PlaceOrder> {
  return verdict(order, placeAsk(order, followsPrice, circumstances.known, circumstances.pressedAtMs), circumstances)
}

/** Asks nobody when it only protects. */
export function approveAmend(
  order: AmendOrder,
  deals: ReadonlyMap<DealId, AmendedDeal>,
  circumstances: Circumstances,
): Verdict<AmendOrder> {
  const deal = deals.get(order.dealId)
  if (!deal) return notHeld(order.dealId)
  if (amendRisk(deal, order) === 'tightens') return { kind: 'approved', order: seal(order) }
  return verdict(order, { kind: 'loosen', epic: deal.epic, dealId: order.dealId }, circumstances)
}

export interface ClosableDeal {
  readonly dealId: DealId
  readonly direction: Direction
  readonly size: Decimal
}

/** The one order that passes in every one of these circumstances; null when there is one in which it does not. */
export function approveInAll(order: OpenOrder, all: readonly Circumstances[]): Approved<OpenOrder> | null {
  const [first] = all
  const isPassed = all.every(around => approveOpen(order, around).kind === 'approved')
  return first && isPassed ? seal(order) : null
}

/** What was judged, under the reference of its own press: no check reads that. Its parts cannot be changed, so they are shared. */
export function underReference(order: Approved<OpenOrder>, reference: DealReference): Approved<OpenOrder> {
  const copy = Object.freeze({ ...order, reference })
  sealed.add(copy)
  return copy as Approved<OpenOrder>
}

/**
 * Asks nobody: it names a deal that is held, goes the other way and takes at most its size, so it can only reduce.
 * @param steps of the market; null when the desk does not know it: a part is then sent as it comes out
 */
export function approveClose(
  dealId: DealId,
  part: Part,
  deals: ReadonlyMap<DealId, ClosableDeal>,
  steps: SizeSteps | null,
): Verdict<CloseOrder> {
  const deal = deals.get(dealId)
  if (!deal) return notHeld(dealId)
  const size = partSize(deal.size, part, steps)
  if (size === null)
    return { kind: 'denied', denial: deny('not-a-part', message('not-a-part', { held: deal.size.toFixed() })) }
  const direction = deal.direction === 'BUY' ? 'SELL' : 'BUY'
  return { kind: 'approved', order: seal({ dealId, direction, size }) }
}

export interface CancelOrder {
  readonly dealId: DealId
}

/** Asks nobody: a working order that is gone can open nothing. */
export function approveCancel(dealId: DealId): Approved<CancelOrder> {
  return seal({ dealId })
}

/** Whether this very object was approved: for the driver, because a cast would pass the types. */
export function isApproved(order: object): boolean {
  return sealed.has(order)
}

const sealed = new WeakSet<object>()

function verdict<Order extends OpenOrder | PlaceOrder | AmendOrder>(
  order: Order,
  ask: Ask,
  { known, memory, now }: Circumstances,
): Verdict<Order> {
  const denial = judge({ ask, known, memory, now })
  return denial ? { kind: 'denied', denial } : { kind: 'approved', order: seal(order) }
}

/** A copy that nobody can change: what was judged is what is sent. A part that nobody can change is not copied. */
function seal<Order extends object>(order: Order): Approved<Order> {
  const copy = { ...order }
  for (const [name, part] of Object.entries(copy))
    if (isPlain(part) && !Object.isFrozen(part)) Object.assign(copy, { [name]: Object.freeze({ ...part }) })
  sealed.add(Object.freeze(copy))
  return copy as Approved<Order>
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

function notHeld(dealId: DealId): { readonly kind: 'denied'; readonly denial: Denial } {
  return { kind: 'denied', denial: deny('not-held', message('deal-not-held', { dealId })) }
}
