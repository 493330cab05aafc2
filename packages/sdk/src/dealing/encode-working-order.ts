import { dealReference, epic } from '../ids.ts'
import { formatSlashes } from '../json/ig-dates.ts'
import type { AmendWorkingOrder, GoodTill, PlaceOrder, WorkingOrderKind } from '../working-order.ts'
import { body, direction, excluded, type Field, finite, flag, id, leg, size, text, wrong } from './order-body.ts'

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
  return body([
    ['currencyCode', text('currency', market.currency)],
    ['dealReference', id('reference', order.reference, dealReference)],
    ['direction', direction(order.direction)],
    ['epic', id('epic', market.epic, epic)],
    ['expiry', text('expiry', market.expiry)],
    ['forceOpen', isNetting ? 'false' : 'true'],
    ...goodTill(order.goodTill),
    ['guaranteedStop', isGuaranteed ? 'true' : 'false'],
    ['level', finite('level', order.level)],
    ['size', size(order.size)],
    ['type', kind(order.kind)],
    ...(stop === undefined ? [] : [leg('stop', stop)]),
    ...(limit === undefined ? [] : [leg('limit', limit)]),
  ])
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
  return body([
    ...goodTill(order.goodTill),
    ['guaranteedStop', isGuaranteed ? 'true' : 'false'],
    ['level', finite('level', order.level)],
    ['type', kind(order.kind)],
    ...(stop === null ? [] : [leg('stop', stop)]),
    ...(limit === null ? [] : [leg('limit', limit)]),
  ])
}

function kind(value: WorkingOrderKind): string {
  if (value === 'limit') return '"LIMIT"'
  if (value === 'stop') return '"STOP"'
  throw wrong('limit or stop as kind', value, 'correct the order')
}

/** The date in UTC. Source: IG Labs, REST API reference, "Working Orders", `goodTillDate`. */
function goodTill(value: GoodTill): readonly Field[] {
  if (value === 'cancelled') return [['timeInForce', '"GOOD_TILL_CANCELLED"']]
  if (typeof value !== 'object' || value === null || !Number.isFinite(value.atMs)) {
    throw wrong('cancelled or an instant as goodTill', value, 'give milliseconds since 1970')
  }
  return [
    ['goodTillDate', text('goodTill', formatSlashes(value.atMs))],
    ['timeInForce', '"GOOD_TILL_DATE"'],
  ]
}
