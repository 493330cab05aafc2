/**
 * `pnpm report-year [--deals N]`: a year of 60,000 closing deals on the mock broker's engine, for an account in euros and one in pounds. The report of each day
 * has to add up to the change of the balance by the engine's own books, to the cent, cause by cause; then the whole year at once has to.
 */
import { Decimal } from '@scalpdesk/sdk'
import { commandFlags, wholeNumber } from '@scalpdesk/testkit'
import { changeOf } from '../src/bridge/balance-bridge.ts'
import type { BrokerActivity, BrokerTransaction, DayFacts } from '../src/day-facts.ts'
import { reportOf } from '../src/report-of.ts'
import { dayProblems } from '../src/testing/day-checks.ts'
import { engineYear } from '../src/testing/engine-year.ts'

const { deals: DEALS } = commandFlags({
  usage: 'pnpm report-year [--deals N]',
  about: 'Reports a made year of so many closing deals (60,000) for two accounts; ends with 1 where a cent is missing.',
  flags: { deals: wholeNumber(60_000, 1) },
}).flags
const ACCOUNTS = [
  { currency: 'EUR', zone: 'Europe/Paris', seed: 11 },
  { currency: 'GBP', zone: 'America/New_York', seed: 12 },
] as const

for (const account of ACCOUNTS) {
  const problems = year(account)
  for (const problem of problems.slice(0, 20)) console.log(`  WRONG ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}

function year(account: (typeof ACCOUNTS)[number]): readonly string[] {
  const began = performance.now()
  const problems: string[] = []
  const transactions: BrokerTransaction[] = []
  const activities: BrokerActivity[] = []
  let [days, closes, change] = [0, 0, new Decimal(0)]
  let first: DayFacts | null = null
  let last: DayFacts | null = null
  for (const made of engineYear({ ...account, deals: DEALS, from: '2026-01-01', days: 365, elsewhere: 0.3 })) {
    problems.push(...dayProblems(made))
    days++
    closes += made.truth.closes
    change = change.plus(made.change)
    transactions.push(...made.facts.transactions)
    activities.push(...made.facts.activities)
    first ??= made.facts
    last = made.facts
  }
  console.log(
    `${account.currency}: ${days} days, ${closes} closing deals, ${problems.length} problems, ${seconds(began)} s`,
  )
  if (!first || !last) return ['expected days, but there are none']
  const startedMs = performance.now()
  const balances = [...first.balances.slice(0, 1), ...last.balances.slice(1)]
  const span = { ...first.span, to: last.span.to, endMs: last.span.endMs }
  const whole = reportOf({ ...first, span, transactions, activities, balances, journal: null, prices: [] })
  const sum = changeOf(whole.bridge)
  console.log(
    `${account.currency}: the whole year at once, ${whole.trades.length} trades, ${seconds(startedMs)} s, ${sum.toFixed(2)} of ${change.toFixed(2)}`,
  )
  for (const { cause, amount, rows } of whole.bridge.parts)
    console.log(`  ${cause} ${amount.toFixed(2)} in ${rows.length} rows`)
  const unexplained = whole.findings.filter(({ kind }) => kind === 'unexplained').map(({ words }) => words)
  return sum.eq(change)
    ? [...problems, ...unexplained]
    : [...problems, `the year: expected ${change.toFixed(2)}, but got ${sum.toFixed(2)}`]
}

function seconds(sinceMs: number): string {
  return ((performance.now() - sinceMs) / 1_000).toFixed(1)
}
