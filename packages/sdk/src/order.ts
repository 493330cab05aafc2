import type { Decimal } from 'decimal.js'
import type { DealId, DealReference } from './ids.ts'
import type { Market } from './market.ts'
import type { Direction } from './position.ts'

/**
 * A market order that opens a position of its own (`forceOpen`, which stops and limits need).
 * Source: IG Labs, REST API reference, "Positions", POST /positions/otc version 2.
 */
export interface OpenOrder {
  /** Chosen by the caller and written down before the call: the name to ask about afterwards. */
  readonly reference: DealReference
  readonly market: Pick<Market, 'epic' | 'expiry' | 'currency'>
  readonly direction: Direction
  /** Contracts, or stake per point. */
  readonly size: Decimal
  readonly stop?: StopLeg
  readonly limit?: LimitLeg
}

export interface StopLeg {
  /** From the deal level, in points ({@link Market.pointsPerUnit}). */
  readonly distancePoints: Decimal
  readonly isGuaranteed?: boolean
}

export interface LimitLeg {
  readonly distancePoints: Decimal
}

/** Closes a position, or a part of it, at the market. IG makes the reference. */
export interface CloseOrder {
  readonly dealId: DealId
  /** Of the closing deal: the opposite of the position's. */
  readonly direction: Direction
  readonly size: Decimal
}

/** Sets both legs of a position: `null` removes one. */
export interface AmendOrder {
  readonly dealId: DealId
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  /** As the position has it: IG lets no stop change its kind. */
  readonly isGuaranteed?: boolean
}

/** What is known when the request is over. Only a confirm, or the list of positions, says whether a deal was made. */
export type Submission =
  /** IG has it; its confirm will follow. `acknowledgedAtMs` is monotonic. */
  | { readonly kind: 'acknowledged'; readonly reference: DealReference; readonly acknowledgedAtMs: number }
  /** IG provably refused it before dealing: a 4xx with an `errorCode`. */
  | { readonly kind: 'rejected'; readonly code: string; readonly httpStatus: number }
  /** No byte of it left this machine. With an {@link InvalidInputError} the order itself cannot be one: correct it. */
  | { readonly kind: 'unsent'; readonly cause: Error }
  /** It may have been dealt. It was not, and must not be, sent again: ask confirms, positions and activity. */
  | { readonly kind: 'unknown'; readonly cause: Error }

/** Tells when an order leaves, and says how long it may wait until then. */
export interface SendWatch {
  /**
   * Milliseconds that the request may wait for a connection; after that it is `unsent` and nothing of it is written later.
   * The request timeout unless told. A warm connection makes no order wait.
   */
  readonly connectWithinMs?: number
  /** Called just before the request's first byte is handed to the socket. Must not throw. */
  onWire?(atMonotonicMs: number): void
}
