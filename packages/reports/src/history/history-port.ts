import type { Activity, Transaction } from '@scalpdesk/sdk'

/** From an instant to another, which it does not hold. Milliseconds since 1970. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

export interface HistoryOptions {
  readonly signal?: AbortSignal
  /** How long a call may wait for its turn in the allowance. */
  readonly waitWithinMs?: number
}

/**
 * The broker's history, as `history` of the SDK has it: each iteration is one whole reading, which keeps within the allowances, repeats calls
 * that failed, and neither skips nor repeats a row while the broker adds others.
 */
export interface HistoryPort {
  transactions(stretch: Stretch, options?: HistoryOptions): AsyncIterable<Transaction>
  activity(query: Stretch & { readonly isDetailed: true }, options?: HistoryOptions): AsyncIterable<Activity>
}

/** Of the two lists that a report is made of. */
export type HistoryKind = 'transactions' | 'activity'

export interface HistoryProgress {
  readonly kind: HistoryKind
  /** Rows read so far, of this kind. */
  readonly rows: number
  readonly daysDone: number
  readonly days: number
}
