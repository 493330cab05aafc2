import type { Activity } from '../activity.ts'
import type { Confirm } from '../confirm.ts'
import type { DealRequest } from '../deal-request.ts'
import type { DealId, DealReference } from '../ids.ts'
import type { Position } from '../position.ts'
import type { Accepted } from '../settlement.ts'
import type { WorkingOrder } from '../working-order.ts'

// What a document of IG's says about one request. Pure; `null` is: nothing.
// Sources: IG Labs, REST API reference, "Positions" (GET /confirms, GET /positions), "Working Orders", "Accounts" (activity);
// how the documents contradict each other was seen by users of client libraries.

export type Finding = Omit<Accepted, 'kind' | 'request'>

export type ConfirmFinding =
  | { readonly kind: 'accepted'; readonly finding: Finding }
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Rejected, with a reason that was seen, or may be, for orders that had dealt: the lists must agree. */
  | { readonly kind: 'doubtful'; readonly reason: string }

/**
 * UNKNOWN was seen for orders that had filled, and of GENERAL_ERROR the reference says to look at the activity; the other two
 * say that an order of this name was there before, and it may have been this one, repeated on its way by others than us.
 */
const DOUBTFUL: ReadonlySet<string> = new Set([
  'UNKNOWN',
  'GENERAL_ERROR',
  'DUPLICATE_ORDER_ERROR',
  'CONFLICTING_ORDER',
])

export function isDoubtful(reason: string): boolean {
  return DOUBTFUL.has(reason)
}

/** @param confirm one with the request's reference. */
export function findInConfirm(request: DealRequest, confirm: Confirm): ConfirmFinding | null {
  if (request.kind === 'open' || request.kind === 'place-order') {
    // Somebody else's order of the same name.
    if ((confirm.epic !== null && confirm.epic !== request.epic) || confirm.direction !== request.direction) return null
  }
  const { outcome } = confirm
  if (outcome.kind === 'rejected')
    return { kind: isDoubtful(outcome.reason) ? 'doubtful' : 'rejected', reason: outcome.reason }
  const affected = outcome.affected.map(deal => deal.dealId)
  return {
    kind: 'accepted',
    finding: {
      reference: confirm.reference,
      dealIds: affected.length > 0 ? affected : [confirm.dealId],
      evidence: 'confirm',
      confirm,
      level: outcome.level,
      size: outcome.size,
    },
  }
}

/** An order that opened a position left its reference there. @param doubted a rejection that may be wrong names its deal too. */
export function findInPositions(
  request: DealRequest,
  positions: readonly Position[],
  doubted: Confirm | null,
): Finding | null {
  if (request.kind !== 'open' && request.kind !== 'place-order') return null
  const position = positions.find(
    ({ dealReference, dealId, epic, direction }) =>
      (dealReference === request.reference || dealId === doubted?.dealId) &&
      epic === request.epic &&
      direction === request.direction,
  )
  if (position === undefined) return null
  const { dealId, level, size } = position
  return { reference: request.reference, dealIds: [dealId], evidence: 'position', confirm: null, level, size }
}

/** Working orders are listed without reference: only the deal id of a doubtful rejection can name one. */
export function findInOrders(
  request: DealRequest,
  orders: readonly WorkingOrder[],
  doubted: Confirm | null,
): Finding | null {
  if (request.kind !== 'place-order' || doubted === null) return null
  const order = orders.find(({ dealId, epic }) => dealId === doubted.dealId && epic === request.epic)
  if (order === undefined) return null
  const { dealId, level, size } = order
  return { reference: request.reference, dealIds: [dealId], evidence: 'working-order', confirm: null, level, size }
}

export type ActivityFinding =
  | { readonly kind: 'accepted'; readonly finding: Finding }
  | { readonly kind: 'rejected'; readonly reason: string }

/** By the reference. An acceptance counts more than a rejection: that may be of a repetition. */
export function findInActivity(reference: DealReference, activity: readonly Activity[]): ActivityFinding | null {
  const named = activity.filter(row => row.details?.dealReference === reference)
  const accepted = named.find(row => row.status === 'accepted')
  if (accepted !== undefined) return { kind: 'accepted', finding: findingOf(accepted) }
  const rejected = named.find(row => row.status === 'rejected')
  return rejected === undefined ? null : { kind: 'rejected', reason: rejected.description ?? 'UNKNOWN' }
}

export function findingOf(row: Activity): Finding {
  const { details } = row
  const affected = details?.actions.flatMap(action => action.affectedDealId ?? []) ?? []
  return {
    reference: details?.dealReference ?? null,
    dealIds: affected.length > 0 ? affected : row.dealId === null ? [] : [row.dealId],
    evidence: 'activity',
    confirm: null,
    level: details?.level ?? null,
    size: details?.size ?? null,
  }
}

/** The deals that an activity says have ended; the lists must agree before it is believed of a request without reference. */
export function endedBy(row: Activity): readonly DealId[] {
  const actions = row.details?.actions ?? []
  return actions.flatMap(({ type, affectedDealId }) =>
    typeof type === 'string' && ENDINGS.has(type) && affectedDealId !== null ? [affectedDealId] : [],
  )
}

const ENDINGS: ReadonlySet<string> = new Set([
  'position-closed',
  'position-deleted',
  'working-order-deleted',
  'limit-order-deleted',
  'stop-order-deleted',
])
