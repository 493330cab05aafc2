import type { BrokerState } from '../broker-state.ts'
import type { Clock } from '../clock.ts'
import type { ConfirmStore } from '../confirm-store.ts'
import type { LoginSessions } from '../login-sessions.ts'

/** What the handlers of the REST API work with. */
export interface RestBroker {
  readonly state: BrokerState
  readonly confirms: ConfirmStore
  readonly logins: LoginSessions
  readonly clock: Clock
  /** Our own address, `http://127.0.0.1:40000`: also the streaming endpoint. */
  origin(): string
}
