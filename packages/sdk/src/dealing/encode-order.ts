import { InvalidInputError } from '../errors.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import type { AmendOrder, CloseMarketOrder, CloseOrder, OpenOrder, StopLeg } from '../order.ts'
import {
  body,
  direction,
  excluded,
  type Field,
  finite,
  flag,
  id,
  leg,
  missing,
  positive,
  pricing,
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
  return body([
    ['currencyCode', text('currency', market.currency)],
    ['dealReference', id('reference', order.reference, dealReference)],
    ['direction', direction(order.direction)],
    ['epic', id('epic', market.epic, epic)],
    ['expiry', text('expiry', market.expiry)],
    ['forceOpen', isNetting ? 'false' : 'true'],
    ['guaranteedStop', flag('isGuaranteed', stop?.isGuaranteed) ? 'true' : 'false'],
    ...pricing(order),
    ['size', size(order.size)],
    ...stopLeg(stop),
    ...(limit === undefined ? [] : [leg('limit', limit)]),
  ])
}

/** DELETE /positions/otc version 1. @throws {InvalidInputError} */
export function encodeClose(order: CloseOrder | CloseMarketOrder): string {
  return body([
    ...target(order),
    ['direction', direction(order.direction)],
    ...pricing(order),
    ['size', size(order.size)],
  ])
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
  return body([
    ['guaranteedStop', isGuaranteed ? 'true' : 'false'],
    ['limitLevel', limitLevel === null ? 'null' : finite('limit level', limitLevel)],
    ['stopLevel', stopLevel === null ? 'null' : finite('stop level', stopLevel)],
    ['trailingStop', trailingStop === null ? 'false' : 'true'],
    ['trailingStopDistance', trailingStop && positive('trailing distance', trailingStop.distancePoints)],
    ['trailingStopIncrement', trailingStop && positive('trailing step', trailingStop.stepPoints)],
  ])
}

/** Constraints e, f, h and i of the reference's table. */
function stopLeg(stop: StopLeg | undefined): readonly Field[] {
  if (stop === undefined) return []
  const set = leg('stop', stop)
  if (stop.stepPoints === undefined) return [set]
  if (stop.level !== undefined) throw excluded('a trailing stop', 'a level', 'give its distance')
  if (stop.isGuaranteed) throw excluded('a trailing stop', 'a guarantee', 'leave one out')
  return [set, ['trailingStop', 'true'], ['trailingStopIncrement', positive('trailing step', stop.stepPoints)]]
}

/** The deal or the market: with both IG refuses the request. */
function target({ dealId: deal, market }: CloseOrder | CloseMarketOrder): readonly Field[] {
  if (deal !== undefined && market !== undefined) throw excluded('a close of a deal', 'a market', 'leave one out')
  if (deal !== undefined) return [['dealId', id('dealId', deal, dealId)]]
  if (market === undefined) return missing('a close', 'a deal id or a market')
  return [
    ['epic', id('epic', market.epic, epic)],
    ['expiry', text('expiry', market.expiry)],
  ]
}
