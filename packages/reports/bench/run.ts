/**
 * What a report costs: a day of 1,000 trades with its ticks and journal, and a year of 60,000 closing deals to its statistics, each beside a plain loop
 * that reads the same rows once and adds their amounts up exactly; then the store, and the forms.
 * `node packages/reports/bench/run.ts [DEALS | --quick]`.
 */
import { Decimal } from '@scalpdesk/sdk'
import type { BrokerActivity, BrokerTransaction, DayFacts } from '../src/day-facts.ts'
import { reportOf } from '../src/report-of.ts'
import { engineYear } from '../src/testing/engine-year.ts'

const isQuick = process.argv.includes('--quick')
const DEALS = isQuick ? 20_000 : Number(process.argv[2] ?? 60_000)
const ROUNDS = isQuick ? 3 : 5

measure('a day of 1,000 trades', dayFacts(), 120)
measure(`a year of ${DEALS} closing deals`, yearFacts(), 80)
await import('./store.ts')
await import('./forms.ts')

function measure(what: string, facts: DayFacts, goal: number): void {
  const rows = facts.transactions.length + facts.activities.length + (facts.journal?.entries.length ?? 0)
  const { trades } = reportOf(facts)
  const floors = timed(() => plainLoop(facts))
  const reports = timed(() => reportOf(facts).statistics.all.trades)
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const kept = reportOf(facts)
  const heap = (process.memoryUsage().heapUsed - before) / 2 ** 20
  const ratios = reports.map((ms, round) => ms / (floors[round] ?? Number.NaN))
  const ratio = median(ratios)
  console.log(
    `${what}: ${rows} rows, ${trades.length} trades: ${spread(reports)} ms, a plain loop ${spread(floors)} ms, ${spread(ratios, 1)} times; goal <= ${goal}: ${ratio <= goal ? 'met' : 'MISSED'}; ${heap.toFixed(0)} MiB of heap for ${kept.trades.length} trades`,
  )
  if (ratio > goal) process.exitCode = 1
}

/** The least that anybody does with the rows: each read, each amount added, each field that a report needs looked at. */
function plainLoop({ transactions, activities, journal }: DayFacts): number {
  let sum = new Decimal(0)
  const seen = new Map<string, number>()
  for (const row of [...transactions].sort((one, other) => (one.closedAtMs ?? 0) - (other.closedAtMs ?? 0))) {
    sum = sum.plus(row.profitAndLoss.amount)
    seen.set(row.reference, row.closedAtMs ?? 0)
  }
  for (const row of activities) seen.set(row.dealId ?? '', row.atMs ?? 0)
  for (const { record, wallMs } of journal?.entries ?? []) seen.set(record.kind, wallMs)
  return sum.toNumber() + seen.size
}

function dayFacts(): DayFacts {
  const days = [
    ...engineYear({
      seed: 3,
      deals: 2_000,
      currency: 'EUR',
      zone: 'Europe/Paris',
      from: '2026-01-05',
      days: 1,
      elsewhere: 0.1,
    }),
  ]
  return days[0]!.facts
}

function yearFacts(): DayFacts {
  const transactions: BrokerTransaction[] = []
  const activities: BrokerActivity[] = []
  let first: DayFacts | null = null
  let last: DayFacts | null = null
  for (const { facts } of engineYear({
    seed: 3,
    deals: DEALS,
    currency: 'EUR',
    zone: 'Europe/Paris',
    from: '2026-01-01',
    days: 365,
    elsewhere: 0.3,
  })) {
    transactions.push(...facts.transactions)
    activities.push(...facts.activities)
    first ??= facts
    last = facts
  }
  if (!first || !last) throw new Error('expected days, but there are none')
  return {
    ...first,
    span: { ...first.span, to: last.span.to, endMs: last.span.endMs },
    transactions,
    activities,
    journal: null,
    prices: [],
  }
}

/** Of the processor, garbage collection included: others that use the machine count less. */
function timed(run: () => number): readonly number[] {
  return Array.from({ length: ROUNDS }, () => {
    const from = process.cpuUsage()
    if (Number.isNaN(run())) throw new Error('expected a figure')
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1_000
  })
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

function spread(values: readonly number[], decimals = 0): string {
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map(value =>
    value.toFixed(decimals),
  )
  return `${middle} (${least}-${most})`
}
