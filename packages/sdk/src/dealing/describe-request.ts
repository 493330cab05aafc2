import { Decimal } from 'decimal.js'
import type {
  AmendRequest,
  AmendWorkingOrderRequest,
  CancelOrderRequest,
  CloseRequest,
  OpenRequest,
  PlaceOrderRequest,
} from '../deal-request.ts'
import type { AccountId, DealId } from '../ids.ts'
import type { AmendOrder, CloseMarketOrder, CloseOrder, OpenOrder } from '../order.ts'
import type { AmendWorkingOrder, PlaceOrder } from '../working-order.ts'

/** Where and when an order is asked for. */
export interface AskedAt {
  readonly accountId: AccountId
  /** Milliseconds since 1970. */
  readonly sentAtMs: number
}

/** As {@link AskedAt}, for what may be a part of getting out. */
export interface EditAskedAt extends AskedAt {
  readonly isExit?: boolean | undefined
}

/** What a journal says of an order, before it is sent or afterwards. */
export function describeOpen(order: OpenOrder, at: AskedAt): OpenRequest {
  const { reference, direction } = order
  return {
    kind: 'open',
    reference,
    epic: order.market.epic,
    direction,
    size: digits(order.size),
    ...placeOf(at),
    lane: 'entry',
  }
}

export function describeClose(order: CloseOrder | CloseMarketOrder, at: AskedAt): CloseRequest {
  return {
    kind: 'close',
    reference: null,
    dealId: order.dealId ?? null,
    epic: order.market?.epic ?? null,
    direction: order.direction,
    size: digits(order.size),
    ...placeOf(at),
    lane: 'exit',
  }
}

export function describeAmend(order: AmendOrder, { isExit, ...at }: EditAskedAt): AmendRequest {
  return {
    kind: 'amend',
    reference: null,
    dealId: order.dealId,
    stopLevel: order.stopLevel === null ? null : digits(order.stopLevel),
    limitLevel: order.limitLevel === null ? null : digits(order.limitLevel),
    ...placeOf(at),
    lane: isExit ? 'exit' : 'edit',
  }
}

export function describePlace(order: PlaceOrder, at: AskedAt): PlaceOrderRequest {
  return {
    kind: 'place-order',
    reference: order.reference,
    epic: order.market.epic,
    direction: order.direction,
    size: digits(order.size),
    level: digits(order.level),
    ...placeOf(at),
    lane: 'edit',
  }
}

export function describeAmendWorkingOrder(
  order: AmendWorkingOrder,
  { isExit, ...at }: EditAskedAt,
): AmendWorkingOrderRequest {
  return {
    kind: 'amend-order',
    reference: null,
    dealId: order.dealId,
    level: digits(order.level),
    ...placeOf(at),
    lane: isExit ? 'exit' : 'edit',
  }
}

export function describeCancel(dealId: DealId, { isExit, ...at }: EditAskedAt): CancelOrderRequest {
  return { kind: 'cancel-order', reference: null, dealId, ...placeOf(at), lane: isExit ? 'exit' : 'edit' }
}

/** Nothing else that the caller's object may hold. */
function placeOf({ accountId, sentAtMs }: AskedAt): AskedAt {
  return { accountId, sentAtMs }
}

/** Says also what is no number: such an order is not sent, but its record is kept. */
function digits(value: Decimal): string {
  return Decimal.isDecimal(value) ? value.toFixed() : String(value)
}
