import type { Decimal } from 'decimal.js'
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
): History & { record(events: readonly EngineEvent[]): void; remember(make: () => PastEntries): void } {
  let activities: Activity[] = []
  let transactions: Transaction[] = []
  /** What was done and is not written up yet: nobody may ever ask. */
  let unwritten: EngineEvent[] = []
  let makePast: (() => PastEntries) | null = null
  let past: PastEntries = { activities: [], transactions: [] }
  /** A broker that runs for weeks forgets the oldest; what they moved goes into the deposit that stands at the beginning. */
  const forgotten = new Map<string, Decimal>()

  function forget(account: string, amount: Decimal): void {
    forgotten.set(account, amount.plus(forgotten.get(account) ?? 0))
  }

  function forgetUnwritten(): void {
    for (const { account, amount } of transactions) forget(account, amount)
    activities = []
    transactions = []
    for (const event of unwritten.slice(0, -KEPT)) {
      if (event.kind === 'charge') forget(event.account, event.booked)
      else if (event.kind === 'fill' && event.closed) forget(event.account, event.closed.booked)
    }
    unwritten = unwritten.slice(-KEPT)
  }

  function writeUp(): void {
    for (const event of unwritten) {
      const activity = activityOf(event, books)
      if (activity) activities.push(activity)
      const transaction = transactionOf(event, books)
      if (transaction) transactions.push(transaction)
    }
    unwritten = []
    if (activities.length > 2 * KEPT) activities = activities.slice(-KEPT)
    if (transactions.length <= 2 * KEPT) return
    for (const { account, amount } of transactions.slice(0, -KEPT)) forget(account, amount)
    transactions = transactions.slice(-KEPT)
  }

  function knownPast(): PastEntries {
    if (makePast) past = makePast()
    makePast = null
    return past
  }

  return {
    record(events) {
      for (const event of events) if (isWorthWriting(event)) unwritten.push(event)
      if (unwritten.length > 2 * KEPT) forgetUnwritten()
    },
    remember(make) {
      makePast = make
    },
    activities(account) {
      writeUp()
      return [...knownPast().activities, ...activities].filter(entry => entry.account === account)
    },
    transactions(account) {
      writeUp()
      const earlier = knownPast().transactions.filter(entry => entry.account === account)
      const terms = accounts.find(({ id }) => id === account)
      const now = transactions.filter(entry => entry.account === account)
      if (!terms) return now
      const opening = openingOf(terms, earlier)
      const amount = opening.amount.plus(forgotten.get(account) ?? 0)
      return [{ ...opening, amount }, ...earlier, ...now]
    },
  }
}

/** What an account held before its first known transaction, as the deposit that it began with. */
function openingOf({ id, cash }: AccountTerms, earlier: readonly Transaction[]): Transaction {
  const firstMs = earlier[0]?.openedAtMs ?? 0
  return {
    atMs: firstMs,
    openedAtMs: firstMs,
    account: id,
    type: 'DEPO',
    name: 'Bank Deposit',
    expiry: '-',
    amount: earlier.reduce((left, { amount }) => left.minus(amount), cash),
    reference: 'DEPOSIT1',
    openLevel: null,
    closeLevel: null,
    size: null,
  }
}

/** Most events of a deal say in other words what its fill says. */
function isWorthWriting(event: EngineEvent): boolean {
  switch (event.kind) {
    case 'fill':
    case 'charge':
    case 'working-order':
      return true
    case 'confirm':
      return event.outcome.dealStatus === 'REJECTED' || event.order.kind === 'amend'
    default:
      return false
  }
}

const KEPT = 50_000
