import { Decimal, type Direction } from '@scalpdesk/sdk'
import { ACCOUNT } from '../book/scope.ts'
import type { DeskState } from '../desk-state.ts'
import type { Intent } from '../intents/intent.ts'
import { unreachable } from '../unreachable.ts'
import { EURUSD } from './desk-fixtures.ts'

/** What the trader of a session may press. Those that need a position or an order take the oldest that the desk knows. */
export type Key =
  | Direction
  | 'flatten'
  | 'flatten-market'
  | 'close'
  | 'close-half'
  | 'reverse'
  | 'breakeven'
  | 'stop-away'
  | 'join'
  | 'cancel'
  | 'cancel-all'
  | 'accept-unknown'
  | 'adopt'

/** An intent, and what may come of it. */
export interface Press {
  readonly intent: Intent
  /** It may send an order to open or to place. */
  readonly mayEnter: boolean
  /** It may send closes and cancellations. */
  readonly mayExit: boolean
}

/** null: there is nothing that it could be about. */
export function meantBy(state: DeskState, key: Key): Press | null {
  const { dealId } = [...state.holdings.values()][0] ?? {}
  const order = [...state.resting.values()][0]?.dealId
  const target = { epic: EURUSD }
  switch (key) {
    case 'BUY':
    case 'SELL':
      return press({ kind: 'enter', epic: EURUSD, direction: key }, true, state.mode === 'net')
    case 'join':
      return press({ kind: 'join', epic: EURUSD, direction: 'BUY' }, true, false)
    case 'reverse':
      return press({ kind: 'reverse', epic: EURUSD }, true, true)
    case 'flatten':
      return press({ kind: 'flatten', scope: ACCOUNT }, false, true)
    case 'flatten-market':
      return press({ kind: 'flatten', scope: { kind: 'market', epic: EURUSD } }, false, true)
    case 'close':
    case 'close-half':
      return dealId ? press({ kind: 'close', dealId, part: key === 'close' ? 'all' : 'half' }, false, true) : null
    case 'cancel':
      return order ? press({ kind: 'cancel', orders: { dealId: order } }, false, true) : null
    case 'cancel-all':
      return press({ kind: 'cancel', orders: { scope: ACCOUNT } }, false, true)
    case 'breakeven':
      return press({ kind: 'breakeven', target }, false, false)
    case 'stop-away':
      return press({ kind: 'move-leg', leg: 'stop', byPoints: new Decimal(-3), target }, false, false)
    case 'accept-unknown': {
      const unknown = [...state.orders.values()].find(({ stage }) => stage.kind === 'unresolved')
      return unknown ? press({ kind: 'accept-unknown', id: unknown.id }, false, false) : null
    }
    case 'adopt':
      return dealId ? press({ kind: 'adopt', dealId }, false, false) : null
    default:
      return unreachable(key)
  }
}

const press = (intent: Intent, mayEnter: boolean, mayExit: boolean): Press => ({ intent, mayEnter, mayExit })
