import type { Direction } from '@scalpdesk/sdk'
import { unreachable } from '../../unreachable.ts'
import type { ClosingText, HeldText, LegsText, OrderText, PositionText, WantedText } from '../things.ts'

/** What messages name, within a French sentence. */

/** As the screen's columns say it: a side is never told by a colour alone, nor in two ways. */
export const SIDE: Readonly<Record<Direction, string>> = { BUY: 'ACHAT', SELL: 'VENTE' }

export const positionText = ({ direction, size, market }: PositionText): string =>
  `${SIDE[direction]} ${size} ${market}`

export const heldText = ({ direction, size, market }: HeldText): string =>
  [direction && SIDE[direction], size, market].filter(Boolean).join(' ')

export const closingText = ({ direction, size, of, market }: ClosingText): string =>
  `${SIDE[direction]} ${size}${of === null ? '' : ` sur ${of}`} ${market}`

export function orderText(order: OrderText): string {
  switch (order.kind) {
    case 'open':
      return `${SIDE[order.direction]} ${order.size}`
    case 'close':
      return `clôture de ${order.size}`
    case 'amend':
      return `changement : ${legsText(order.legs)}`
    case 'place':
      return `ordre ${SIDE[order.direction]} ${order.size} à ${order.level}`
    case 'cancel':
      return 'annulation d’un ordre'
    default:
      return unreachable(order)
  }
}

export const legsText = ({ stop, limit, trails }: LegsText): string =>
  `stop ${stop ?? 'aucun'}${trails ? ' suiveur' : ''}, limite ${limit ?? 'aucune'}`

export function wantedText(wanted: WantedText): string {
  switch (wanted.kind) {
    case 'entry':
      return SIDE[wanted.direction]
    case 'order':
      return `ordre ${SIDE[wanted.direction]}`
    case 'change':
      return CHANGES[wanted.change]
    case 'preset':
      return `préréglage ${wanted.name}`
    case 'reverse':
      return 'inversion'
    case 'close':
      return 'clôture'
    default:
      return unreachable(wanted)
  }
}

const CHANGES: Readonly<Record<Extract<WantedText, { kind: 'change' }>['change'], string>> = {
  breakeven: 'stop au prix d’entrée',
  'move-leg': 'déplacement du stop ou de la limite',
  'set-leg': 'placement du stop ou de la limite',
  tighten: 'resserrement du stop',
  'remove-limit': 'retrait de la limite',
  trail: 'stop suiveur',
}

/** In French one and a half are one: only from two on it is more. */
export const count = (n: number, one: string, more: string): string => `${n} ${n < 2 ? one : more}`

export const positions = (n: number): string => count(n, 'position', 'positions')

export const orders = (n: number): string => count(n, 'ordre en attente', 'ordres en attente')

/** After a word such as À PLAT: nothing for the account. */
export const where = (market: string | null): string => (market === null ? '' : ` sur ${market}`)
