import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { CurrencyCode } from './currency.ts'

/** An open position. Never changed: an amend, a partial close or a stop that trails puts a new object in its place. */
export interface Position {
  readonly dealId: string
  readonly reference: string
  readonly account: string
  readonly epic: string
  readonly currency: CurrencyCode
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly levelUnits: number
  readonly stopUnits: number | null
  readonly limitUnits: number | null
  readonly isStopGuaranteed: boolean
  /** Of a stop that follows the market, in price units; null for one that stays. */
  readonly trailing: Trailing | null
  readonly openedAtMs: number
}

export interface Trailing {
  readonly distanceUnits: number
  readonly stepUnits: number
}

export type ExitCause = 'stop' | 'limit'

/**
 * What this quote does to the position's legs. They trigger on the side that closes: a long's on the bid, a short's on the
 * offer. Both fill at the traded price, which after a gap is worse than the stop and better than the limit; only a
 * guaranteed stop fills at its own level.
 */
export function exitAt(
  position: Position,
  bidUnits: number,
  offerUnits: number,
): { readonly cause: ExitCause; readonly levelUnits: number } | null {
  const { stopUnits, limitUnits } = position
  if (position.direction === 'BUY') {
    if (stopUnits !== null && bidUnits <= stopUnits) {
      return { cause: 'stop', levelUnits: position.isStopGuaranteed ? stopUnits : bidUnits }
    }
    return limitUnits !== null && bidUnits >= limitUnits ? { cause: 'limit', levelUnits: bidUnits } : null
  }
  if (stopUnits !== null && offerUnits >= stopUnits) {
    return { cause: 'stop', levelUnits: position.isStopGuaranteed ? stopUnits : offerUnits }
  }
  return limitUnits !== null && offerUnits <= limitUnits ? { cause: 'limit', levelUnits: offerUnits } : null
}

/**
 * Where a trailing stop goes with this quote: it follows in whole steps and never back (IG Labs, REST API reference,
 * "Positions": `trailingStopDistance`, `trailingStopIncrement`). Null while it stays where it is.
 */
export function trailedStop(position: Position, bidUnits: number, offerUnits: number): number | null {
  const { trailing, stopUnits } = position
  if (trailing === null || stopUnits === null) return null
  const isLong = position.direction === 'BUY'
  const wanted = isLong ? bidUnits - trailing.distanceUnits : offerUnits + trailing.distanceUnits
  const steps = Math.floor((isLong ? wanted - stopUnits : stopUnits - wanted) / trailing.stepUnits)
  if (steps < 1) return null
  return isLong ? stopUnits + steps * trailing.stepUnits : stopUnits - steps * trailing.stepUnits
}

export function opposite(direction: DirectionJson): DirectionJson {
  return direction === 'BUY' ? 'SELL' : 'BUY'
}
