import { type DeskState, isPending, type RestingOrder } from '@scalpdesk/desk'
import type { DealId } from '@scalpdesk/sdk'
import type { OrderView } from '../../screen/view.ts'
import { withDecimals } from './figure-text.ts'

/** What rows of working orders are made of. */
export type OrderSources = Pick<DeskState, 'resting' | 'orders' | 'contracts'>

/** Rows of the working orders that the broker listed last, also of those of which it does not tell all. */
export function orderRows(state: OrderSources, selected: DealId | null): readonly OrderView[] {
  const cancels = [...state.orders.values()].filter(order => order.purpose.kind === 'cancel' && isPending(order))
  return [...state.resting.values()].map(order => {
    const own = cancels.filter(({ purpose }) => purpose.kind === 'cancel' && purpose.dealId === order.dealId)
    const isChecking = own.some(({ stage }) => stage.kind === 'checking')
    const row = rowOf(state, order, order.dealId === selected)
    return { ...row, state: isChecking ? 'checking' : own.length > 0 ? 'cancelling' : 'working' }
  })
}

function rowOf(state: OrderSources, order: RestingOrder, isSelected: boolean): Omit<OrderView, 'state'> {
  const { direction, orderKind, size, marketName: market, epic, level, origin } = order
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
