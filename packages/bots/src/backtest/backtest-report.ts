import { currencySymbol, exchangeRate } from '@scalpdesk/mock-broker/engine'
import {
  activityRows,
  type DayFacts,
  engineActivity,
  engineTransaction,
  type MarketFacts,
  type Report,
  reportOf,
  transactionRows,
} from '@scalpdesk/reports'
import { Decimal, dayAt, dayBounds, epic } from '@scalpdesk/sdk'
import { plain } from '../engine-broker/index.ts'
import type { BacktestRun } from './backtest.ts'

/** The run as the report of an account's days, in UTC: the same statistics and forms as of real trading. */
export function backtestReport(run: BacktestRun, strategyName: string): Report {
  return reportOf(backtestFacts(run, strategyName))
}

/** All that the engine's history tells of a run, as a broker's would. Times are to the millisecond. */
export function backtestFacts(run: BacktestRun, strategyName: string): DayFacts {
  const { engine, account, fromMs, toMs } = run
  const { currency } = engine.terms(account)
  const symbol = currencySymbol(currency)
  const markets = run.markets.map((market): MarketFacts => {
    const [own] = market.currencies
    return {
      epic: epic(market.epic),
      name: market.name,
      currency: own,
      contractSize: new Decimal(market.contractSize ?? 1),
      pointsPerUnit: market.pointsPerUnit,
      perUnit: plain(exchangeRate(own, currency)),
    }
  })
  const names = new Map(run.markets.map(market => [market.epic, market.name]))
  const dayOf = (atMs: number): string => dayAt(atMs, UTC)
  const [from, to] = [dayOf(fromMs), dayOf(toMs)]
  // The first is the cash that the account began with.
  const transactions = transactionRows(
    engine.history
      .transactions(account)
      .slice(1)
      .map(row => ({ ...engineTransaction(row, symbol, dayOf), closedAtMs: row.atMs, openedAtMs: row.openedAtMs })),
  )
  const activities = activityRows(
    engine.history
      .activities(account)
      .map(row => ({ ...engineActivity(row, names.get(row.epic) ?? null, false), atMs: row.atMs })),
  )
  const { startMs: beginMs } = dayBounds(from, UTC)
  const { endMs } = dayBounds(to, UTC)
  return {
    account: { id: account, name: `Backtest of ${strategyName}`, environment: 'mock', currency, zone: UTC },
    span: { from, to, beginMs, endMs },
    sources: [
      { source: 'transactions', rows: transactions.length, isComplete: true },
      { source: 'activity', rows: activities.length, isComplete: true },
    ],
    transactions,
    activities,
    balances: [
      { amount: run.cash, atMs: beginMs, source: 'broker' },
      { amount: plain(engine.account(account).cash), atMs: endMs, source: 'broker' },
    ],
    journal: null,
    markets,
    prices: [],
    remarks: [],
    dayNotes: [],
  }
}

const UTC = { offsetHours: 0 }
