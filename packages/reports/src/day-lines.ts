import type { Decimal } from '@scalpdesk/sdk'
import type { BookedRow } from './bridge/balance-bridge.ts'
import type { Calendar } from './calendar.ts'
import type { DayNotes } from './day-facts.ts'
import { Exact, plain, ZERO } from './exact.ts'
import { drawdownOf } from './numbers/curve.ts'
import { scaleOf } from './numbers/exact-sum.ts'
import { endedTrades } from './numbers/statistics-of.ts'
import type { BalanceCause, DayLine } from './report.ts'
import type { Trade } from './trade.ts'

/** Each day on which money moved by trading, a trade ended, or something was noted. Deposits and withdrawals are no result of a day. */
export function dayLines(
  booked: readonly BookedRow[],
  trades: readonly Trade[],
  calendar: Calendar,
  dayNotes: readonly DayNotes[],
): readonly DayLine[] {
  const scale = scaleOf(trades.flatMap(({ net }) => net ?? []))
  const ended = Map.groupBy(endedTrades(trades, scale), ({ closedAtMs }) => calendar.dayOf(closedAtMs))
  const sums = new Map<string, { change: Decimal; charges: Decimal }>()
  for (const { atMs, amount, cause } of booked) {
    if (CASH.has(cause)) continue
    const day = calendar.dayOf(atMs)
    const sum = sums.get(day) ?? { change: new Exact(0), charges: new Exact(0) }
    sum.change = sum.change.plus(amount)
    if (cause !== 'result') sum.charges = sum.charges.plus(amount)
    sums.set(day, sum)
  }
  const noted = new Map(dayNotes.flatMap(({ day, notes }) => (notes.length === 0 ? [] : [[day, notes] as const])))
  const days = [...new Set([...sums.keys(), ...ended.keys(), ...noted.keys()])].sort()
  return days.map(day => {
    const over = ended.get(day) ?? []
    const sum = sums.get(day)
    return {
      day,
      trades: over.length,
      won: over.filter(({ units }) => units > 0n).length,
      lost: over.filter(({ units }) => units < 0n).length,
      change: sum ? plain(sum.change) : ZERO,
      charges: sum ? plain(sum.charges) : ZERO,
      drawdown: drawdownOf(over, scale)?.amount ?? ZERO,
      notes: noted.get(day) ?? [],
    }
  })
}

const CASH: ReadonlySet<BalanceCause> = new Set(['deposit', 'withdrawal'])
