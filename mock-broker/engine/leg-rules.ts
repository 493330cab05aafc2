import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import { type Market, unitsPerPoint } from './market.ts'
import type { Leg, StopLeg } from './order.ts'
import type { Trailing } from './position.ts'
import type { Reason } from './reason.ts'
import { decimalToUnits } from './scaled-number.ts'

export interface PlacedLegs {
  readonly stopUnits: number | null
  readonly limitUnits: number | null
  readonly isStopGuaranteed: boolean
  readonly trailing: Trailing | null
}

/** Measures both legs from a price and checks them. */
export function placeLegs(
  { stop, limit, direction }: { stop: StopLeg | null; limit: Leg | null; direction: DirectionJson },
  fromUnits: number,
  market: Market,
): PlacedLegs | { readonly reason: Reason } {
  const stopUnits = stop && legUnits(stop, 'stop', direction, fromUnits, market)
  const limitUnits = limit && legUnits(limit, 'limit', direction, fromUnits, market)
  if ((stop && stopUnits === null) || (limit && limitUnits === null)) return badLevel
  const trailing = stop?.kind === 'trailing' ? trailingOf(stop.points, stop.stepPoints, market) : null
  if (stop?.kind === 'trailing' && !trailing) return { reason: 'ATTACHED_ORDER_TRAILING_STOP_ERROR' }
  const isStopGuaranteed = stop?.kind === 'guaranteed'
  const reason =
    (stopUnits !== null && refuseStop(isStopGuaranteed, stopUnits, direction, fromUnits, market)) ||
    (limitUnits !== null && refuseLeg('limit', limitUnits, direction, fromUnits, market))
  return reason ? { reason } : { stopUnits, limitUnits, isStopGuaranteed, trailing }
}

const badLevel = { reason: 'ATTACHED_ORDER_LEVEL_ERROR' } as const

/** @returns null when distance or step do not lie on the price grid, or the step is below the market's least. */
export function trailingOf(distancePoints: Decimal, stepPoints: Decimal, market: Market): Trailing | null {
  const distanceUnits = decimalToUnits(distancePoints.times(unitsPerPoint(market)), 0)
  const stepUnits = decimalToUnits(stepPoints.times(unitsPerPoint(market)), 0)
  if (distanceUnits === null || stepUnits === null || stepPoints.lt(market.minStepPoints)) return null
  return stepUnits > 0 && distanceUnits > 0 ? { distanceUnits, stepUnits } : null
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

export function refuseStop(
  isGuaranteed: boolean,
  units: number,
  direction: DirectionJson,
  fromUnits: number,
  market: Market,
): Reason | null {
  const reason = refuseLeg(isGuaranteed ? 'guaranteed-stop' : 'stop', units, direction, fromUnits, market)
  if (reason) return reason
  const spacing = market.guaranteedSpacingPoints
  const isOffGrid = isGuaranteed && spacing && units % spacing.times(unitsPerPoint(market)).toNumber() !== 0
  return isOffGrid ? 'CR_SPACING' : null
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

/** A leg that was not there before cannot come nearer. */
export function comesNearer(oldUnits: number | null, newUnits: number, fromUnits: number): boolean {
  return oldUnits !== null && Math.abs(newUnits - fromUnits) < Math.abs(oldUnits - fromUnits)
}
