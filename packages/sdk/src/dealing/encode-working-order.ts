import { dealReference, epic } from '../ids.ts'
import { formatSlashes } from '../json/ig-dates.ts'
import type { AmendWorkingOrder, GoodTill, PlaceOrder, WorkingOrderKind } from '../working-order.ts'
import { addLeg, direction, excluded, finite, flag, id, OrderBody, size, text, wrong } from './order-body.ts'

// Bodies as IG Labs, REST API reference, "Working Orders", with the constraints of its tables.

/** POST /workingorders/otc version 2. @throws {InvalidInputError} */
export function encodePlace(order: PlaceOrder): string {
  const { market, stop, limit } = order
  const isNetting = flag('isNetting', order.isNetting)
  if (isNetting && (stop !== undefined || limit !== undefined)) {
    throw excluded('a netting order', 'a stop or a limit', 'set them when it has dealt')
  }
  const isGuaranteed = flag('isGuaranteed', stop?.isGuaranteed)
  if (isGuaranteed && stop?.level !== undefined) {
    throw excluded('a guaranteed stop of a new order', 'a level', 'give its distance')
  }
  const body = new OrderBody()
    .add('currencyCode', text('currency', market.currency))
    .add('dealReference', id('reference', order.reference, dealReference))
    .add('direction', direction(order.direction))
    .add('epic', id('epic', market.epic, epic))
    .add('expiry', text('expiry', market.expiry))
    .add('forceOpen', isNetting ? 'false' : 'true')
  addGoodTill(body, order.goodTill)
  body
    .add('guaranteedStop', isGuaranteed ? 'true' : 'false')
    .add('level', finite('level', order.level))
    .add('size', size(order.size))
    .add('type', kind(order.kind))
  addLeg(body, 'stop', stop)
  addLeg(body, 'limit', limit)
  return body.toString()
}

/** PUT /workingorders/otc/{dealId} version 2: what it leaves out is removed. @throws {InvalidInputError} */
export function encodeAmendWorkingOrder(order: AmendWorkingOrder): string {
  const { stop, limit } = order
  // Whoever forgot a leg did not ask for its removal.
  if (stop === undefined || limit === undefined) throw wrong('the stop and the limit, or null', undefined, 'say both')
  const isGuaranteed = flag('isGuaranteed', stop?.isGuaranteed)
  if (isGuaranteed && stop?.distancePoints !== undefined) {
    throw excluded('a guaranteed stop of an amendment', 'a distance', 'give its level')
  }
  const body = new OrderBody()
  addGoodTill(body, order.goodTill)
  body
    .add('guaranteedStop', isGuaranteed ? 'true' : 'false')
    .add('level', finite('level', order.level))
    .add('type', kind(order.kind))
  addLeg(body, 'stop', stop)
  addLeg(body, 'limit', limit)
  return body.toString()
}

function kind(value: WorkingOrderKind): string {
  if (value === 'limit') return '"LIMIT"'
  if (value === 'stop') return '"STOP"'
  throw wrong('limit or stop as kind', value, 'correct the order')
}

/** The date in UTC. Source: IG Labs, REST API reference, "Working Orders", `goodTillDate`. */
function addGoodTill(body: OrderBody, value: GoodTill): void {
  if (value === 'cancelled') {
    body.add('timeInForce', '"GOOD_TILL_CANCELLED"')
    return
  }
  if (typeof value !== 'object' || value === null || !Number.isFinite(value.atMs)) {
    throw wrong('cancelled or an instant as goodTill', value, 'give milliseconds since 1970')
  }
  body.add('goodTillDate', text('goodTill', formatSlashes(value.atMs))).add('timeInForce', '"GOOD_TILL_DATE"')
}
