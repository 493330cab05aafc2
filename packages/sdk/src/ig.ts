import type { Dial } from '@scalpdesk/tlcp'
import type { Account } from './account.ts'
import type { AllowanceLimits, AllowanceView } from './allowance/allowance-budget.ts'
import type { Lane } from './allowance/lane.ts'
import type { DealRequest } from './deal-request.ts'
import type { SettleOptions } from './dealing/settle.ts'
import type { AccountId } from './ids.ts'
import type { IgStream } from './live-stream.ts'
import type { Observe } from './observe.ts'
import type { Clock, Random } from './ports.ts'
import type { Accounts } from './resources/accounts.ts'
import type { Applications } from './resources/applications.ts'
import type { Confirms } from './resources/confirms.ts'
import type { Costs } from './resources/costs.ts'
import type { History } from './resources/history.ts'
import type { Markets } from './resources/markets.ts'
import type { Orders } from './resources/orders.ts'
import type { Positions } from './resources/positions.ts'
import type { Prices } from './resources/prices.ts'
import type { RepeatDealing } from './resources/repeat-dealing.ts'
import type { Session } from './resources/session.ts'
import type { Watchlists } from './resources/watchlists.ts'
import type { Credentials } from './session/sign-in.ts'
import type { Settlement } from './settlement.ts'
import type { Sent } from './submission.ts'
import type { TransportFactory } from './transport/transport.ts'

export interface ConnectOptions {
  /** `live` deals with real money. A URL is the REST base of another server, such as `http://127.0.0.1:1234/gateway/deal`. */
  readonly environment: 'demo' | 'live' | URL
  readonly credentials: Credentials
  /** Act on this account instead of the preferred one. */
  readonly accountId?: AccountId
  /** 2 unless told: tokens that last for hours. 3 where the preferred account is not one that version 2 can act on. */
  readonly sessionVersion?: 2 | 3
  /** `when-required` unless told: only where the IG company asks for it, as some do. Version 2. */
  readonly encryptPassword?: 'when-required' | 'always'
  /** IANA name of the account's zone, for the days of its history; else the offset that IG tells at the sign-in, which is wrong on days before the clocks changed. */
  readonly timeZone?: string
  /**
   * Calls a minute that this connection allows itself. Unless told: `published`, IG's own, then the key's as IG tells them, for demo and
   * live; `off` for another server. With `off` an answer that an allowance is used up is heeded all the same.
   */
  readonly allowances?: 'published' | 'off' | AllowanceLimits
  /** How long one answer may take; 10 000 ms unless told. */
  readonly requestTimeoutMs?: number
  /**
   * When the code that an order runs through is made warm, so that the first one is as fast as the second: `before` this connection is given
   * out, unless told; `kept`, behind it, a little at a time, and then again and again while it is open, for orders that are seconds apart
   * and wanted at once; `none` for who sends one order or none.
   */
  readonly rehearsal?: 'before' | 'kept' | 'none'
  /** Stops the signing-in. Once connected, `close()` is the way to stop. */
  readonly signal?: AbortSignal
  /** Hears what happens inside, without secrets. */
  readonly observe?: Observe
  /** The way to IG; connections of our own and undici unless told. */
  readonly transport?: TransportFactory
  /** The way to IG's stream, and then the only one; WebSockets, and HTTP where they cannot be had, unless told. */
  readonly streamDial?: Dial
  readonly clock?: Clock
  readonly random?: Random
}

/** A signed-in connection to IG. Every method's last parameter takes a `signal` and a `timeoutMs`. */
export interface Ig extends AsyncDisposable {
  /** The account that all of this acts on, as it was when it was chosen. */
  readonly account: Account
  readonly session: Session
  readonly accounts: Accounts
  readonly markets: Markets
  readonly prices: Prices
  readonly positions: Positions
  /** Working orders: those that rest until the market reaches them. */
  readonly orders: Orders
  readonly confirms: Confirms
  readonly history: History
  readonly watchlists: Watchlists
  readonly costs: Costs
  readonly applications: Applications
  readonly repeatDealing: RepeatDealing
  readonly allowances: Allowances
  readonly stream: IgStream
  /**
   * What became of a request, worked out from its confirm, and where there is none from positions, working orders and activity. Takes
   * until it is known, or nothing can come any more: 75 seconds after the sending, as a rule. Sends no order. Also for a request of an earlier
   * run, from its journal.
   */
  settle(sent: Sent | DealRequest, options?: SettleOptions): Promise<Settlement>
  /** Ends the stream and signs out. Leaves nothing running; safe to call twice. */
  close(): Promise<void>
}

/** IG's limits on calls, as this connection reckons them. Other programs with the same key spend them as well. */
export interface Allowances {
  view(): AllowanceView
  /** Milliseconds that a call would have to wait now. An exit never waits. */
  waitMs(lane: Lane): number
}
