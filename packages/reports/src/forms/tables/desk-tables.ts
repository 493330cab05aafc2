import { moneyText, msText } from '../../figures.ts'
import type { GuardEvent, LatencyTable, Report, SourceUse } from '../../report.ts'
import { figure, moment, type Table, tableOf, words, yesNo } from '../cell.ts'

interface PressLine {
  readonly outcome: string
  readonly code: string | null
  readonly count: number
}

interface SummaryLine {
  readonly what: string
  readonly words: string | null
  readonly amount: string | null
}

/** What came of the presses; no rows without a journal. */
export function pressTable(report: Report): Table {
  const { presses } = report
  const lines: readonly PressLine[] =
    presses === null
      ? []
      : [
          { outcome: 'entries', code: null, count: presses.entries },
          { outcome: 'filled', code: null, count: presses.filled },
          ...[...presses.denied].map(([code, count]) => ({ outcome: 'denied', code, count })),
          ...[...presses.rejected].map(([code, count]) => ({ outcome: 'rejected', code, count })),
          { outcome: 'unresolved', code: null, count: presses.unresolved },
        ]
  return tableOf<PressLine>(
    'presses',
    'Presses',
    [
      words(
        'outcome',
        'Outcome',
        'entries (orders to open that were announced), filled, denied by the guard, rejected by the broker, unresolved',
        row => row.outcome,
      ),
      words('code', 'Code', 'Why it was denied or rejected', row => row.code),
      figure('count', 'Count', 'How many', row => String(row.count)),
    ],
    lines,
  )
}

export function guardTable(report: Report): Table {
  return tableOf<GuardEvent>(
    'guard-events',
    'Guard events',
    [
      moment('at', 'At', 'When it happened', row => row.atMs),
      words('code', 'Code', 'Which event', row => row.code),
      words('words', 'What', 'In words', row => row.words),
    ],
    report.guardEvents,
  )
}

/** Steps of the orders in milliseconds from the key. */
export function latencyTable(report: Report): Table {
  const ms = (value: number | null): string | null => (value === null ? null : msText(value))
  return tableOf<LatencyTable['steps'][number]>(
    'latency',
    'Latency',
    [
      words('step', 'Step', 'decided, journalled, first-byte, acknowledged, confirmed or painted', row => row.step),
      figure('p50_ms', 'p50 (ms)', 'Half of the orders were faster', row => ms(row.p50Ms)),
      figure('p95_ms', 'p95 (ms)', '95 of 100 were faster', row => ms(row.p95Ms)),
      figure('p99_ms', 'p99 (ms)', '99 of 100 were faster', row => ms(row.p99Ms)),
    ],
    report.latency?.steps ?? [],
  )
}

/** Account, span and what is told once. */
export function summaryTable(report: Report): Table {
  const { account, span, statistics, latency } = report
  const money = (value: typeof report.bridge.opening | undefined): string | null =>
    value === null || value === undefined ? null : moneyText(value, account.currency)
  const lines: readonly SummaryLine[] = [
    { what: 'account', words: account.id, amount: null },
    { what: 'account name', words: account.name, amount: null },
    { what: 'environment', words: account.environment, amount: null },
    { what: 'currency', words: account.currency, amount: null },
    { what: 'from', words: span.from, amount: null },
    { what: 'to', words: span.to, amount: null },
    { what: 'drawdown', words: null, amount: money(statistics.drawdown?.amount) },
    { what: 'orders timed', words: null, amount: latency === null ? null : String(latency.orders) },
    { what: 'cost of delay', words: null, amount: money(latency?.costOfDelay) },
  ]
  return tableOf<SummaryLine>(
    'summary',
    'Summary',
    [
      words('what', 'What', 'Which line', row => row.what),
      words('words', 'Words', 'Where it is words', row => row.words),
      figure('figure', 'Figure', "Where it is a figure; money in the account's currency", row => row.amount),
    ],
    lines,
  )
}

export function sourceTable(report: Report): Table {
  return tableOf<SourceUse>(
    'sources',
    'Sources',
    [
      words('source', 'Source', 'transactions, activity, journal, ticks or import', row => row.source),
      figure('rows', 'Rows', 'That were read', row => String(row.rows)),
      yesNo('is_complete', 'Complete', 'no: rows of the span may be missing', row => row.isComplete),
    ],
    report.sources,
  )
}
