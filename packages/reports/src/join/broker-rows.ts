import type { Activity, ActivityAction } from '@scalpdesk/sdk'
import type { Calendar } from '../calendar.ts'
import type { BrokerActivity, BrokerTransaction, DayFacts } from '../day-facts.ts'

/** The broker's rows, each once, the oldest first, none from after the span: the same in whatever order they came. */
export interface BrokerRows {
  readonly transactions: readonly BrokerTransaction[]
  readonly activities: readonly BrokerActivity[]
}

export function brokerRows({ transactions, activities, span }: DayFacts, calendar: Calendar): BrokerRows {
  return {
    transactions: inOrder(transactions, row => bookedAtMs(row, calendar), span.endMs),
    activities: inOrder(activities, row => row.atMs, span.endMs),
  }
}

/** A row without a time was booked at some moment of its day: its beginning stands for it. null: that is no day either. */
export function bookedAtMs({ closedAtMs, date }: BrokerTransaction, calendar: Calendar): number | null {
  return closedAtMs ?? (isDay(date) ? calendar.boundsOf(date).startMs : null)
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** A row without any time stands at the beginning. */
function inOrder<Row extends { readonly id: string }>(
  rows: readonly Row[],
  timeOf: (row: Row) => number | null,
  endMs: number,
): readonly Row[] {
  const timed = rows.map(row => ({ row, atMs: timeOf(row) ?? Number.NEGATIVE_INFINITY }))
  const inside = timed.filter(({ atMs }) => atMs < endMs)
  // As the store tells them they are so already.
  const isInOrder = inside.every((each, at) => at === 0 || follows(each, inside[at - 1]!))
  const all = isInOrder
    ? inside
    : [...new Map(inside.map(each => [each.row.id, each])).values()].sort((one, other) =>
        follows(one, other) ? 1 : -1,
      )
  return all.map(({ row }) => row)
}

interface Timed {
  readonly row: { readonly id: string }
  readonly atMs: number
}

const follows = (one: Timed, other: Timed): boolean =>
  one.atMs === other.atMs ? one.row.id > other.row.id : one.atMs > other.atMs

/** Money of a closed deal: the row has both levels and a size. Others move money for another reason. */
export function isResult({ type, size, openLevel, closeLevel }: BrokerTransaction): boolean {
  return (
    (type === 'trade' || type === 'deal') &&
    size !== null &&
    openLevel !== null &&
    closeLevel !== null &&
    !size.isZero()
  )
}

/**
 * The last eight characters of a deal id, as activity texts print ids (IG Labs, REST API reference, "Accounts", GET /history/activity:
 * examples of `description`). That the reference of a transaction is the closing deal's is not published.
 */
export const shortId = (dealId: string): string => dealId.slice(-8)

export const opens = ({ type }: ActivityAction): boolean =>
  type === 'position-opened' || type === 'limit-order-filled' || type === 'stop-order-filled'

export const closes = ({ type }: ActivityAction): boolean =>
  type === 'position-closed' || type === 'position-partially-closed' || type === 'position-deleted'

export const isAccepted = ({ status }: Activity): boolean => status === 'accepted'
