import { InvalidInputError } from '../errors.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import type { AmendOrder, CloseMarketOrder, CloseOrder, OpenOrder, StopLeg } from '../order.ts'
import {
  addLeg,
  addPricing,
  direction,
  excluded,
  finite,
  flag,
  id,
  missing,
  OrderBody,
  positive,
  size,
  text,
} from './order-body.ts'

// Bodies as IG Labs, REST API reference, "Positions", with the constraints of its tables.

/** POST /positions/otc version 2. @throws {InvalidInputError} */
export function encodeOpen(order: OpenOrder): string {
  const { market, stop, limit } = order
  const isNetting = flag('isNetting', order.isNetting)
  if (isNetting && (stop !== undefined || limit !== undefined)) {
    throw excluded('a netting order', 'a stop or a limit', 'set them afterwards, with amend()')
  }
  const body = new OrderBody()
    .add('currencyCode', text('currency', market.currency))
    .add('dealReference', id('reference', order.reference, dealReference))
    .add('direction', direction(order.direction))
    .add('epic', id('epic', market.epic, epic))
    .add('expiry', text('expiry', market.expiry))
    .add('forceOpen', isNetting ? 'false' : 'true')
    .add('guaranteedStop', flag('isGuaranteed', stop?.isGuaranteed) ? 'true' : 'false')
  addPricing(body, order)
  body.add('size', size(order.size))
  addStop(body, stop)
  addLeg(body, 'limit', limit)
  return body.toString()
}

/** DELETE /positions/otc version 1. @throws {InvalidInputError} */
export function encodeClose(order: CloseOrder | CloseMarketOrder): string {
  const body = new OrderBody()
  addTarget(body, order)
  body.add('direction', direction(order.direction))
  addPricing(body, order)
  return body.add('size', size(order.size)).toString()
}

/** PUT /positions/otc/{dealId} version 2: replaces both legs, so both are always there. @throws {InvalidInputError} */
export function encodeAmend(order: AmendOrder): string {
  const { stopLevel, limitLevel } = order
  const isGuaranteed = flag('isGuaranteed', order.isGuaranteed)
  const trailingStop = order.trailingStop ?? null
  if (isGuaranteed && stopLevel === null) {
    throw new InvalidInputError('expected the level of the guaranteed stop, but got null; IG cannot remove such a stop')
  }
  if (trailingStop !== null && isGuaranteed) throw excluded('a trailing stop', 'a guarantee', 'leave one out')
  if (trailingStop !== null && stopLevel === null) return missing('a trailing stop', 'its level')
  return new OrderBody()
    .add('guaranteedStop', isGuaranteed ? 'true' : 'false')
    .add('limitLevel', limitLevel === null ? 'null' : finite('limit level', limitLevel))
    .add('stopLevel', stopLevel === null ? 'null' : finite('stop level', stopLevel))
    .add('trailingStop', trailingStop === null ? 'false' : 'true')
    .add('trailingStopDistance', trailingStop && positive('trailing distance', trailingStop.distancePoints))
    .add('trailingStopIncrement', trailingStop && positive('trailing step', trailingStop.stepPoints))
    .toString()
}

/** Constraints e, f, h and i of the reference's table. */
function addStop(body: OrderBody, stop: StopLeg | undefined): void {
  addLeg(body, 'stop', stop)
  if (stop?.stepPoints === undefined) return
  if (stop.level !== undefined) throw excluded('a trailing stop', 'a level', 'give its distance')
  if (stop.isGuaranteed) throw excluded('a trailing stop', 'a guarantee', 'leave one out')
  body.add('trailingStop', 'true').add('trailingStopIncrement', positive('trailing step', stop.stepPoints))
}

/** The deal or the market: with both IG refuses the request. */
function addTarget(body: OrderBody, { dealId: deal, market }: CloseOrder | CloseMarketOrder): void {
  if (deal !== undefined && market !== undefined) throw excluded('a close of a deal', 'a market', 'leave one out')
  if (deal !== undefined) body.add('dealId', id('dealId', deal, dealId))
  else if (market === undefined) missing('a close', 'a deal id or a market')
  else body.add('epic', id('epic', market.epic, epic)).add('expiry', text('expiry', market.expiry))
}
