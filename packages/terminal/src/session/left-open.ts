import { type DeskState, isPending, isUnknown, leavesExposure } from '@scalpdesk/desk'
import type { Texts } from '../texts/texts.ts'

/** What leaving now leaves at the broker, as one sentence; null when nothing is known to stay. */
export function leftOpen(state: DeskState, { session: { left: words }, sides, states }: Texts): string | null {
  const positions = [...state.holdings.values()].map(({ direction, size, marketName, stopLevel }) =>
    words.position(`${sides[direction]} ${size.toFixed()} ${marketName}`, stopLevel?.toFixed() ?? null),
  )
  const orders = [...state.orders.values()].filter(order => isPending(order) || isUnknown(order)).map(({ id }) => id)
  const working = state.areOrdersListed ? state.resting.size : 0
  const left = working > 0 ? [...positions, states.workingOrdersShort(working)] : positions
  const parts = [
    left.length > 0 ? words.open(left.join(', ')) : null,
    left.length === 0 && orders.length === 0 && leavesExposure(state) ? words.notSaid : null,
    orders.length > 0 ? words.unknown(orders.join(', ')) : null,
  ].filter(part => part !== null)
  return parts.length > 0 ? parts.join('; ') : null
}
