import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'

/** An open position. Never changed: an amend or a partial close puts a new object in its place. */
export interface Position {
  readonly dealId: string
  readonly reference: string
  readonly epic: string
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly levelUnits: number
  readonly stopUnits: number | null
  readonly limitUnits: number | null
  readonly isStopGuaranteed: boolean
  readonly openedAtMs: number
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

export function opposite(direction: DirectionJson): DirectionJson {
  return direction === 'BUY' ? 'SELL' : 'BUY'
}
