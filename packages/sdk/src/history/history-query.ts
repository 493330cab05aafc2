import { InvalidInputError } from '../errors.ts'
import type { DealId } from '../ids.ts'
import { type Fiql, formatFiql } from './fiql.ts'
import type { TimeRange } from './history-window.ts'
import { MAX_PAGE_SIZE } from './linked-pages.ts'
import { parseFiql } from './parse-fiql.ts'

/** How activity dates are read. */
export interface ActivityDates {
  /**
   * The zone of an activity's `date`, which IG does not name: `utc` unless told, or `account` for the account's own.
   * Compare an activity with its confirm to see which it is.
   */
  readonly activityDates?: 'utc' | 'account' | undefined
}

/** What to choose among activities. */
export interface ActivityChoice extends ActivityDates {
  /** A text is checked before it is sent. */
  readonly filter?: Fiql | string | undefined
  /** Only what concerns this deal. */
  readonly dealId?: DealId | undefined
  /** Also `details`; false unless told. */
  readonly isDetailed?: boolean | undefined
  /** Rows per call, 10 to 500; 500 unless told, as each call counts against the allowance. */
  readonly pageSize?: number | undefined
}

export interface ActivityQuery extends TimeRange, ActivityChoice {}

/** A time of version 2: a range, or so many seconds until now by IG's own clock. */
export type ActivityPagedQuery = ActivityDates &
  (
    | (TimeRange & { readonly lastSeconds?: never })
    | { readonly lastSeconds: number; readonly fromMs?: never; readonly toMs?: never }
  )

export interface TransactionChoice {
  /** `all` unless told. */
  readonly type?: TransactionQueryType | undefined
}

export interface TransactionQuery extends TimeRange, TransactionChoice {}

/** `all-deal` is trades without deposits and withdrawals. */
export type TransactionQueryType = 'all' | 'all-deal' | 'deposit' | 'withdrawal'

/** @throws {InvalidInputError} */
export function queryTypeWord(type: TransactionQueryType = 'all'): string {
  // Types end at run time.
  const word = Object.hasOwn(QUERY_TYPES, type) ? QUERY_TYPES[type] : undefined
  if (word !== undefined) return word
  const known = Object.keys(QUERY_TYPES).join(', ')
  throw new InvalidInputError(`expected one of ${known}, but got ${JSON.stringify(type)}; choose one of these`)
}

/** The checked text of a filter, not yet encoded for a URL. @throws {InvalidInputError} */
export function filterText(filter: Fiql | string | undefined): string | undefined {
  if (filter === undefined) return undefined
  if (typeof filter !== 'string') return formatFiql(filter)
  parseFiql(filter)
  return filter
}

/** @throws {InvalidInputError} */
export function checkedPageSize(pageSize: number = MAX_PAGE_SIZE): number {
  if (Number.isInteger(pageSize) && pageSize >= 10 && pageSize <= MAX_PAGE_SIZE) return pageSize
  throw new InvalidInputError(`expected a pageSize of 10 to ${MAX_PAGE_SIZE}, but got ${pageSize}; correct it`)
}

/** @throws {InvalidInputError} */
export function wholePeriod(name: string, period: number): string {
  if (Number.isSafeInteger(period) && period > 0) return String(period)
  throw new InvalidInputError(`expected ${name} as a whole number above 0, but got ${period}; correct it`)
}

/** Source: IG Labs, REST API reference, "Accounts", GET /history/transactions version 2, `type`. */
const QUERY_TYPES: Readonly<Record<TransactionQueryType, string>> = {
  all: 'ALL',
  'all-deal': 'ALL_DEAL',
  deposit: 'DEPOSIT',
  withdrawal: 'WITHDRAWAL',
}
