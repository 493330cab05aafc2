import type { JournalEntry, RecordOf } from '@scalpdesk/desk/journal'
import type { Decimal } from '@scalpdesk/sdk'
import type { LatencyTable } from '../report.ts'
import type { Trade } from '../trade.ts'

type Step = LatencyTable['steps'][number]['step']

const STEPS: readonly (readonly [Step, (record: RecordOf<'latency'>) => number | null])[] = [
  ['decided', record => record.decidedMs],
  ['journalled', record => record.journalledMs],
  ['first-byte', record => record.firstByteMs],
  ['acknowledged', record => record.acknowledgedMs],
  ['confirmed', record => record.confirmedMs],
  ['painted', record => record.paintedMs],
]

/** The last that was told of each order. */
export function latencies(entries: readonly JournalEntry[]): ReadonlyMap<string, RecordOf<'latency'>> {
  return new Map(entries.flatMap(({ record }) => (record.kind === 'latency' ? [[record.id, record] as const] : [])))
}

/** null: nothing was measured. */
export function latencyTable(
  records: ReadonlyMap<string, RecordOf<'latency'>>,
  costOfDelay: Decimal | null,
): LatencyTable | null {
  if (records.size === 0) return null
  const steps = STEPS.map(([step, msOf]) => {
    const sorted = [...records.values()].flatMap(record => msOf(record) ?? []).sort((one, other) => one - other)
    // By nearest rank: a value that was really measured.
    const rank = (percent: number): number | null => sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? null
    return { step, p50Ms: rank(50), p95Ms: rank(95), p99Ms: rank(99) }
  })
  return { orders: records.size, steps, costOfDelay }
}

/** From the key to each step that was seen. */
export function stepsOf(record: RecordOf<'latency'> | undefined): Trade['latency'] {
  if (!record) return []
  return STEPS.flatMap(([step, msOf]) => {
    const ms = msOf(record)
    return ms === null ? [] : [{ step, ms }]
  })
}
