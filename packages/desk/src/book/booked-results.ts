import type { Decimal } from '@scalpdesk/sdk'
import type { BookedMoney, BookedResult } from '../broker-port.ts'
import { dealsOf } from '../day/day.ts'
import type { Deal } from '../day/deal.ts'
import type { Part } from '../day/part.ts'
import type { DeskState } from '../desk-state.ts'
import { type Candidates, certainPairs } from './certain-pairs.ts'

/** A part of a deal, and what the broker booked for it. */
export interface Explained {
  readonly deal: Deal
  readonly part: Part
  readonly row: BookedMoney
  readonly closeLevel: Decimal
}

export interface Explanation {
  readonly explained: readonly Explained[]
  /** Results that belong to no deal of ours; null: which of them do cannot be told. */
  readonly others: readonly BookedMoney[] | null
}

/**
 * Which part of which deal each result belongs to. The broker names none (IG Labs, REST API reference, "Accounts", GET
 * /history/transactions): direction, size, levels and times tell. A close whose level is known comes before one that nobody told
 * of. Where two results fit and are not alike, none is taken: not known is better than wrong.
 */
export function explain({ day }: Pick<DeskState, 'day'>, rows: readonly BookedMoney[]): Explanation {
  let parts: readonly Open[] = dealsOf(day).flatMap(deal => deal.parts.map(part => ({ deal, part })))
  let results: readonly Result[] = rows.flatMap(row => (row.what.kind === 'result' ? [{ row, what: row.what }] : []))
  let isSurplus = false
  const explained: Explained[] = []
  for (const fits of [isSameAmount, isSameLevelInTime, isSameLevel, isUntold]) {
    const candidates: Candidates<Open, Result> = { parts, rows: results, fits, areAlike }
    const { pairs, taken, isAnyoneElses } = certainPairs(candidates)
    explained.push(
      ...pairs.map(([{ deal, part }, { row, what }]) => ({ deal, part, row, closeLevel: what.closeLevel })),
    )
    parts = parts.filter(part => !taken.parts.has(part))
    results = results.filter(result => !taken.rows.has(result))
    isSurplus ||= isAnyoneElses
  }
  const isUnsure = isSurplus || parts.some(part => results.some(result => couldBe(part, result)))
  return { explained, others: isUnsure ? null : results.map(({ row }) => row) }
}

interface Open {
  readonly deal: Deal
  readonly part: Part
}

interface Result {
  readonly row: BookedMoney
  readonly what: BookedResult
}

const areAlike = (one: Result, other: Result): boolean =>
  one.row.amount.equals(other.row.amount) && one.what.closeLevel.equals(other.what.closeLevel)

/** Of two alike, that which the broker's confirm told the same amount of. */
function isSameAmount(open: Open, result: Result): boolean {
  return isSameLevel(open, result) && open.part.booked?.equals(result.row.amount) === true
}

function isSameLevel(open: Open, result: Result): boolean {
  return open.part.level?.equals(result.what.closeLevel) === true && isOf(open, result)
}

function isSameLevelInTime(open: Open, result: Result): boolean {
  return isSameLevel(open, result) && isInTime(open.part, result.row.atMs)
}

/** Nothing but the time tells it from another of this size. */
function isUntold(open: Open, result: Result): boolean {
  return (
    open.part.level === null && open.deal.level !== null && isOf(open, result) && isInTime(open.part, result.row.atMs)
  )
}

/** One that nobody saw open has no level. */
function isOf({ deal: { direction, level }, part }: Open, { what }: Result): boolean {
  const isSameDeal = direction === what.direction && (level === null || level.equals(what.openLevel))
  return isSameDeal && part.size.equals(what.size)
}

/** As far as anybody told. */
function couldBe(open: Open, result: Result): boolean {
  return (open.part.level === null || isSameLevel(open, result)) && isOf(open, result)
}

/**
 * Our choices. The broker books by the second, and what we know of its time comes with prices, which are on their way for a
 * moment, and for longer where a line stood still.
 */
const EARLIER_MS = 2_000
const LATER_MS = 10_000

function isInTime({ dealt }: Part, atMs: number | null): boolean {
  if (atMs === null) return true
  const { fromMs, untilMs } = dealt
  return (fromMs === null || atMs >= fromMs - EARLIER_MS) && (untilMs === null || atMs <= untilMs + LATER_MS)
}
