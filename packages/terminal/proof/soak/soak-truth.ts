import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACCOUNT, dayTotals, exposure, isPending } from '@scalpdesk/desk'
import { type ChainHead, entriesOf, readChain, verify } from '@scalpdesk/desk/journal'
import { activityRows, type DayFacts, type Report, reportOf, transactionRows } from '@scalpdesk/reports'
import { type Activity, Decimal, dayBounds, type Transaction } from '@scalpdesk/sdk'
import { sha256 } from '../../src/session/journal-digest.ts'
import { type SoakWorld, ZONE } from './soak-world.ts'

/** What is wrong at the end of a day, at rest; empty: nothing. `cashBefore` is the broker's at its beginning. */
export async function dayProblems(world: SoakWorld, day: string, cashBefore: Decimal): Promise<readonly string[]> {
  const report = await dayReport(world, day, cashBefore)
  const change = cashOf(world).minus(cashBefore)
  const told = [...bookProblems(world), ...moneyProblems(world, day, change), ...reportProblems(report, change)]
  return told.map(words => `${day}: ${words}`)
}

/** Of the account, by the broker's own books. */
export function cashOf({ broker, ig }: Pick<SoakWorld, 'broker' | 'ig'>): Decimal {
  return new Decimal(broker.state().accounts.find(({ id }) => id === ig.account.id)?.cash ?? Number.NaN)
}

function bookProblems({ desk: { state }, broker }: SoakWorld): readonly string[] {
  const ours = [...state.holdings.values()].map(
    ({ dealId, direction, size }) => `${dealId} ${direction} ${size.toFixed()}`,
  )
  const theirs = broker.positions().map(({ position: { dealId, direction, size } }) => `${dealId} ${direction} ${size}`)
  const waiting = [...state.orders.values()].filter(isPending).map(({ id }) => id)
  const left = [...state.orders.values()].filter(({ stage }) => stage.kind === 'unresolved').map(({ id }) => id)
  const isFlat = theirs.length === 0 && broker.workingOrders().length === 0
  const shown = exposure(state, ACCOUNT)
  return [
    ...(same(ours, theirs) ? [] : [`the desk holds [${ours.join('; ')}], but the broker [${theirs.join('; ')}]`]),
    ...(state.resting.size === broker.workingOrders().length ? [] : ['working orders differ']),
    ...waiting.map(id => `order ${id} still waits at rest`),
    ...left.map(id => `order ${id} was never settled`),
    ...(isFlat && shown !== 'flat' ? [`nothing is open, but the desk says ${shown}`] : []),
  ]
}

const same = (some: readonly string[], others: readonly string[]): boolean =>
  [...some].sort().join() === [...others].sort().join()

function moneyProblems({ desk: { state } }: SoakWorld, day: string, change: Decimal): readonly string[] {
  const { name = null } = state.memory.day ?? {}
  if (name !== day) return [`the desk's day is ${name}`]
  const { realised, charges } = dayTotals(state.day)
  if (!realised || !charges || !state.booked?.elsewhere) return ['a result of the day is not known']
  const ours = realised.plus(charges).plus(state.booked.elsewhere)
  return ours.eq(change) ? [] : [`the desk's day comes to ${ours}, but the broker booked ${change}`]
}

function reportProblems({ bridge, findings }: Report, change: Decimal): readonly string[] {
  const sum = bridge.parts.reduce((total, { amount }) => total.plus(amount), new Decimal(0))
  return [
    ...(sum.eq(change) ? [] : [`the report's parts come to ${sum}, but the broker booked ${change}`]),
    ...findings
      .filter(({ severity }) => severity !== 'note')
      .map(({ kind, words }) => `the report says ${kind}: ${words}`),
  ]
}

/** The report as a trader gets it: the broker's history by the SDK, and the journal's file of the day. */
async function dayReport(world: SoakWorld, day: string, cashBefore: Decimal): Promise<Report> {
  const { ig, waitFor, market, journalFolder, clock } = world
  const transactions = transactionRows(await waitFor(all<Transaction>(ig.history.transactionsOn(day))))
  const activities = activityRows(await waitFor(all<Activity>(ig.history.activityOn(day, { isDetailed: true }))))
  const name = `${day}.ndjson`
  const chain = readChain(linesOf(join(journalFolder, name)), sha256)
  const { startMs, endMs } = dayBounds(day, ZONE)
  const entries = entriesOf(chain.records)
  const facts: DayFacts = {
    account: { id: ig.account.id, name: null, environment: 'mock', currency: ig.account.currency, zone: ZONE },
    span: { from: day, to: day, beginMs: startMs, endMs },
    sources: [
      { source: 'transactions', rows: transactions.length, isComplete: true },
      { source: 'activity', rows: activities.length, isComplete: true },
      { source: 'journal', rows: entries.length, isComplete: true },
    ],
    transactions,
    activities,
    balances: [
      { amount: cashBefore, atMs: startMs, source: 'broker' },
      { amount: cashOf(world), atMs: clock.program.nowMs(), source: 'broker' },
    ],
    journal: { entries, files: [{ name, verdict: verify(linesOf(join(journalFolder, name)), sha256) }] },
    markets: [
      {
        epic: market.epic,
        name: market.name,
        currency: 'USD',
        contractSize: null,
        pointsPerUnit: null,
        perUnit: null,
      },
    ],
    prices: [],
    remarks: [],
    dayNotes: [],
  }
  return reportOf(facts)
}

async function all<Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const read: Row[] = []
  for await (const row of rows) read.push(row)
  return read
}

const linesOf = (file: string): readonly string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1)

/** Every file of the journal, in the order of their days, as one chain. @returns how many there are, and what is wrong */
export function journalProblems(folder: string): { readonly files: number; readonly problems: readonly string[] } {
  const names = readdirSync(folder)
    .filter(name => name.endsWith('.ndjson'))
    .sort()
  let after: ChainHead | null = null
  const problems: string[] = []
  for (const name of names) {
    const verdict = verify(linesOf(join(folder, name)), sha256, after)
    if (verdict.kind === 'broken') return { files: names.length, problems: [`${name}: ${verdict.fault.words}`] }
    after = verdict.head
  }
  return { files: names.length, problems }
}
