import type { AcceptedOutcome, Confirm, DealId } from '@scalpdesk/sdk'
import { isSameLevel, type Legs } from '../book/holding.ts'
import { endedDeals } from '../book/holdings.ts'
import type { DeskState } from '../desk-state.ts'
import { canSettle, type OrderPurpose, type TrackedOrder } from './order.ts'

/**
 * The order that a confirm is about: by its reference, or, where IG made that and its acknowledgement has not come, by the
 * deal that the confirm names. Where two orders could be it, it is not guessed: the acknowledgement or the list will tell.
 */
export function orderOf(state: DeskState, confirm: Confirm): TrackedOrder | undefined {
  const orders = [...state.orders.values()]
  const named = orders.find(order => order.reference === confirm.reference)
  const { outcome } = confirm
  if (named || outcome.kind === 'rejected') return named
  const candidates = orders.filter(
    order => order.reference === null && canSettle(order) && mayBeAbout(order.purpose, confirm, outcome),
  )
  const [only] = candidates
  return only && candidates.length === 1 && isToldApart(only.purpose) ? only : undefined
}

/** The end of a part of a position may be somebody else's: the acknowledgement names it, or the list shows what is left. */
function isToldApart(purpose: OrderPurpose): boolean {
  return purpose.kind !== 'close' || !purpose.size.lt(purpose.heldSize)
}

function mayBeAbout(purpose: OrderPurpose, confirm: Confirm, outcome: AcceptedOutcome): boolean {
  switch (purpose.kind) {
    case 'close':
      // Of a part too, and of one larger than what is left: somebody may have closed the rest of it.
      return endedDeals(confirm, outcome).includes(purpose.dealId)
    case 'amend':
      return isTouched(outcome, purpose.dealId, 'amended') && hasLegs(outcome, purpose.after)
    case 'cancel':
      return isTouched(outcome, purpose.dealId, 'deleted')
    default:
      return false
  }
}

/** Another change of the same position leaves other legs; where a stop trails is the broker's. */
function hasLegs(outcome: AcceptedOutcome, { stopLevel, limitLevel, isGuaranteed, trailingStop }: Legs): boolean {
  const trails = trailingStop !== null
  if (outcome.isTrailing !== trails || outcome.isGuaranteed !== isGuaranteed) return false
  return (trails || isSameLevel(outcome.stopLevel, stopLevel)) && isSameLevel(outcome.limitLevel, limitLevel)
}

function isTouched(
  outcome: AcceptedOutcome,
  dealId: DealId,
  status: AcceptedOutcome['affected'][number]['status'],
): boolean {
  return outcome.affected.some(deal => deal.dealId === dealId && deal.status === status)
}
