import type { Decimal } from 'decimal.js'
import type { DealId, DealReference, Epic } from './ids.ts'
import type { Other } from './other.ts'
import type { Direction } from './position.ts'

/**
 * What became of a request. Source: IG Labs, REST API reference, "Positions", GET /confirms/{dealReference}; the stream's
 * CONFIRMS field has the same shape.
 */
export interface Confirm {
  readonly reference: DealReference
  /** Set for rejected ones too. On a close IG names the deal that was opened, not the closing one. */
  readonly dealId: DealId
  /** `null` where IG names none, as when it rejects a deal id that it does not know. */
  readonly epic: Epic | null
  readonly direction: Direction
  readonly outcome: ConfirmOutcome
  /** Milliseconds since 1970; `null` when IG's date is missing or unreadable. */
  readonly dateMs: number | null
}

export type ConfirmOutcome =
  | AcceptedOutcome
  | { readonly kind: 'rejected' /** IG's reason code. */; readonly reason: string }

/** What an accepted request did, by IG's word. Source: IG Labs, REST API reference, "Positions", GET /confirms/{dealReference}, `status`. */
export const CONFIRM_STATUSES = {
  OPEN: 'open',
  AMENDED: 'amended',
  CLOSED: 'closed',
  PARTIALLY_CLOSED: 'partially-closed',
  DELETED: 'deleted',
} as const

/** What became of a deal that it touched, by IG's word: `affectedDeals` there. */
export const AFFECTED_STATUSES = {
  OPENED: 'opened',
  AMENDED: 'amended',
  FULLY_CLOSED: 'fully-closed',
  PARTIALLY_CLOSED: 'partially-closed',
  DELETED: 'deleted',
} as const

export interface AcceptedOutcome {
  readonly kind: 'accepted'
  readonly status: (typeof CONFIRM_STATUSES)[keyof typeof CONFIRM_STATUSES] | Other
  readonly expiry: string | null
  readonly level: Decimal | null
  readonly size: Decimal | null
  /** IG may give a leg by its level, by its distance, or both. Only the list of positions says what protects one. */
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  readonly stopDistancePoints: Decimal | null
  readonly limitDistancePoints: Decimal | null
  /** `false` where IG does not say; so with {@link isTrailing}. */
  readonly isGuaranteed: boolean
  readonly isTrailing: boolean
  /** On a close, in {@link profitCurrency}. */
  readonly profit: Decimal | null
  /** ISO code; may be there while the profit is not. */
  readonly profitCurrency: string | null
  readonly affected: readonly AffectedDeal[]
}

export interface AffectedDeal {
  readonly dealId: DealId
  readonly status: (typeof AFFECTED_STATUSES)[keyof typeof AFFECTED_STATUSES] | Other
}
