import type { JournalEntry } from '@scalpdesk/desk/journal'
import {
  cashAccount,
  createEngine,
  currencySymbol,
  exchangeRate,
  type Market,
  markets,
} from '@scalpdesk/mock-broker/engine'
import { Decimal, epic, type Transaction } from '@scalpdesk/sdk'
import { seededRandom } from '@scalpdesk/testkit'
import { calendarOf } from '../calendar.ts'
import type { BrokerActivity, BrokerTransaction, DayFacts, MarketFacts } from '../day-facts.ts'
import { engineActivity, engineTransaction } from '../engine-rows.ts'
import { activityRows, transactionRows } from '../row-ids.ts'
import { ACCOUNT, type BookedTruth, madeTrader } from './made-trader.ts'

/** A year of trading, made on the mock broker's engine. Tests only. */
export interface YearOptions {
  readonly seed: number
  /** Closing deals, about. */
  readonly deals: number
  readonly currency: 'EUR' | 'GBP'
  readonly zone: string
  /** First day, and how many follow it. */
  readonly from: string
  readonly days: number
  /** How often somebody else deals on the account, 0 to 1. */
  readonly elsewhere: number
}

export interface MadeDay {
  readonly day: string
  readonly facts: DayFacts
  /** By the engine's own books and what was paid in, not by rows. */
  readonly change: Decimal
  readonly truth: Truth
}

/** What was booked, and what the made-up broker did beside it. */
interface Truth extends BookedTruth {
  readonly paidIn: Decimal
  /** What the broker took for conversions, zero or above. */
  readonly converted: Decimal
}

const EPICS = ['CS.D.EURUSD.CFD.IP', 'IX.D.DAX.IFMM.IP', 'IX.D.FTSE.CFD.IP', 'CS.D.USDJPY.CFD.IP', 'UC.D.AAPL.CASH.IP']

/** Each day in its order; nothing is kept of it but what is still open. */
export function* engineYear(options: YearOptions): Generator<MadeDay> {
  const { seed, deals, currency, zone, days } = options
  const random = seededRandom(seed)
  const calendar = calendarOf(zone)
  const chosen = chosenMarkets()
  const cash = new Decimal(20_000_000)
  const engine = createEngine({ markets: chosen, accounts: [cashAccount(cash, { currency })], random })
  const symbol = currencySymbol(currency)
  const facts = chosen.map(market => marketFacts(market, currency))
  const context: { transactions: readonly BrokerTransaction[]; activities: readonly BrokerActivity[] } = {
    transactions: [],
    activities: [],
  }
  const trader = madeTrader(engine, chosen, random, options.elsewhere)
  const perDay = deals / days
  let paidIn = new Decimal(0)
  let read = { transactions: 0, activities: 0 }
  let seenRows: object | undefined
  let seenDeeds: object | undefined
  let day = options.from
  let before = cash
  let journal: readonly JournalEntry[] = []

  function rowsSince(): {
    readonly transactions: readonly ConvertedRow[]
    readonly activities: readonly BrokerActivity[]
  } {
    const money = engine.history.transactions(ACCOUNT).slice(1)
    const done = engine.history.activities(ACCOUNT)
    const freshMoney = money.slice(
      seenRows === undefined ? 0 : money.lastIndexOf(seenRows as (typeof money)[number]) + 1,
    )
    const freshDone = done.slice(seenDeeds === undefined ? 0 : done.lastIndexOf(seenDeeds as (typeof done)[number]) + 1)
    seenRows = money.at(-1) ?? seenRows
    seenDeeds = done.at(-1) ?? seenDeeds
    read = { transactions: read.transactions + freshMoney.length, activities: read.activities + freshDone.length }
    const nameOf = (of: string) => chosen.find(market => market.epic === of)?.name ?? null
    return {
      transactions: freshMoney.map(row => {
        const own = chosen.find(({ name }) => name === row.name)?.currencies[0]
        return withConversion(engineTransaction(row, symbol, calendar.dayOf), own !== undefined && own !== currency)
      }),
      activities: activityRows(
        freshDone.map(row => engineActivity(row, nameOf(row.epic), trader.isElsewhere(row.reference))),
      ),
    }
  }

  for (let number = 0; number < days; number++) {
    const { startMs, endMs } = calendar.boundsOf(day)
    trader.begin(startMs)
    // Nobody trades on Saturdays; Sundays are short, and the clocks change on them.
    const weekday = calendar.weekdayOf(startMs + 43_200_000)
    const share = weekday === 5 ? 0 : weekday === 6 ? 0.3 : 1.3
    trader.trade(startMs, endMs, Math.round(perDay * share * (0.6 + 0.8 * random.next())))
    const { transactions: booked, activities } = rowsSince()
    const converted = booked.reduce((sum, { fee }) => sum.plus(fee), new Decimal(0))
    paidIn = paidIn.minus(converted)
    const extra = otherMoney(number, startMs, endMs, random, symbol, calendar.dayOf)
    const transactions = transactionRows([...booked.map(({ row }) => row), ...extra])
    for (const { profitAndLoss } of extra) paidIn = paidIn.plus(profitAndLoss.amount)
    const after = new Decimal(engine.account(ACCOUNT).cash.toFixed()).plus(paidIn)
    const told = trader.told()
    yield {
      day,
      change: after.minus(before),
      truth: {
        ...told.truth,
        converted,
        paidIn: extra.reduce((sum, { profitAndLoss }) => sum.plus(profitAndLoss.amount), new Decimal(0)),
      },
      facts: {
        account: { id: ACCOUNT, name: 'CFD', environment: 'mock', currency, zone },
        span: { from: day, to: day, beginMs: startMs, endMs },
        sources: [
          { source: 'transactions', rows: transactions.length, isComplete: true },
          { source: 'activity', rows: activities.length, isComplete: true },
          { source: 'journal', rows: told.entries.length, isComplete: true },
        ],
        transactions: [...context.transactions, ...transactions],
        activities: [...context.activities, ...activities],
        balances: [
          { amount: before, atMs: startMs, source: 'broker' },
          { amount: after, atMs: endMs, source: 'broker' },
        ],
        journal: { entries: [...journal, ...told.entries], files: [] },
        markets: facts,
        prices: told.prices,
        remarks: [],
        dayNotes: [],
      },
    }
    const open = new Set(engine.positions(ACCOUNT).map(position => position.dealId))
    context.activities = [...context.activities, ...activities].filter(row =>
      row.details?.actions.some(({ affectedDealId }) => affectedDealId !== null && open.has(affectedDealId)),
    )
    const closes = new Set(context.activities.map(row => row.dealId?.slice(-8)))
    context.transactions = [...context.transactions, ...transactions].filter(
      row => row.type === 'trade' && closes.has(row.reference as never),
    )
    journal = dealtOf([...journal, ...told.entries], open)
    before = after
    day = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  }
}

interface ConvertedRow {
  readonly row: Transaction
  readonly fee: Decimal
}

/** IG takes half a percent of a result in another currency by its rate, and remarks it in the row's name; the engine takes nothing. */
function withConversion(row: Transaction, isForeign: boolean): ConvertedRow {
  const { amount } = row.profitAndLoss
  const fee = isForeign && row.type === 'trade' ? amount.abs().times('0.005').toDecimalPlaces(2) : new Decimal(0)
  if (fee.isZero()) return { row, fee }
  const profitAndLoss = { ...row.profitAndLoss, amount: amount.minus(fee) }
  return { row: { ...row, profitAndLoss, instrumentName: `${row.instrumentName} converted at 0.92` }, fee }
}

/** What was dealt so far of the positions that are still open. */
function dealtOf(entries: readonly JournalEntry[], open: ReadonlySet<string>): readonly JournalEntry[] {
  const ids = new Set(
    entries.flatMap(({ record }) =>
      record.kind === 'filled' && record.dealId !== null && open.has(record.dealId) ? [record.id] : [],
    ),
  )
  return entries.filter(({ record }) => 'id' in record && record.id !== null && ids.has(record.id))
}

function chosenMarkets(): readonly Market[] {
  const wanted = markets.filter(market => EPICS.includes(market.epic) && market.synthetic)
  const others = markets.filter(
    ({ synthetic, startState, expiry, restriction, epic: of }) =>
      synthetic && startState === 'TRADEABLE' && expiry === '-' && restriction === null && !EPICS.includes(of),
  )
  const share = others.find(({ commissionPercent }) => commissionPercent)
  const names = new Set<string>()
  return [...wanted, ...(share ? [share] : []), ...others]
    .filter(({ name }) => !names.has(name) && names.add(name))
    .slice(0, 6)
}

function marketFacts(market: Market, account: 'EUR' | 'GBP'): MarketFacts {
  const [currency] = market.currencies
  return {
    epic: epic(market.epic),
    name: market.name,
    currency,
    contractSize: new Decimal(market.contractSize ?? 1),
    pointsPerUnit: market.pointsPerUnit,
    perUnit: new Decimal(exchangeRate(currency, account).toFixed()),
  }
}

/** Money that no deal moved: a corrected result, a dividend, a fee for data, cash. */
function otherMoney(
  day: number,
  startMs: number,
  endMs: number,
  random: { next(): number },
  symbol: string,
  dayOf: (atMs: number) => string,
): readonly Transaction[] {
  const row = (name: string, cents: number, changes: Partial<Transaction>): Transaction => {
    const atMs = Math.floor((startMs + random.next() * (endMs - startMs - 1)) / 1_000) * 1_000
    return {
      closedAtMs: atMs,
      openedAtMs: atMs,
      date: dayOf(atMs),
      instrumentName: name,
      period: '-',
      profitAndLoss: { amount: new Decimal(cents).div(100), symbol },
      type: 'withdrawal',
      reference: String(10_000_000 + Math.floor(random.next() * 1e7)),
      openLevel: null,
      closeLevel: new Decimal(0),
      size: null,
      currencySymbol: symbol,
      isCash: false,
      ...changes,
    }
  }
  const cents = Math.floor((random.next() - 0.5) * 100_000)
  switch (day % 7) {
    case 1:
      return [row('Price correction Germany 40', cents, {})]
    case 2:
      return [row('Apple Dividend', Math.abs(cents), { type: 'dividend' })]
    case 3:
      return [
        row('Bank Deposit', Math.abs(cents), { type: 'deposit', isCash: true }),
        row('Bank Transfer', -Math.abs(cents), { isCash: true }),
      ]
    case 4:
      return [
        row('Level 2 data', -1_200, { type: 'chart' }),
        row('Level 2 data', -1_200, { type: 'chart', closedAtMs: startMs, reference: '10000000' }),
      ]
    default:
      return []
  }
}
