import { isPending, lockMessage, sentence } from '@scalpdesk/desk'
import type { GuardStatus } from '../host/guard-status.ts'
import type { GuardSide } from '../host/host-server.ts'
import type { KeySettings } from '../keys/key-table.ts'
import type { TradingSession } from '../session/trading-session.ts'
import type { ScreenHub } from './screen-hub.ts'

export interface GuardSideParts {
  readonly hub: ScreenHub
  readonly session: Pick<TradingSession, 'served' | 'leftOpen'>
  readonly keys: KeySettings
  readonly about: Pick<GuardStatus, 'pid' | 'environment' | 'account' | 'since' | 'socket'>
  /** Ends the guard soon: not within the call. */
  readonly end: () => void
}

/** What a guard does for those who connect to it. */
export function guardSide({ hub, session, keys, about, end }: GuardSideParts): GuardSide {
  return {
    keys,
    attach: hub.attach,
    status(): GuardStatus {
      const { state } = session.served
      const { lock: locked } = state.memory
      const lock = locked ? sentence(lockMessage(locked), 'en') : null
      return {
        ...about,
        screens: hub.screens,
        entries: lock !== null ? 'locked' : state.isArmed ? 'armed' : 'disarmed',
        why: lock ?? (state.isArmed ? null : hub.screens === 0 ? 'no screen is attached' : 'on the screen'),
        stream: state.stream.kind,
        positions: state.holdings.size,
        workingOrders: state.areOrdersListed ? state.resting.size : null,
        pending: [...state.orders.values()].filter(isPending).length,
        leftOpen: session.leftOpen(),
        outcome: state.outcome.text,
      }
    },
    stop() {
      const left = session.leftOpen()
      end()
      return left ?? 'nothing is open'
    },
  }
}
