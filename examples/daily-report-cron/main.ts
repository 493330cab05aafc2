// Waits for a time of the day, and writes what the account brought since midnight. `--now` does not wait.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMockBroker } from '@scalpdesk/mock-broker'
import { connectIg, Decimal, type Transaction } from '@scalpdesk/sdk'

const AT = '21:05' // UTC
const DAY_MS = 86_400_000

await using broker = await startMockBroker({ seed: 1 })
const credentials = { apiKey: broker.apiKey, identifier: broker.username, password: broker.password }

for (let isOver = false; !isOver; ) {
  if (!process.argv.includes('--now')) await new Promise(resolve => setTimeout(resolve, untilNext(Date.now())))
  // Signed in for the report alone: a session of a day would be one more thing that can die.
  await using ig = await connectIg({ environment: new URL(broker.url), credentials })
  const rows: Transaction[] = []
  // The mock broker makes up a past; of a real account it would be the day itself.
  const fromMs = Date.now() - 10 * DAY_MS
  for await (const row of ig.history.transactions({ fromMs })) if (!row.isCash) rows.push(row)
  const file = join(mkdtempSync(join(tmpdir(), 'daily-report-')), 'report.md')
  writeFileSync(file, reportOf(rows))
  console.log(`${rows.length} deals, ${sumOf(rows)} ${ig.account.currency}, in ${file}`)
  isOver = process.argv.includes('--now')
}

function untilNext(nowMs: number): number {
  const [hours = 0, minutes = 0] = AT.split(':').map(Number)
  const dueMs = nowMs - (nowMs % DAY_MS) + (hours * 60 + minutes) * 60_000
  return dueMs > nowMs ? dueMs - nowMs : dueMs + DAY_MS - nowMs
}

function sumOf(rows: readonly Transaction[]): string {
  // Decimals, not floats: a report that is a cent off is a wrong report.
  return rows.reduce((sum, row) => sum.plus(row.profitAndLoss.amount), new Decimal(0)).toFixed(2)
}

function reportOf(rows: readonly Transaction[]): string {
  const lines = rows.map(
    ({ date, instrumentName, size, openLevel, closeLevel, profitAndLoss }) =>
      `| ${date} | ${instrumentName} | ${size ?? ''} | ${openLevel ?? ''} | ${closeLevel ?? ''} | ${profitAndLoss.amount.toFixed(2)} |`,
  )
  return [
    '| Day | Market | Size | Opened | Closed | Result |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n')
}
