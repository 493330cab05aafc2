import type { Allowances } from '../allowances.ts'
import type { Application } from '../application.ts'
import type { BrokerState } from '../broker-state.ts'
import type { Clock } from '../clock.ts'
import type { ConfirmDelivery } from '../confirm-delivery.ts'
import type { CostQuotes } from '../cost-quotes.ts'
import type { DealReferences } from '../deal-references.ts'
import type { LoginSessions } from '../login/login-sessions.ts'
import type { PasswordKey } from '../login/password-key.ts'
import type { PriceHistory } from '../prices/price-history.ts'
import type { Sentiment } from '../sentiment.ts'
import type { Watchlists } from '../watchlists.ts'

/** What the handlers of the REST API work with. */
export interface RestBroker {
  readonly state: BrokerState
  readonly references: DealReferences
  readonly delivery: ConfirmDelivery
  readonly logins: LoginSessions
  readonly passwordKey: PasswordKey
  readonly allowances: Allowances
  readonly application: Application
  readonly watchlists: Watchlists
  readonly prices: PriceHistory
  readonly costs: CostQuotes
  readonly sentiment: Sentiment
  readonly clock: Clock
  /** The time on a market's own clock: that of its tape, or the wall's. */
  timeOf(epic: string): number
  /** The earliest of all markets' clocks: periods of the past count back from it, so that they miss no deal on a tape. */
  earliestMs(): number
  /** Our own address, `http://127.0.0.1:40000`: also the streaming endpoint. */
  origin(): string
}
