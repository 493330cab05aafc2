import type { Activity, ActivityAction, ActivityDetails } from '../activity.ts'
import type { DealRequest } from '../deal-request.ts'
import { unreachable } from '../unreachable.ts'
import { isEqual } from './list-evidence.ts'
import { CLOCK_DIFFERENCE_MS } from './seen-activity.ts'
import type { SentRegister } from './sent-register.ts'
import { EVIDENCE_WITHIN_MS } from './settle-pace.ts'

/**
 * The activity that a request without a known reference left: made through this API, after the request and soon, of the same
 * kind, deal, size and levels, and nobody else's. Where two could be it, none is: a guess would be a claim.
 */
export function findUnnamed(
  request: DealRequest,
  activity: readonly Activity[],
  register: Pick<SentRegister, 'isOthers' | 'hasRival' | 'isSame' | 'activity'>,
): Activity | null {
  // It was proved before, and is taken by no other since.
  const own = activity.find(row => isOwn(row))
  if (own !== undefined) return own
  if (register.activity.areDatesOdd || register.hasRival(request)) return null
  const firstMs = request.sentAtMs - CLOCK_DIFFERENCE_MS
  const lastMs = request.sentAtMs + EVIDENCE_WITHIN_MS
  const candidates = activity.filter(row => {
    const { details } = row
    if (row.status !== 'accepted' || row.channel !== 'public-web-api' || details === null) return false
    if (row.atMs === null || row.atMs < firstMs || row.atMs > lastMs) return false
    if (register.activity.wasThereBefore(row, request.sentAtMs)) return false
    if (register.activity.claimantOf(row) !== null) return false
    if (details.dealReference !== null && register.isOthers(details.dealReference, request)) return false
    return isOf(request, row, details)
  })
  return candidates.length === 1 ? (candidates[0] ?? null) : null

  function isOwn(row: Activity): boolean {
    const claimant = register.activity.claimantOf(row)
    return claimant !== null && register.isSame(claimant, request)
  }
}

function isOf(request: DealRequest, row: Activity, details: ActivityDetails): boolean {
  switch (request.kind) {
    case 'open':
    case 'place-order':
      // These have a reference, always.
      return false
    case 'close':
      if (!isEqual(details.size, request.size)) return false
      if (request.dealId !== null) return isAbout(details, request.dealId, CLOSES)
      return (
        row.epic === request.epic &&
        details.direction === request.direction &&
        details.actions.some(action => CLOSES.has(wordOf(action)))
      )
    case 'amend':
      return (
        isAbout(details, request.dealId, AMENDS) &&
        isEqual(details.stopLevel, request.stopLevel) &&
        isEqual(details.limitLevel, request.limitLevel)
      )
    case 'amend-order':
      return isAbout(details, request.dealId, ORDER_AMENDS) && isEqual(details.level, request.level)
    case 'cancel-order':
      return isAbout(details, request.dealId, CANCELS)
    default:
      return unreachable(request)
  }
}

function isAbout({ actions }: ActivityDetails, dealId: string, words: ReadonlySet<string>): boolean {
  return actions.some(action => action.affectedDealId === dealId && words.has(wordOf(action)))
}

function wordOf({ type }: ActivityAction): string {
  return typeof type === 'string' ? type : ''
}

const CLOSES: ReadonlySet<string> = new Set(['position-closed', 'position-partially-closed', 'position-deleted'])
const AMENDS: ReadonlySet<string> = new Set(['stop-limit-amended'])
const ORDER_AMENDS: ReadonlySet<string> = new Set(['limit-order-amended', 'stop-order-amended'])
const CANCELS: ReadonlySet<string> = new Set(['working-order-deleted', 'limit-order-deleted', 'stop-order-deleted'])
