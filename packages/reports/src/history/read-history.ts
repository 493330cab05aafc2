import type { BrokerActivity, BrokerTransaction } from '../day-facts.ts'
import { activityRows, transactionRows } from '../row-ids.ts'
import type { HistoryPort, HistoryProgress, Stretch } from './history-port.ts'
import { missingDays, type ReadStretch } from './missing-days.ts'
import { readDays } from './read-days.ts'

/** Where what was read is kept. */
export interface HistoryShelf {
  readings(kind: 'transactions' | 'activity'): readonly ReadStretch[]
  keepTransactions(reading: ReadStretch, rows: readonly BrokerTransaction[]): void
  keepActivities(reading: ReadStretch, rows: readonly BrokerActivity[]): void
}

export interface HistoryPorts {
  readonly clock: { nowMs(): number }
  pause(ms: number): Promise<void>
  readonly signal?: AbortSignal
  onProgress?(progress: HistoryProgress): void
}

/** How long a call may wait for its turn: other programs spend the same allowance. Our choice. */
const WAIT_WITHIN_MS = 180_000

/**
 * Reads what is not on the shelf for good yet, both lists one after the other, and puts it there piece by piece: an interruption loses the
 * piece under way, and the next call goes on behind the one before.
 * @param days the account's, in their order
 * @throws what the history throws
 */
export async function readHistory(
  history: HistoryPort,
  days: readonly Stretch[],
  shelf: HistoryShelf,
  { clock, pause, signal, onProgress }: HistoryPorts,
): Promise<void> {
  const options = { waitWithinMs: WAIT_WITHIN_MS, ...(signal && { signal }) }
  const missing = (kind: HistoryProgress['kind']): readonly Stretch[] =>
    missingDays(days, shelf.readings(kind), clock.nowMs())
  /** Of the moment before it was begun: what happens meanwhile may be missing. */
  let begunMs: number | null = null
  function begin<Row>(rows: AsyncIterable<Row>): AsyncIterable<Row> {
    signal?.throwIfAborted()
    begunMs ??= clock.nowMs()
    return rows
  }
  function ended(stretch: Stretch): ReadStretch {
    const readAtMs = begunMs ?? clock.nowMs()
    begunMs = null
    return { ...stretch, readAtMs }
  }
  await readDays({
    days: missing('transactions'),
    read: stretch => begin(history.transactions(stretch, options)),
    named: transactionRows,
    keep: (stretch, rows) => shelf.keepTransactions(ended(stretch), rows),
    onProgress: progress => onProgress?.({ kind: 'transactions', ...progress }),
    pause,
  })
  await readDays({
    days: missing('activity'),
    read: stretch => begin(history.activity({ ...stretch, isDetailed: true }, options)),
    named: activityRows,
    keep: (stretch, rows) => shelf.keepActivities(ended(stretch), rows),
    onProgress: progress => onProgress?.({ kind: 'activity', ...progress }),
    pause,
  })
}
