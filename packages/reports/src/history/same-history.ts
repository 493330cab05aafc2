import type { Transaction } from '@scalpdesk/sdk'
import type { BrokerTransaction } from '../day-facts.ts'
import { transactionRows } from '../row-ids.ts'
import type { HistoryOptions, HistoryPort, Stretch } from './history-port.ts'
import type { ReadStretch } from './missing-days.ts'

/** What was kept of an account, as far as it can be compared. */
export interface KeptHistory {
  readings(kind: 'transactions'): readonly ReadStretch[]
  transactions(stretch: Stretch): readonly BrokerTransaction[]
}

/**
 * Whether a broker still tells what was kept of it: a broker for practice is a new one each time it is started, with the same accounts at the
 * same address, and the rows of two of them must not be joined. One call: the newest kept row has to be told again; where rows were read and
 * there were none, there must be none.
 * @throws what the history throws
 */
export async function isSameHistory(
  history: Pick<HistoryPort, 'transactions'>,
  kept: KeptHistory,
  options: HistoryOptions = {},
): Promise<boolean> {
  const readings = kept.readings('transactions')
  if (readings.length === 0) return true
  const fromMs = Math.min(...readings.map(each => each.fromMs))
  const toMs = Math.max(...readings.map(({ toMs: endMs, readAtMs }) => Math.min(endMs, readAtMs)))
  const newest = newestOf(kept, fromMs, Math.max(...readings.map(each => each.toMs)))
  if (!newest) {
    for await (const { closedAtMs } of history.transactions({ fromMs, toMs }, options))
      if (closedAtMs !== null && readings.some(each => closedAtMs >= each.fromMs && closedAtMs < wholeUntilMs(each)))
        return false
    return true
  }
  const atMs = newest.closedAtMs ?? 0
  const second = { fromMs: atMs - 1_000, toMs: atMs + 1_000 }
  const told: Transaction[] = []
  for await (const transaction of history.transactions(second, options)) told.push(transaction)
  return transactionRows(told).some(({ id }) => id === newest.id)
}

/** A row that was booked while it was read, or soon after, may have been missed. Our choice. */
const wholeUntilMs = ({ toMs, readAtMs }: ReadStretch): number => Math.min(toMs, readAtMs - 60_000)

function newestOf(kept: KeptHistory, fromMs: number, toMs: number): BrokerTransaction | null {
  for (let endMs = toMs; endMs > fromMs; endMs -= MONTH_MS) {
    const rows = kept.transactions({ fromMs: Math.max(fromMs, endMs - MONTH_MS), toMs: endMs })
    const newest = rows.findLast(({ closedAtMs }) => closedAtMs !== null)
    if (newest) return newest
  }
  return null
}

/** A year of rows is not looked through for its last one. */
const MONTH_MS = 31 * 24 * 3_600_000
