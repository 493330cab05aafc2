import { type DeskState, isPending, type RestingOrder } from '@scalpdesk/desk'
import type { DealId } from '@scalpdesk/sdk'
import type { OrderView } from '../../screen/view.ts'
import { withDecimals } from './figure-text.ts'

/** What rows of working orders are made of. */
export type OrderSources = Pick<DeskState, 'resting' | 'orders' | 'contracts'>

/**
 * Rows of the working orders that the broker listed last. One whose side the broker does not tell has no row: it counts among
 * the working orders all the same.
 */
export function orderRows(state: OrderSources, selected: DealId | null): readonly OrderView[] {
  const cancels = [...state.orders.values()].filter(order => order.purpose.kind === 'cancel' && isPending(order))
  return [...state.resting.values()].flatMap(order => {
    const own = cancels.filter(({ purpose }) => purpose.kind === 'cancel' && purpose.dealId === order.dealId)
    const isChecking = own.some(({ stage }) => stage.kind === 'checking')
    const row = rowOf(state, order, order.dealId === selected)
    return row ? [{ ...row, state: isChecking ? 'checking' : own.length > 0 ? 'cancelling' : 'working' }] : []
  })
}

function rowOf(state: OrderSources, order: RestingOrder, isSelected: boolean): Omit<OrderView, 'state'> | null {
  const { direction, orderKind, size, marketName: market, epic, level, origin } = order
  if (direction === null || orderKind === null) return null
  const decimals = state.contracts.get(epic)?.market.decimals ?? 0
  return {
    direction,
    kind: orderKind,
    size: size?.toFixed() ?? '?',
    market,
    epic,
    level: level ? withDecimals(level, decimals) : '?',
    isSelected,
    isForeign: origin === 'elsewhere',
  }
}
