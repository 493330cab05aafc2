import type { DeskState } from './desk-state.ts'
import { isPending } from './order.ts'

/**
 * What we are exposed to, in one word.
 * `flat` only when the broker reported no position and no working order in a reading that nothing overtook, no order
 * waits for its outcome, and the stream that would tell of a change is live.
 */
export type Exposure = 'flat' | 'open' | 'checking' | 'unknown'

export function exposure(state: DeskState): Exposure {
  if ([...state.orders.values()].some(isPending)) return 'checking'
  if (state.holdings.size > 0 || (state.workingOrders?.length ?? 0) > 0) return 'open'
  if (state.stream.kind !== 'live' || state.book.agreedAt === null) return 'unknown'
  return state.book.agreedAt === state.book.changes ? 'flat' : 'checking'
}
