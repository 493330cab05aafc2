import type { Decimal } from '@scalpdesk/sdk'
import type { BrokerTransaction, ToldBalance } from '../day-facts.ts'
import { Exact, plain } from '../exact.ts'
import type { DaySpan } from '../report.ts'

/** A row with the moments at which it may have been booked, `[fromMs, toMs)`: IG prints whole seconds, or the day alone. */
export interface TimedRow {
  readonly row: BrokerTransaction
  readonly fromMs: number
  readonly toMs: number
}

export interface BalanceLine {
  /** At the beginning and the end of the span; null: nobody told a balance. */
  readonly opening: Decimal | null
  readonly closing: Decimal | null
  /** Where neighbouring told balances differ by something else than the rows between them. */
  readonly gaps: readonly BalanceGap[]
}

export interface BalanceGap {
  readonly fromMs: number
  readonly toMs: number
  /** Above zero where the account has more than its rows say. */
  readonly amount: Decimal
  /** That lie between the two. */
  readonly rows: readonly string[]
}

/**
 * Takes told balances to the beginning and the end of the span by the rows that lie between. What a balance has beyond all rows before it is
 * its drift: as long as that stays, the rows explain everything. A row of the very second of a balance is in it or not, whichever explains
 * more.
 */
export function balanceLine(
  told: readonly ToldBalance[],
  rows: readonly TimedRow[],
  { beginMs, endMs }: DaySpan,
): BalanceLine {
  const moments = [...new Map(told.map(each => [each.atMs, each])).values()].sort((one, other) => one.atMs - other.atMs)
  if (moments.length === 0) return { opening: null, closing: null, gaps: [] }
  const begun = runningSum(rows, row => row.fromMs)
  const over = runningSum(rows, row => row.toMs)
  const drifts = leastGaps(
    moments.map(({ amount, atMs }) => {
      const [least, most] = [over.before(atMs + 1), begun.before(atMs)].map(sum => plain(new Exact(amount).minus(sum)))
      return [least!, most!]
    }),
  )
  const driftAt = (atMs: number): Decimal =>
    drifts[
      Math.max(
        0,
        moments.findLastIndex(each => each.atMs <= atMs),
      )
    ]!
  const gaps = drifts.flatMap((drift, index) => {
    const [before, moment] = [moments[index - 1], moments[index]!]
    const isInside = before && moment.atMs > beginMs && moment.atMs <= endMs
    if (!isInside || drift.eq(drifts[index - 1]!)) return []
    const between = rows.filter(row => row.toMs > before.atMs && row.fromMs <= moment.atMs).map(({ row }) => row.id)
    const amount = plain(new Exact(drift).minus(drifts[index - 1]!))
    return [{ fromMs: before.atMs, toMs: moment.atMs, amount, rows: between }]
  })
  const balanceAt = (atMs: number): Decimal => plain(begun.before(atMs).plus(driftAt(atMs)))
  return { opening: balanceAt(beginMs), closing: balanceAt(endMs), gaps }
}

/** Of each balance its drift without the rows of its second, or with them: what changes it the fewest times. */
function leastGaps(choices: readonly (readonly Decimal[])[]): readonly Decimal[] {
  const follow = (first: Decimal): readonly Decimal[] => {
    let drift = first
    return choices.map(each => {
      drift = each.find(choice => choice.eq(drift)) ?? each[0]!
      return drift
    })
  }
  const changes = (drifts: readonly Decimal[]): number =>
    drifts.filter((drift, index) => index > 0 && !drift.eq(drifts[index - 1]!)).length
  return (choices[0] ?? []).map(follow).reduce((best, other) => (changes(other) < changes(best) ? other : best))
}

interface RunningSum {
  /** Of the rows whose time is before this one. */
  before(atMs: number): Decimal
}

function runningSum(rows: readonly TimedRow[], timeOf: (row: TimedRow) => number): RunningSum {
  const sorted = [...rows].sort((one, other) => timeOf(one) - timeOf(other))
  const sums: Decimal[] = [new Exact(0)]
  for (const { row } of sorted) sums.push(sums.at(-1)!.plus(row.profitAndLoss.amount))
  return {
    before(atMs) {
      let [low, high] = [0, sorted.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (timeOf(sorted[middle]!) < atMs) low = middle + 1
        else high = middle
      }
      return sums[low]!
    },
  }
}
