import type { AccountTerms } from '../account-terms.ts'
import type { Book } from '../book.ts'
import type { EngineEvent } from '../engine-event.ts'
import type { Activity } from './activity.ts'
import { activityOf } from './activity-of.ts'
import type { PastEntries } from './past-entries.ts'
import type { Transaction } from './transaction.ts'
import { transactionOf } from './transaction-of.ts'

/** Everything that was done and all money that moved, oldest first. The money of an account adds up to its cash. */
export interface History {
  activities(account: string): readonly Activity[]
  transactions(account: string): readonly Transaction[]
}

export function history(
  books: ReadonlyMap<string, Book>,
  accounts: readonly AccountTerms[],
  past: PastEntries = { activities: [], transactions: [] },
): History & { record(events: readonly EngineEvent[]): void } {
  let activities: Activity[] = [...past.activities]
  let transactions: Transaction[] = [...past.transactions]
  const openings = new Map(accounts.map(terms => [terms.id, openingOf(terms, past)]))

  /** A broker that runs for weeks forgets the oldest; what they moved goes into the deposit that stands at the beginning. */
  function forget(): void {
    if (activities.length > 2 * KEPT) activities = activities.slice(-KEPT)
    if (transactions.length <= 2 * KEPT) return
    for (const { account, amount } of transactions.slice(0, -KEPT)) {
      const opening = openings.get(account)
      if (opening) openings.set(account, { ...opening, amount: opening.amount.plus(amount) })
    }
    transactions = transactions.slice(-KEPT)
  }

  return {
    record(events) {
      for (const event of events) {
        const activity = activityOf(event, books)
        if (activity) activities.push(activity)
        const transaction = transactionOf(event, books)
        if (transaction) transactions.push(transaction)
      }
      forget()
    },
    activities: account => activities.filter(entry => entry.account === account),
    transactions(account) {
      const opening = openings.get(account)
      return [...(opening ? [opening] : []), ...transactions.filter(entry => entry.account === account)]
    },
  }
}

/** What an account held before its first known transaction, as the deposit that it began with. */
function openingOf({ id, cash }: AccountTerms, past: PastEntries): Transaction {
  const own = past.transactions.filter(({ account }) => account === id)
  const firstMs = own[0]?.openedAtMs ?? 0
  return {
    atMs: firstMs,
    openedAtMs: firstMs,
    account: id,
    type: 'DEPO',
    name: 'Bank Deposit',
    expiry: '-',
    amount: own.reduce((left, { amount }) => left.minus(amount), cash),
    reference: 'DEPOSIT1',
    openLevel: null,
    closeLevel: null,
    size: null,
  }
}

const KEPT = 50_000
