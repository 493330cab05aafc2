import { areTradesHeard, type DeskState } from '../desk-state.ts'
import { isPending, isUnresolvedEntry } from '../orders/order.ts'
import { ACCOUNT, isWithin, type Scope } from './scope.ts'

/**
 * What we are exposed to, in one word.
 * `flat` only when the broker reported no position and no working order in a reading that nothing overtook, no order
 * waits for its outcome or was left without one, and the stream's trade events that would tell of a change are heard.
 */
export type Exposure = 'flat' | 'open' | 'checking' | 'unknown'

/** Of the account, or of one market of it. */
export function exposure(state: DeskState, scope: Scope = ACCOUNT): Exposure {
  const orders = [...state.orders.values()].filter(({ purpose }) => isWithin(scope, purpose))
  if (orders.some(isUnresolvedEntry)) return 'unknown'
  const pending = orders.filter(isPending)
  // A change of legs opens and closes nothing.
  if (pending.some(({ purpose }) => purpose.kind !== 'amend')) return 'checking'
  if ([...state.holdings.values()].some(holding => isWithin(scope, holding))) return 'open'
  // What was listed before the list failed may be gone, or not.
  if (state.areOrdersListed && [...state.resting.values()].some(order => isWithin(scope, order))) return 'open'
  if (pending.length > 0) return 'checking'
  if (!areTradesHeard(state) || state.book.agreedAt === null) return 'unknown'
  return state.areOrdersListed && state.book.agreedAt === state.book.changes ? 'flat' : 'checking'
}
