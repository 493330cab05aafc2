/**
 * What the store costs: a year of 60,000 closing deals put in, and answered from it, beside a plain loop that parses the same rows from one text of JSON
 * lines and adds their amounts up. `node packages/reports/bench/store.ts [DEALS]`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decimal, dayBounds } from '@scalpdesk/sdk'
import type { BrokerActivity, BrokerTransaction } from '../src/day-facts.ts'
import { openReportStore, reportOf, storedFacts } from '../src/index.ts'
import { engineYear } from '../src/testing/engine-year.ts'

const DEALS = process.argv.includes('--quick') ? 20_000 : Number(process.argv[2] ?? 60_000)
const ROUNDS = 3

const transactions = new Map<string, BrokerTransaction>()
const activities = new Map<string, BrokerActivity>()
const options = {
  seed: 3,
  deals: DEALS,
  currency: 'EUR',
  zone: 'Europe/Paris',
  from: '2026-01-01',
  days: 365,
  elsewhere: 0.3,
} as const
for (const { facts } of engineYear(options)) {
  for (const row of facts.transactions) transactions.set(row.id, row)
  for (const row of facts.activities) activities.set(row.id, row)
}
const text = [...transactions.values(), ...activities.values()].map(row => JSON.stringify(row)).join('\n')
const account = { id: 'CASH1', name: null, environment: 'mock', currency: 'EUR', zone: 'Europe/Paris' } as const
const span = {
  from: '2026-01-01',
  to: '2026-12-31',
  beginMs: dayBounds('2026-01-01', account.zone).startMs,
  endMs: dayBounds('2026-12-31', account.zone).endMs,
}
const year = { fromMs: span.beginMs, toMs: span.endMs, readAtMs: span.endMs + 90_000_000 }

const folder = mkdtempSync(join(tmpdir(), 'bench-store-'))
try {
  const path = join(folder, 'reports.sqlite')
  const store = await openReportStore(path)
  const shelf = store.shelf('mock', account)
  const given = { account, span, shelf, journal: null, markets: [], prices: [], asOfMs: year.readAtMs }
  const put = (): number => {
    shelf.keepTransactions(year, [...transactions.values()])
    shelf.keepActivities(year, [...activities.values()])
    return 1
  }
  const read = (): number => storedFacts(given).transactions.length
  const answer = (): number => reportOf(storedFacts(given)).statistics.all.trades
  const times = [plainLoop, put, read, answer].map(run => ({ run, ms: [] as number[] }))
  for (let round = 0; round < ROUNDS; round++)
    for (const { run, ms } of times) {
      const from = process.cpuUsage()
      if (Number.isNaN(run())) throw new Error('expected a figure')
      const { user, system } = process.cpuUsage(from)
      ms.push((user + system) / 1_000)
    }
  const [loop = 1, putMs = 0, readMs = 0, answerMs = 0] = times.map(
    ({ ms }) => ms.toSorted((one, other) => one - other)[ROUNDS >> 1],
  )
  const ratio = (ms: number): string => `${ms.toFixed(0)} ms, ${(ms / loop).toFixed(1)} times`
  const rows = transactions.size + activities.size
  console.log(
    `a year of ${DEALS} closing deals in the store: ${rows} rows in ${(statSync(path).size / 2 ** 20).toFixed(0)} MiB; a plain loop over the same JSON ${loop.toFixed(0)} ms; put in ${ratio(putMs)}; read ${ratio(readMs)}; read and reported ${ratio(answerMs)}`,
  )
  const goal = 10
  console.log(
    `reported from the store, times the loop: ${(answerMs / loop).toFixed(1)}; goal <= ${goal}: ${answerMs / loop <= goal ? 'met' : 'MISSED'}; ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident`,
  )
  if (answerMs / loop > goal) process.exitCode = 1
  store.close()
} finally {
  rmSync(folder, { recursive: true })
}

function plainLoop(): number {
  let sum = new Decimal(0)
  for (const line of text.split('\n')) {
    const row = JSON.parse(line) as { readonly profitAndLoss?: { readonly amount: string } }
    if (row.profitAndLoss) sum = sum.plus(row.profitAndLoss.amount)
  }
  return sum.toNumber()
}
