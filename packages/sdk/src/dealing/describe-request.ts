import { Decimal } from 'decimal.js'
import type {
  AmendRequest,
  AmendWorkingOrderRequest,
  CancelOrderRequest,
  CloseRequest,
  OpenRequest,
  PlaceOrderRequest,
} from '../deal-request.ts'
import type { DealId } from '../ids.ts'
import type { AmendOrder, CloseMarketOrder, CloseOrder, OpenOrder } from '../order.ts'
import type { AmendWorkingOrder, PlaceOrder } from '../working-order.ts'

/** What a journal says of an order, before it is sent or afterwards. `sentAtMs`: milliseconds since 1970. */
export function describeOpen(order: OpenOrder, sentAtMs: number): OpenRequest {
  const { reference, direction } = order
  return {
    kind: 'open',
    reference,
    epic: order.market.epic,
    direction,
    size: digits(order.size),
    sentAtMs,
    lane: 'entry',
  }
}

export function describeClose(order: CloseOrder | CloseMarketOrder, sentAtMs: number): CloseRequest {
  return {
    kind: 'close',
    reference: null,
    dealId: order.dealId ?? null,
    epic: order.market?.epic ?? null,
    direction: order.direction,
    size: digits(order.size),
    sentAtMs,
    lane: 'exit',
  }
}

export function describeAmend(order: AmendOrder, sentAtMs: number, isExit = false): AmendRequest {
  return {
    kind: 'amend',
    reference: null,
    dealId: order.dealId,
    stopLevel: order.stopLevel === null ? null : digits(order.stopLevel),
    limitLevel: order.limitLevel === null ? null : digits(order.limitLevel),
    sentAtMs,
    lane: isExit ? 'exit' : 'edit',
  }
}

export function describePlace(order: PlaceOrder, sentAtMs: number): PlaceOrderRequest {
  return {
    kind: 'place-order',
    reference: order.reference,
    epic: order.market.epic,
    direction: order.direction,
    size: digits(order.size),
    level: digits(order.level),
    sentAtMs,
    lane: 'edit',
  }
}

export function describeAmendWorkingOrder(
  order: AmendWorkingOrder,
  sentAtMs: number,
  isExit = false,
): AmendWorkingOrderRequest {
  return {
    kind: 'amend-order',
    reference: null,
    dealId: order.dealId,
    level: digits(order.level),
    sentAtMs,
    lane: isExit ? 'exit' : 'edit',
  }
}

export function describeCancel(dealId: DealId, sentAtMs: number, isExit = false): CancelOrderRequest {
  return { kind: 'cancel-order', reference: null, dealId, sentAtMs, lane: isExit ? 'exit' : 'edit' }
}

/** Says also what is no number: such an order is not sent, but its record is kept. */
function digits(value: Decimal): string {
  return Decimal.isDecimal(value) ? value.toFixed() : String(value)
}
