import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { BookQuote } from './book.ts'
import { legUnits, refuseLeg, refuseStop } from './leg-rules.ts'
import { type Market, unitsPerPoint } from './market.ts'
import type { Leg, PlaceOrder } from './order.ts'
import type { Reason } from './reason.ts'
import { unitsToDecimal } from './scaled-number.ts'
import type { WorkingOrder } from './working-order.ts'

/** The legs of a working order as distances from its level, or why they cannot be. */
export function orderLegs(
  { stop, limit, direction }: Pick<PlaceOrder, 'stop' | 'limit' | 'direction'>,
  levelUnits: number,
  market: Market,
): Pick<WorkingOrder, 'stopPoints' | 'limitPoints' | 'isStopGuaranteed'> | { readonly reason: Reason } {
  const isStopGuaranteed = stop?.kind === 'guaranteed'
  const stopUnits = stop && legUnits(stop, 'stop', direction, levelUnits, market)
  const limitUnits = limit && legUnits(limit, 'limit', direction, levelUnits, market)
  if ((stop && stopUnits === null) || (limit && limitUnits === null)) return { reason: 'ATTACHED_ORDER_LEVEL_ERROR' }
  const reason =
    (stopUnits !== null && refuseStop(isStopGuaranteed, stopUnits, direction, levelUnits, market)) ||
    (limitUnits !== null && refuseLeg('limit', limitUnits, direction, levelUnits, market))
  if (reason) return { reason }
  return {
    stopPoints: stopUnits === null ? null : pointsBetween(stopUnits, levelUnits, market),
    limitPoints: limitUnits === null ? null : pointsBetween(limitUnits, levelUnits, market),
    isStopGuaranteed,
  }
}

/** Where the legs of a filled order lie: at their distances from the level that it was filled at (our choice). */
export function filledLegs(
  { stopPoints, limitPoints, direction }: WorkingOrder,
  levelUnits: number,
  market: Market,
): { readonly stopUnits: number | null; readonly limitUnits: number | null } {
  const at = (points: Decimal | null, side: 'stop' | 'limit'): number | null => {
    const leg: Leg | null = points && { by: 'distance', points }
    return leg && legUnits(leg, side, direction, levelUnits, market)
  }
  return { stopUnits: at(stopPoints, 'stop'), limitUnits: at(limitPoints, 'limit') }
}

/**
 * The side of the market that its type asks for, and the least distance of a stop or limit from the price that would trigger
 * it. IG names this reason for the order's own level too; that the least distance counts here is our choice.
 */
export function refuseTrigger(
  order: { readonly direction: DirectionJson; readonly type: 'LIMIT' | 'STOP'; readonly levelUnits: number },
  quote: BookQuote,
  market: Market,
): Reason | null {
  const { direction, type, levelUnits } = order
  const fromUnits = direction === 'BUY' ? quote.offerUnits : quote.bidUnits
  const waitsBelow = (direction === 'BUY') === (type === 'LIMIT')
  const distance = waitsBelow ? fromUnits - levelUnits : levelUnits - fromUnits
  const isTooNear = market.minStopPoints.times(unitsPerPoint(market)).gt(distance)
  return levelUnits <= 0 || isTooNear ? 'ATTACHED_ORDER_LEVEL_ERROR' : null
}

function pointsBetween(a: number, b: number, market: Market): Decimal {
  return unitsToDecimal(Math.abs(a - b), market.decimals).times(market.pointsPerUnit)
}
