import { dayBounds } from '../account-zone.ts'
import type { Activity, ActivityRecord } from '../activity.ts'
import { InvalidInputError } from '../errors.ts'
import { type HistoryPorts, readActivity, readActivityList, readActivityPaged } from '../history/activity-reader.ts'
import {
  type ActivityChoice,
  type ActivityPagedQuery,
  type ActivityQuery,
  queryTypeWord,
  type TransactionChoice,
  type TransactionQuery,
  type TransactionQueryType,
  wholePeriod,
} from '../history/history-query.ts'
import { readTransactionList, readTransactions } from '../history/transaction-reader.ts'
import { formatDayMonthYear } from '../json/ig-dates.ts'
import { callTo } from '../rest/call.ts'
import type { ReadOptions, Rest } from '../rest/rest.ts'
import { ROUTES } from '../rest/routes.ts'
import type { Transaction } from '../transaction.ts'

/**
 * What happened on the account, and the money that was booked. Source: IG Labs, REST API reference, "Accounts".
 *
 * Instants are milliseconds since 1970, UTC, and a range does not hold its end. IG's dates have whole seconds, so a
 * range begins with the second that `fromMs` lies in. IG does not say in which zone it reads a range: a wider one is
 * asked for, and rows are chosen by their own instants. A day is one of the account, such as `2024-06-14`, with its
 * 23 or 25 hours when the clocks change.
 *
 * The iterators neither skip nor repeat a row, read the next page when it is wanted, and start anew with each `for
 * await`. They are of the account that is acted on when the loop begins, and throw {@link ProtocolError}
 * `account-switched` when another is acted on before the last page has come; so does {@link activityPaged}. Their
 * queries are checked at once. All reads throw what a read of any resource throws, and {@link DecodeError}.
 */
export interface History {
  /**
   * Activity, newest first. GET /history/activity version 3.
   * @throws {InvalidInputError} for a query that cannot be asked
   * @throws {ProtocolError} `paging-stuck`, from the iterator, when IG's links lead no further
   */
  activity(query: ActivityQuery, options?: ReadOptions): AsyncIterable<Activity>
  /**
   * Activity of one day of the account. As {@link activity}; with dates that are local to the account, see
   * `activityDates`.
   */
  activityOn(day: string, choice?: ActivityChoice, options?: ReadOptions): AsyncIterable<Activity>
  /**
   * Money booked: trades, funding, deposits; in IG's order. GET /history/transactions version 2. Rows that IG adds
   * meanwhile may come, late, or not.
   * @throws {InvalidInputError} for a query that cannot be asked
   * @throws {ProtocolError} `paging-unsteady`, from the iterator, when the list changed each time it was read
   */
  transactions(query: TransactionQuery, options?: ReadOptions): AsyncIterable<Transaction>
  /** Money booked on one day of the account, by the instant in UTC that IG gives with it. As {@link transactions}. */
  transactionsOn(day: string, choice?: TransactionChoice, options?: ReadOptions): AsyncIterable<Transaction>

  /**
   * Older form of activity, all pages of it: has the type of the stop, the account's currency symbol and the result
   * in words. GET /history/activity version 2.
   */
  activityPaged(query: ActivityPagedQuery, options?: ReadOptions): Promise<readonly ActivityRecord[]>
  /**
   * As {@link activityPaged}, by days of the account, both included. GET /history/activity/{fromDate}/{toDate}
   * version 1.
   */
  activityBetween(fromDay: string, toDay: string, options?: ReadOptions): Promise<readonly ActivityRecord[]>
  /** As {@link activityPaged}, of the last milliseconds by IG's clock. GET /history/activity/{lastPeriod} version 1. */
  activityOfPeriod(periodMs: number, options?: ReadOptions): Promise<readonly ActivityRecord[]>
  /**
   * Transactions by days of the account, both included, in one answer; without instants. GET
   * /history/transactions/{transactionType}/{fromDate}/{toDate} version 1.
   */
  transactionsBetween(
    type: TransactionQueryType,
    fromDay: string,
    toDay: string,
    options?: ReadOptions,
  ): Promise<readonly Transaction[]>
  /**
   * As {@link transactionsBetween}, of the last milliseconds. GET
   * /history/transactions/{transactionType}/{lastPeriod} version 1.
   */
  transactionsOfPeriod(
    type: TransactionQueryType,
    periodMs: number,
    options?: ReadOptions,
  ): Promise<readonly Transaction[]>
}

export function historyOver(rest: Rest, ports: HistoryPorts): History {
  return {
    activity: (query, options) => iterable(readActivity(rest, ports, query, options)),
    activityOn: (day, choice, options) => {
      return iterable(readActivity(rest, ports, { ...choice, ...rangeOf(day, ports) }, options))
    },
    transactions: (query, options) => iterable(readTransactions(rest, ports, query, options)),
    transactionsOn: (day, choice, options) => {
      return iterable(readTransactions(rest, ports, { ...choice, ...rangeOf(day, ports) }, options))
    },
    activityPaged: (query, options) => readActivityPaged(rest, ports, query, options),
    activityBetween: async (fromDay, toDay, options) => {
      const call = callTo(ROUTES.activityBetween, { path: days(fromDay, toDay) })
      return readActivityList(rest, ports, call, options)
    },
    activityOfPeriod: async (periodMs, options) => {
      const call = callTo(ROUTES.activityOfPeriod, { path: { lastPeriod: wholePeriod('periodMs', periodMs) } })
      return readActivityList(rest, ports, call, options)
    },
    transactionsBetween: async (type, fromDay, toDay, options) => {
      const path = { transactionType: queryTypeWord(type), ...days(fromDay, toDay) }
      return readTransactionList(rest, callTo(ROUTES.transactionsBetween, { path }), options)
    },
    transactionsOfPeriod: async (type, periodMs, options) => {
      const path = { transactionType: queryTypeWord(type), lastPeriod: wholePeriod('periodMs', periodMs) }
      return readTransactionList(rest, callTo(ROUTES.transactionsOfPeriod, { path }), options)
    },
  }
}

function iterable<T>(rows: () => AsyncGenerator<T, void, undefined>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: rows }
}

function rangeOf(day: string, ports: HistoryPorts): { readonly fromMs: number; readonly toMs: number } {
  const { startMs, endMs } = dayBounds(day, ports.zone())
  return { fromMs: startMs, toMs: endMs }
}

/** IG's form is `dd-MM-yyyy`. Days as `2024-06-14` sort as texts. */
function days(fromDay: string, toDay: string): { readonly fromDate: string; readonly toDate: string } {
  const dates = { fromDate: formatDayMonthYear(fromDay), toDate: formatDayMonthYear(toDay) }
  if (fromDay <= toDay) return dates
  throw new InvalidInputError(`expected the first day before the last, but got ${fromDay} and ${toDay}; exchange them`)
}
