import type { TlcpStatus } from '@scalpdesk/tlcp'
import type { Account, AccountFigures } from './account.ts'
import type { Confirm } from './confirm.ts'
import type { AccountId, DealReference, Epic } from './ids.ts'
import type { Market, MarketSummary } from './market.ts'
import type { AmendOrder, CloseOrder, OpenOrder, SendWatch, Submission } from './order.ts'
import type { Clock, Random } from './ports.ts'
import type { Position, WorkingOrder } from './position.ts'
import type { Quote } from './quote.ts'
import type { TradeEvent } from './trade-event.ts'

export interface ConnectOptions {
  /** `live` deals with real money. A URL is the REST base of another server, such as `http://127.0.0.1:1234/gateway/deal`. */
  readonly environment: 'demo' | 'live' | URL
  readonly credentials: Credentials
  /** Act on this account instead of the preferred one. */
  readonly accountId?: AccountId
  readonly clock?: Clock
  readonly random?: Random
  /** How long one answer may take; 10 000 ms unless told. */
  readonly requestTimeoutMs?: number
  /** Stops the signing-in. Once connected, `close()` is the way to stop. */
  readonly signal?: AbortSignal
}

/** Stay in this process: no error, status or printed value of this package shows them. */
export interface Credentials {
  readonly apiKey: string
  /** The login name; IG's API takes no e-mail address here. */
  readonly identifier: string
  readonly password: string
}

/** A signed-in connection to IG. */
export interface Ig extends AsyncDisposable {
  /** The account that all of this acts on, as it was at sign-in. */
  readonly account: Account
  readonly accounts: {
    list(): Promise<readonly Account[]>
  }
  readonly markets: {
    get(epic: Epic): Promise<Market>
    search(text: string): Promise<readonly MarketSummary[]>
  }
  readonly positions: {
    list(): Promise<readonly Position[]>
    /**
     * Sends one market order, once. Its bytes are handed to the socket before this returns when a connection is warm.
     * An order that cannot be one is `unsent` with an {@link InvalidInputError}; so for `close` and `amend`.
     */
    open(order: OpenOrder, watch?: SendWatch): Promise<Submission>
    close(order: CloseOrder, watch?: SendWatch): Promise<Submission>
    amend(order: AmendOrder, watch?: SendWatch): Promise<Submission>
  }
  readonly workingOrders: {
    list(): Promise<readonly WorkingOrder[]>
  }
  readonly confirms: {
    /** `null`: not there, which may also mean not there yet, or gone again (IG keeps one for about a minute). */
    find(reference: DealReference): Promise<Confirm | null>
  }
  readonly stream: IgStream
  /** Ends the stream and signs out. Leaves nothing running; safe to call twice. */
  close(): Promise<void>
}

/** Live data. The connection is made at the first subscription and kept, with its subscriptions, until `close()`. */
export interface IgStream {
  prices(markets: readonly Market[], listener: (quote: Quote) => void): StreamSubscription
  trades(listener: (event: TradeEvent) => void): StreamSubscription
  account(listener: (figures: AccountFigures) => void): StreamSubscription
  /** Calls at once with the present status, then at every change, until the function that it returns is called. */
  onStatus(listener: (status: StreamStatus) => void): () => void
}

/** Whatever is not `live` means: what the stream said last may no longer be true. */
export type StreamStatus = TlcpStatus

export interface StreamSubscription {
  /** Nothing is delivered after this. */
  close(): void
}
