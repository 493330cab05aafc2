import type { Decimal } from 'decimal.js'
import type { Confirm } from './confirm.ts'
import type { DealRequest } from './deal-request.ts'
import type { DealId, DealReference } from './ids.ts'

/** What became of a request, with the evidence. Only what IG said is claimed; where it said nothing the outcome is unknown. */
export type Settlement = Accepted | Rejected | Unsent | Unknown

export interface Accepted {
  readonly kind: 'accepted'
  readonly request: DealRequest
  /** `null` where IG made it and nobody heard it. */
  readonly reference: DealReference | null
  /** The positions or working orders that it opened, changed or ended. */
  readonly dealIds: readonly DealId[]
  /** What said so first. */
  readonly evidence: Evidence
  /** `null` where there was none to be had: `dealIds`, `level` and `size` are then all that is known. */
  readonly confirm: Confirm | null
  readonly level: Decimal | null
  readonly size: Decimal | null
}

/** `activity` is the account's history; the others are what they are called. */
export type Evidence = 'confirm' | 'position' | 'working-order' | 'activity'

export interface Rejected {
  readonly kind: 'rejected'
  readonly request: DealRequest
  /**
   * IG's word for it, verbatim: at the stage `request` an error code, at the stage `dealing` a reason of a confirm, or, without a
   * confirm, the description in the account's history, which is in the account's language.
   */
  readonly reason: string
  /** `request`: refused at the door. `dealing`: taken, and not dealt. */
  readonly stage: 'request' | 'dealing'
  readonly confirm: Confirm | null
}

export interface Unsent {
  readonly kind: 'unsent'
  readonly request: DealRequest
  readonly cause: Error
}

/** It may have been dealt or not. Look at the account on IG's own platform; the order must not be sent again before that. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly request: DealRequest
  readonly cause: Error
  readonly looked: readonly Look[]
}

/** One look, that did not find it. */
export interface Look {
  readonly source: Evidence
  readonly result: 'nothing' | 'failed'
  /** Milliseconds since 1970. */
  readonly atMs: number
}
