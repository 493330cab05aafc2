import { unreachable } from '../../unreachable.ts'
import type { ClosingText, HeldText, LegsText, OrderText, PositionText, WantedText } from '../things.ts'

/** What messages name, within an English sentence. */

export const positionText = ({ direction, size, market }: PositionText): string => `${direction} ${size} ${market}`

export const heldText = ({ direction, size, market }: HeldText): string =>
  [direction, size, market].filter(Boolean).join(' ')

export const closingText = ({ direction, size, of, market }: ClosingText): string =>
  `${direction} ${size}${of === null ? '' : ` of ${of}`} ${market}`

export function orderText(order: OrderText): string {
  switch (order.kind) {
    case 'open':
      return `${order.direction} ${order.size}`
    case 'close':
      return `close of ${order.size}`
    case 'amend':
      return `change to ${legsText(order.legs)}`
    case 'place':
      return `order to ${order.direction} ${order.size} at ${order.level}`
    case 'cancel':
      return 'cancellation of an order'
    default:
      return unreachable(order)
  }
}

export const legsText = ({ stop, limit, trails }: LegsText): string =>
  `stop ${stop ?? 'none'}${trails ? ', trailing' : ''}, limit ${limit ?? 'none'}`

export function wantedText(wanted: WantedText): string {
  switch (wanted.kind) {
    case 'entry':
      return wanted.direction
    case 'order':
      return `${wanted.direction} order`
    case 'change':
      return wanted.change
    case 'preset':
      return `preset ${wanted.name}`
    case 'reverse':
    case 'close':
      return wanted.kind
    default:
      return unreachable(wanted)
  }
}

export const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** After a word such as FLAT: nothing for the account. */
export const where = (market: string | null): string => (market === null ? '' : ` in ${market}`)
