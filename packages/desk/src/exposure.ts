import { areTradesHeard, type DeskState } from './desk-state.ts'
import { isPending, isUnresolvedOpen } from './order.ts'

/**
 * What we are exposed to, in one word.
 * `flat` only when the broker reported no position and no working order in a reading that nothing overtook, no order
 * waits for its outcome or was left without one, and the stream's trade events that would tell of a change are heard.
 */
export type Exposure = 'flat' | 'open' | 'checking' | 'unknown'

export function exposure(state: DeskState): Exposure {
  const orders = [...state.orders.values()]
  if (orders.some(isUnresolvedOpen)) return 'unknown'
  if (orders.some(isPending)) return 'checking'
  if (state.holdings.size > 0 || (state.workingOrders?.length ?? 0) > 0) return 'open'
  if (!areTradesHeard(state) || state.book.agreedAt === null) return 'unknown'
  return state.workingOrders && state.book.agreedAt === state.book.changes ? 'flat' : 'checking'
}
