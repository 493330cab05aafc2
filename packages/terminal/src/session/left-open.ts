import { type DeskState, isPending, isUnknown, leavesExposure } from '@scalpdesk/desk'

/** What leaving now leaves at the broker, as one sentence; null when nothing is known to stay. */
export function leftOpen(state: DeskState): string | null {
  const positions = [...state.holdings.values()].map(({ direction, size, marketName, stopLevel }) => {
    const stop = stopLevel ? `stop ${stopLevel.toFixed()}` : 'NO STOP'
    return `${direction} ${size.toFixed()} ${marketName} (${stop})`
  })
  const orders = [...state.orders.values()].filter(order => isPending(order) || isUnknown(order)).map(({ id }) => id)
  const working = state.areOrdersListed ? state.resting.size : 0
  const left = working > 0 ? [...positions, working === 1 ? '1 working order' : `${working} working orders`] : positions
  const parts = [
    left.length > 0 ? `left open at the broker: ${left.join(', ')}` : null,
    left.length === 0 && orders.length === 0 && leavesExposure(state)
      ? 'the broker has not said that nothing is open: look at its platform'
      : null,
    orders.length > 0 ? `outcome not known of ${orders.join(', ')}: look at the broker’s platform` : null,
  ].filter(part => part !== null)
  return parts.length > 0 ? parts.join('; ') : null
}
