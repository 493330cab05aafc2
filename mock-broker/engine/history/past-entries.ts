import type { Activity } from './activity.ts'
import type { Transaction } from './transaction.ts'

/** What happened before the engine began, oldest first. */
export interface PastEntries {
  readonly activities: readonly Activity[]
  readonly transactions: readonly Transaction[]
}
