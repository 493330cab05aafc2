import type { DealRequest } from './deal-request.ts'
import type { DealReference } from './ids.ts'

/** What is known when the request is over. Only a confirm, or the list of positions, says whether a deal was made. */
export type Submission =
  /** IG has it; its confirm will follow. `acknowledgedAtMs` is monotonic. */
  | { readonly kind: 'acknowledged'; readonly reference: DealReference; readonly acknowledgedAtMs: number }
  /** IG provably refused it before dealing: a 4xx with an `errorCode`. */
  | { readonly kind: 'rejected'; readonly code: string; readonly httpStatus: number }
  /**
   * No byte of it left this machine. With an `InvalidInputError` the order itself cannot be one: correct it. With an
   * `AllowanceError` it may go at `retryAtMs`.
   */
  | { readonly kind: 'unsent'; readonly cause: Error }
  /** It may have been dealt. It was not, and must not be, sent again: `settle()` finds out. */
  | { readonly kind: 'unknown'; readonly cause: Error }

/** A submission together with what was asked: all that is needed to find out what became of it. */
export type Sent = Submission & { readonly request: DealRequest }

interface Watch {
  /** Before the order's first byte has left it is `unsent` from then on; after that it is `unknown`. */
  readonly signal?: AbortSignal
  /** For the whole exchange; the connection's `requestTimeoutMs` unless told. */
  readonly timeoutMs?: number
  /**
   * Milliseconds that the request may wait for a connection, or for tokens that are being renewed; after that it is `unsent`
   * and nothing of it is written later. The timeout unless told. A warm connection makes no order wait.
   */
  readonly connectWithinMs?: number
  /**
   * Called just before the request's first byte is handed to the socket; again for an exit that goes once more, because IG refused
   * its tokens. Must not throw.
   */
  onWire?(atMonotonicMs: number): void
}

/** Tells when an order leaves, and says how long it may wait until then. */
export interface SendWatch extends Watch {
  /** Only what gets out may use the allowance that is kept for getting out. */
  readonly isExit?: never
}

/** As {@link SendWatch}, for what changes or takes back: it may be a part of getting out. */
export interface EditWatch extends Watch {
  /** Part of flattening: may use the allowance that is kept for exits. */
  readonly isExit?: boolean
}
