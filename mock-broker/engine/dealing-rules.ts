import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { Book } from './book.ts'
import { type Market, type MarketState, unitsPerPoint } from './market.ts'
import type { Leg, OpenOrder, OrderPrice } from './order.ts'
import type { Reason } from './reason.ts'
import { decimalToUnits } from './scaled-number.ts'
import { unreachable } from './unreachable.ts'

/** The first broken rule that needs no price. IG Labs, REST API reference, "Deal confirmation": reasons. */
export function refuseOpen(order: OpenOrder, { market, state }: Book): Reason | null {
  if (order.expiry === 'DFB') return 'REJECT_SPREADBET_ORDER_ON_CFD_ACCOUNT'
  if (order.expiry !== '-') return 'INSTRUMENT_NOT_FOUND'
  if (order.currency !== market.currency) return 'INSTRUMENT_NOT_TRADEABLE_IN_THIS_CURRENCY'
  const closed = refuseDealing(state)
  if (closed) return closed
  if (order.size.lt(market.minSize)) return 'MINIMUM_ORDER_SIZE_ERROR'
  if (!order.size.mod(market.sizeStep).isZero()) return 'SIZE_INCREMENT'
  return null
}

/** What a market's state says to a new or closing deal. */
export function refuseDealing(state: MarketState): Reason | null {
  switch (state) {
    case 'TRADEABLE':
      return null
    case 'EDITS_ONLY':
      return 'MARKET_CLOSED_WITH_EDITS'
    case 'CLOSED':
      return 'MARKET_CLOSED'
    case 'OFFLINE':
      return 'MARKET_OFFLINE'
    default:
      return unreachable(state)
  }
}

/** A LIMIT order deals at `level` or better now; it never rests. */
export function refuseLevel(
  price: OrderPrice,
  direction: DirectionJson,
  dealUnits: number,
  market: Market,
): Reason | null {
  if (price.type === 'MARKET') return null
  const scaled = price.level.times(10 ** market.decimals)
  const isFillable = direction === 'BUY' ? scaled.gte(dealUnits) : scaled.lte(dealUnits)
  return isFillable ? null : 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET'
}

/** @returns null when the leg does not lie on the market's price grid: it is refused, never rounded (our choice). */
export function legUnits(
  leg: Leg,
  side: 'stop' | 'limit',
  direction: DirectionJson,
  fromUnits: number,
  market: Market,
): number | null {
  if (leg.by === 'level') return decimalToUnits(leg.level, market.decimals)
  const distance = decimalToUnits(leg.points.times(unitsPerPoint(market)), 0)
  if (distance === null) return null
  const isBelow = (direction === 'BUY') === (side === 'stop')
  return isBelow ? fromUnits - distance : fromUnits + distance
}

/**
 * Side and distance of a leg against the price it is measured from: the deal level on an open, the side that would close on
 * an amend (IG documents the first; the second is unconfirmed).
 */
export function refuseLeg(
  side: 'stop' | 'guaranteed-stop' | 'limit',
  units: number,
  direction: DirectionJson,
  fromUnits: number,
  market: Market,
): Reason | null {
  const isBelow = (direction === 'BUY') === (side !== 'limit')
  const distance = isBelow ? fromUnits - units : units - fromUnits
  const leastPoints: Decimal = side === 'guaranteed-stop' ? market.minGuaranteedStopPoints : market.minStopPoints
  const isTooNear = leastPoints.times(unitsPerPoint(market)).gt(distance)
  const isTooFar = market.maxStopPercent.times(fromUnits).div(100).lt(distance)
  return units <= 0 || isTooNear || isTooFar ? 'ATTACHED_ORDER_LEVEL_ERROR' : null
}
