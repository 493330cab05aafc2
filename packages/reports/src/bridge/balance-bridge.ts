import type { Decimal } from '@scalpdesk/sdk'
import type { Calendar } from '../calendar.ts'
import type { BrokerTransaction, DayFacts } from '../day-facts.ts'
import { Exact, plain, sumOf } from '../exact.ts'
import { type BrokerRows, bookedAtMs, isResult } from '../join/broker-rows.ts'
import type { Close, Position } from '../join/position.ts'
import type { BalanceBridge, BalanceCause, BalancePart } from '../report.ts'
import { byCurrency } from './account-symbol.ts'
import { chargeCause } from './charge-cause.ts'
import { resultParts, type Surroundings } from './result-parts.ts'
import { type BalanceGap, balanceLine, type TimedRow } from './told-balances.ts'

export interface Bridged {
  readonly bridge: BalanceBridge
  readonly gaps: readonly BalanceGap[]
  /** Booked in another currency than the account's: not in the parts. */
  readonly foreign: readonly BrokerTransaction[]
  /** Without a day that can be read: in no part either. */
  readonly undated: readonly BrokerTransaction[]
  /** All money that is told of by its moment, each row once; of before the span as well. */
  readonly booked: readonly BookedRow[]
}

export interface BookedRow {
  readonly id: string
  readonly atMs: number
  readonly amount: Decimal
  readonly cause: BalanceCause
  /** Its causes where it is a result. */
  readonly position: Position | null
  readonly close: Close | null
}

/** What moved the balance in the span: by the broker's rows, or where there are none by the results that the journal tells. */
export function balanceBridge(
  facts: DayFacts,
  rows: BrokerRows,
  positions: readonly Position[],
  surroundings: Surroundings,
  calendar: Calendar,
): Bridged {
  const { span, account } = facts
  const isAsked = facts.sources.some(
    ({ source, isComplete }) => (source === 'transactions' || source === 'import') && isComplete,
  )
  const isBrokers = isAsked || rows.transactions.length > 0
  const { own, foreign } = byCurrency(rows.transactions, account.currency)
  const closes = new Map(
    positions.flatMap(position =>
      position.closes.map(close => [close.transaction?.id ?? close.key, { position, close }] as const),
    ),
  )
  const isInside = (atMs: number): boolean => atMs >= span.beginMs && atMs < span.endMs
  const booked = isBrokers
    ? own.flatMap(row => bookedRow(row, closes.get(row.id), calendar))
    : [...closes].flatMap(([id, each]) => journalRow(id, each))
  const inside = booked.filter(({ atMs }) => isInside(atMs))
  const { opening, closing, gaps } =
    isBrokers && facts.balances.length > 0
      ? balanceLine(
          facts.balances,
          own.flatMap(row => timedRow(row, calendar)),
          span,
        )
      : { opening: null, closing: null, gaps: [] }
  const parts = partsOf(inside, gaps, surroundings)
  return {
    bridge: { opening, closing, parts },
    gaps,
    foreign: foreign.filter(row => isInside(bookedAtMs(row, calendar) ?? Number.NaN)),
    undated: own.filter(row => bookedAtMs(row, calendar) === null),
    booked,
  }
}

type Closed = { readonly position: Position; readonly close: Close }

function bookedRow(row: BrokerTransaction, closed: Closed | undefined, calendar: Calendar): readonly BookedRow[] {
  const atMs = bookedAtMs(row, calendar)
  if (atMs === null) return []
  const cause = isResult(row) ? 'result' : chargeCause(row)
  const of = isResult(row) && closed ? closed : { position: null, close: null }
  return [{ id: row.id, atMs, amount: row.profitAndLoss.amount, cause, ...of }]
}

function journalRow(id: string, { position, close }: Closed): readonly BookedRow[] {
  if (close.booked === null || close.atMs === null) return []
  return [{ id, atMs: close.atMs, amount: close.booked, cause: 'result', position, close }]
}

function timedRow(row: BrokerTransaction, calendar: Calendar): readonly TimedRow[] {
  const fromMs = bookedAtMs(row, calendar)
  if (fromMs === null) return []
  return [{ row, fromMs, toMs: row.closedAtMs === null ? calendar.boundsOf(row.date).endMs : fromMs + 1_000 }]
}

function partsOf(
  booked: readonly BookedRow[],
  gaps: readonly BalanceGap[],
  surroundings: Surroundings,
): readonly BalancePart[] {
  const found = new Map<BalanceCause, { sum: Decimal; readonly rows: string[] }>()
  const add = (cause: BalanceCause, amount: Decimal, rows: readonly string[]): void => {
    const part = found.get(cause) ?? { sum: new Exact(0), rows: [] }
    part.sum = part.sum.plus(amount)
    part.rows.push(...rows)
    found.set(cause, part)
  }
  for (const { id, amount, cause, position, close } of booked) {
    const parts = position && close ? resultParts(position, close, surroundings) : { [cause]: amount }
    for (const [name, part] of Object.entries(parts)) add(name as BalanceCause, part, [id])
  }
  for (const gap of gaps) add('unexplained', gap.amount, [...new Set(gap.rows)])
  return ORDER.flatMap(cause => {
    const part = found.get(cause)
    return part ? [{ cause, amount: plain(part.sum), rows: part.rows }] : []
  })
}

const ORDER: readonly BalanceCause[] = [
  'price',
  'spread',
  'slippage',
  'conversion',
  'result',
  'commission',
  'funding',
  'guaranteed-stop',
  'dividend',
  'deposit',
  'withdrawal',
  'correction',
  'other',
  'unexplained',
]

/** All parts together: the change of the balance, to the last digit. */
export const changeOf = ({ parts }: BalanceBridge): Decimal => sumOf(parts.map(({ amount }) => amount))
