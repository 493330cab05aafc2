import type { AmendOrder, Decimal, Direction, Epic } from '@scalpdesk/sdk'

/** A position as far as moving its legs goes. */
export interface AmendedDeal {
  readonly epic: Epic
  readonly direction: Direction
  readonly stopLevel: Decimal | null
  readonly isGuaranteed: boolean
}

/**
 * `tightens`: the stop stays, comes nearer or is added, so it is an exit and asks nobody. `loosens`: the stop moves away,
 * is removed or loses its guarantee. The limit leg raises no risk. A trailing stop is judged by the level that it starts at.
 */
export function amendRisk(
  deal: Pick<AmendedDeal, 'direction' | 'stopLevel' | 'isGuaranteed'>,
  amend: AmendOrder,
): 'tightens' | 'loosens' {
  const before = deal.stopLevel
  const after = amend.stopLevel
  if (before === null) return 'tightens'
  if (after === null || (deal.isGuaranteed && amend.isGuaranteed !== true)) return 'loosens'
  return isFurther(deal.direction, before, after) ? 'loosens' : 'tightens'
}

/** Whether a stop at `after` loses more than one at `before`. */
export function isFurther(direction: Direction, before: Decimal, after: Decimal): boolean {
  return direction === 'BUY' ? after.lt(before) : after.gt(before)
}
