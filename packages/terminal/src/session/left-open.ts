import { type DeskState, isPending, isUnknown } from '@scalpdesk/desk'

/** What leaving now leaves at the broker, as one sentence; null when nothing is known to stay. */
export function leftOpen(state: DeskState): string | null {
  const positions = [...state.holdings.values()].map(({ direction, size, marketName, stopLevel }) => {
    const stop = stopLevel ? `stop ${stopLevel.toFixed()}` : 'NO STOP'
    return `${direction} ${size.toFixed()} ${marketName} (${stop})`
  })
  const orders = [...state.orders.values()].filter(order => isPending(order) || isUnknown(order)).map(({ id }) => id)
  const parts = [
    positions.length > 0 ? `left open at the broker: ${positions.join(', ')}` : null,
    orders.length > 0 ? `outcome not known of ${orders.join(', ')}: look at the broker’s platform` : null,
  ].filter(part => part !== null)
  return parts.length > 0 ? parts.join('; ') : null
}
