import { afterEach, expect, it } from 'vitest'
import { jsonText } from '../forms/index.ts'
import { reportOf } from '../report-of.ts'
import { joinedRows } from '../row-ids.ts'
import { engineYear } from '../testing/engine-year.ts'
import { aBooking, aDay, aResult, at, d, rows } from '../testing/hand-made.ts'
import { type AccountShelf, openReportStore, type ReportStore } from './report-store.ts'
import { storedFacts } from './stored-facts.ts'

const open: ReportStore[] = []
afterEach(() => {
  for (const store of open.splice(0)) store.close()
})

const { account, span } = aDay()
const DAY_MS = 86_400_000
const day = (after: number) => ({ fromMs: span.beginMs + after * DAY_MS, toMs: span.endMs + after * DAY_MS })
const noon = (after: number): number => day(after).fromMs + DAY_MS / 2

async function aShelf(): Promise<AccountShelf> {
  const store = await openReportStore(':memory:')
  open.push(store)
  return store.shelf('demo', account)
}

const facts = (shelf: AccountShelf | null, asOfMs = day(9).toMs) =>
  storedFacts({ account, span, shelf, journal: null, markets: [], prices: [], asOfMs })
const WON = aResult({ opened: '09:00:00', closed: '09:01:00', from: '24500', to: '24510', size: '1', amount: '10.00' })
const later = (after: number, amount: string) => ({
  ...aBooking('12:00:00', amount, { reference: `LATER${after}` }),
  closedAtMs: noon(after),
})

it('leads a balance that is told days later back to the day, by the rows between', async () => {
  const shelf = await aShelf()
  shelf.keepTransactions({ ...day(0), readAtMs: noon(9) }, rows(WON))
  shelf.keepTransactions({ fromMs: day(1).fromMs, toMs: day(3).toMs, readAtMs: noon(9) }, rows(later(2, '-3.50')))
  shelf.keepBalance(noon(3), d('1006.50'))
  const { bridge, findings } = reportOf(facts(shelf))
  expect([bridge.opening?.toFixed(2), bridge.closing?.toFixed(2)]).toEqual(['1000.00', '1010.00'])
  expect(findings.filter(({ severity }) => severity === 'red')).toEqual([])
})

it('tells no balance where a day between was not read, and one that does not add up in red', async () => {
  const shelf = await aShelf()
  shelf.keepTransactions({ ...day(0), readAtMs: noon(9) }, rows(WON))
  shelf.keepBalance(noon(3), d('1006.50'))
  expect(facts(shelf).balances).toEqual([])
  shelf.keepBalance(at('08:00:00'), d('1000'))
  shelf.keepBalance(at('10:00:00'), d('1009'))
  // Of a day the last counts.
  expect(facts(shelf).balances).toHaveLength(1)
  shelf.keepTransactions({ ...day(-1), readAtMs: noon(9) }, [])
  shelf.keepBalance(noon(-1), d('1000'))
  const { findings } = reportOf(facts(shelf))
  expect(findings[0]).toMatchObject({ severity: 'red', kind: 'unexplained', amount: { amount: d('-1') } })
})

it('says of each source whether all of it was read: a day that goes on, up to the moment of the reading', async () => {
  const shelf = await aShelf()
  expect(facts(null).sources).toEqual([])
  expect(facts(shelf).sources).toEqual([])
  shelf.keepTransactions({ ...day(0), readAtMs: at('10:00:00') }, rows(WON))
  shelf.keepActivities({ fromMs: span.beginMs, toMs: at('05:00:00'), readAtMs: noon(9) }, [])
  expect(facts(shelf, at('10:00:00')).sources).toEqual([
    { source: 'transactions', rows: 1, isComplete: true },
    { source: 'activity', rows: 0, isComplete: false },
  ])
  expect(facts(shelf, at('18:00:00')).sources[0]).toMatchObject({ isComplete: false })
})

it('adds imported rows once, and takes the days that they cover as told', async () => {
  const shelf = await aShelf()
  const imported = rows({ ...WON, instrumentName: 'Allemagne 40', type: 'deal' }, { ...WON, reference: 'ONLYHERE' })
  shelf.keepTransactions({ ...day(0), readAtMs: at('09:30:00') }, rows(WON))
  shelf.keepImported({ ...day(0), readAtMs: noon(9) }, imported)
  const { sources, transactions } = facts(shelf)
  expect(transactions.map(({ reference }) => reference)).toEqual([WON.reference, 'ONLYHERE'])
  expect(sources).toEqual([
    { source: 'transactions', rows: 1, isComplete: true },
    { source: 'import', rows: 1, isComplete: true },
  ])
})

it('makes the same report of months from the store as of the rows themselves, in whatever order these come', async () => {
  const shelf = await aShelf()
  const days = [
    ...engineYear({
      seed: 5,
      deals: 900,
      currency: 'EUR',
      zone: 'Europe/Paris',
      from: '2026-03-01',
      days: 60,
      elsewhere: 0.3,
    }),
  ]
  const [first, last] = [days[0]!.facts, days.at(-1)!.facts]
  const whole = { ...first.span, to: last.span.to, endMs: last.span.endMs }
  const transactions = joinedRows(...days.map(day => day.facts.transactions))
  const activities = joinedRows(...days.map(day => day.facts.activities))
  const reading = { fromMs: whole.beginMs, toMs: whole.endMs, readAtMs: whole.endMs + 2 * DAY_MS }
  shelf.keepTransactions(reading, transactions.toReversed())
  shelf.keepActivities(reading, activities.toReversed())
  shelf.keepMarkets(first.markets, whole.beginMs)
  const given = { account, span: whole, shelf, journal: null, markets: [], prices: [], asOfMs: reading.readAtMs }
  const stored = storedFacts(given)
  const told = { ...stored, transactions: transactions.toReversed(), activities: activities.toReversed() }
  const report = reportOf(stored)
  expect(report.trades.length).toBeGreaterThan(300)
  expect(jsonText(report)).toBe(jsonText(reportOf(told)))
  expect(report.statistics.all.net.toFixed()).toBe(
    report.trades
      .reduce((sum, { net, closedAtMs }) => (net && closedAtMs !== null ? sum.plus(net) : sum), d('0'))
      .toFixed(),
  )
})
