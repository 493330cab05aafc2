import type { JournalEntry, JournalRecord } from '@scalpdesk/desk/journal'
import {
  cashAccount,
  createEngine,
  currencySymbol,
  type Engine,
  type EngineEvent,
  type EngineInput,
  exchangeRate,
  type Fill,
  type Market,
  markets,
  type Position,
} from '@scalpdesk/mock-broker/engine'
import { Decimal, epic, type Transaction } from '@scalpdesk/sdk'
import { seededRandom } from '@scalpdesk/testkit'
import { calendarOf } from '../calendar.ts'
import type { BrokerActivity, BrokerTransaction, DayFacts, MarketFacts, PriceMarks } from '../day-facts.ts'
import { engineActivity, engineTransaction } from '../engine-rows.ts'
import { activityRows, transactionRows } from '../row-ids.ts'

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

/** What the engine booked, by its own events. */
interface Truth {
  readonly results: Decimal
  readonly charges: ReadonlyMap<string, Decimal>
  readonly closes: number
  readonly paidIn: Decimal
  /** What the broker took for conversions, zero or above. */
  readonly converted: Decimal
}

const ACCOUNT = 'CASH1'
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
  const trader = aTrader(engine, chosen, random, options.elsewhere)
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

interface Told {
  readonly entries: readonly JournalEntry[]
  readonly prices: readonly PriceMarks[]
  readonly truth: Omit<Truth, 'paidIn' | 'converted'>
}

interface Trader {
  begin(startMs: number): void
  trade(startMs: number, endMs: number, closes: number): void
  isElsewhere(reference: string): boolean
  /** What the desk saw and the engine booked since it was asked last. */
  told(): Told
}

function aTrader(engine: Engine, chosen: readonly Market[], random: { next(): number }, elsewhere: number): Trader {
  const mids = new Map(chosen.map(market => [market.epic, market.synthetic!.startUnits]))
  const others = new Set<string>()
  const columns = new Map<string, { atMs: number[]; bid: number[]; offer: number[] }>()
  let entries: JournalEntry[] = []
  let results = new Decimal(0)
  let charges = new Map<string, Decimal>()
  let closes = 0
  let orders = 0
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)]!
  const write = (wallMs: number, record: JournalRecord): unknown => entries.push({ wallMs, record })

  function take(input: EngineInput): readonly EngineEvent[] {
    const events = engine.process(input)
    for (const event of events) {
      if (event.kind === 'charge')
        charges.set(event.cause, (charges.get(event.cause) ?? new Decimal(0)).plus(event.booked))
      if (event.kind !== 'fill' || !event.closed) continue
      closes++
      results = results.plus(event.closed.booked)
      if (event.reference === null && event.closed.isWhole && !others.has(event.position.reference))
        write(event.atMs, {
          kind: 'position-gone',
          atMs: 0,
          dealId: event.closed.dealId,
          epic: event.epic,
          profit: null,
          profitCurrency: null,
        })
    }
    return events
  }

  function tick(market: Market, atMs: number): void {
    const { moveUnits, spreadUnits, startUnits } = market.synthetic!
    const last = mids.get(market.epic)!
    const mid =
      last +
      Math.round((random.next() - 0.5) * moveUnits * (random.next() < 0.15 ? 150 : 12) + (startUnits - last) * 0.01)
    mids.set(market.epic, mid)
    const bidUnits = mid - Math.ceil(spreadUnits / 2)
    const offerUnits = mid + Math.floor(spreadUnits / 2)
    const column = columns.get(market.epic) ?? { atMs: [], bid: [], offer: [] }
    column.atMs.push(atMs)
    column.bid.push(bidUnits)
    column.offer.push(offerUnits)
    columns.set(market.epic, column)
    take({ kind: 'tick', epic: market.epic, atMs, bidUnits, offerUnits })
  }

  const levelText = (units: number, market: Market): string => new Decimal(`${units}e-${market.decimals}`).toFixed()

  function open(market: Market, atMs: number): void {
    const isOther = random.next() < elsewhere
    const isNet = isOther && random.next() < 0.4
    const reference = `${isOther ? 'WEB' : 'SD'}${orders++}`
    const direction = pick(['BUY', 'SELL'] as const)
    const size = market.minSize.plus(market.sizeStep.times(Math.floor(random.next() * 20)))
    const hasStop = !isNet && market.allowsLegs && random.next() < 0.5
    const isGuaranteed = hasStop && market.guaranteedPremiumPoints !== null && random.next() < 0.6
    const points = (isGuaranteed ? market.minGuaranteedStopPoints : market.minStopPoints).times(
      1 + Math.floor(random.next() * 4),
    )
    const book = engine.book(market.epic)!
    const seen = direction === 'BUY' ? book.quote!.offerUnits : book.quote!.bidUnits
    if (isOther) others.add(reference)
    else
      write(atMs - 60, {
        kind: 'about-to-open',
        atMs: 0,
        id: reference,
        epic: market.epic,
        direction,
        size: size.toFixed(),
        preset: pick(['scalp', 'swing']),
        stopPoints: hasStop ? points.toFixed() : null,
        limitPoints: null,
        trailing: null,
        isGuaranteed,
        seenLevel: levelText(seen, market),
      })
    const stop = hasStop ? ({ kind: isGuaranteed ? 'guaranteed' : 'normal', by: 'distance', points } as const) : null
    const events = take({
      kind: 'open',
      atMs,
      reference,
      account: ACCOUNT,
      epic: market.epic,
      expiry: market.expiry,
      currency: market.currencies[0],
      direction,
      size,
      price: { type: 'MARKET' },
      timeInForce: 'EXECUTE_AND_ELIMINATE',
      mode: isNet ? 'net' : 'force',
      stop,
      limit: null,
      losesStop: false,
    })
    if (!isOther) answered(events, reference, market, atMs)
  }

  function close(position: Position, atMs: number): void {
    const { market } = engine.book(position.epic)!
    const isOther = others.has(position.reference)
    const reference = `${isOther ? 'WEB' : 'SD'}${orders++}`
    const part = market.sizeStep.times(1 + Math.floor(random.next() * 9))
    const size = random.next() < 0.6 || part.gte(position.size) ? position.size : part
    const direction = position.direction === 'BUY' ? 'SELL' : 'BUY'
    if (isOther) others.add(reference)
    else
      write(atMs - 60, {
        kind: 'about-to-close',
        atMs: 0,
        id: reference,
        dealId: position.dealId,
        epic: position.epic,
        direction,
        size: size.toFixed(),
        heldSize: position.size.toFixed(),
      })
    const target = { by: 'deal', dealId: position.dealId } as const
    const events = take({
      kind: 'close',
      atMs,
      reference,
      account: ACCOUNT,
      target,
      direction,
      size,
      price: { type: 'MARKET' },
      timeInForce: 'EXECUTE_AND_ELIMINATE',
    })
    if (!isOther) answered(events, reference, market, atMs)
  }

  function answered(events: readonly EngineEvent[], id: string, market: Market, atMs: number): void {
    const confirm = events.find(event => event.kind === 'confirm')
    if (confirm?.outcome.dealStatus === 'REJECTED')
      write(atMs, { kind: 'rejected', atMs: 0, id, reason: confirm.outcome.reason })
    for (const fill of events.filter((event): event is Fill => event.kind === 'fill' && event.reference === id)) {
      const { closed, position } = fill
      write(atMs, {
        kind: 'filled',
        atMs: 0,
        id,
        dealId: closed?.dealId ?? fill.dealId,
        level: levelText(fill.levelUnits, market),
        size: fill.size.toFixed(),
        profit: closed ? closed.profit.toFixed() : null,
        profitCurrency: closed ? position.currency : null,
        by: 'stream',
      })
    }
  }

  return {
    begin(startMs) {
      for (const [index, market] of chosen.entries()) tick(market, startMs + index)
    },
    trade(startMs, endMs, wanted) {
      const until = closes + wanted
      // Orders keep clear of each other and of midnight, as people's do; no two deals share a second of a market.
      const steps = Math.max(1, wanted * 4)
      const stepMs = Math.floor((endMs - startMs - 20_000) / steps)
      let nightMs = startMs + Math.floor((endMs - startMs) * 0.9)
      for (let step = 0; step < steps && closes < until; step++) {
        const atMs = startMs + 10_000 + step * stepMs + Math.floor(random.next() * stepMs * 0.5)
        if (atMs >= nightMs) {
          take({ kind: 'night', atMs })
          nightMs = Number.POSITIVE_INFINITY
        }
        const market = pick(chosen)
        tick(market, atMs - 100)
        const held = engine.positions(ACCOUNT)
        if (held.length > 0 && (held.length > 3 || random.next() < 0.6)) close(pick(held), atMs)
        else open(market, atMs)
      }
      if (wanted === 0) take({ kind: 'night', atMs: nightMs })
    },
    isElsewhere: reference => others.has(reference),
    told() {
      const prices = [...columns].map(([of, { atMs, bid, offer }]) => ({
        epic: epic(of),
        decimals: chosen.find(market => market.epic === of)!.decimals,
        atMs,
        bidUnits: bid,
        offerUnits: offer,
        gaps: [],
      }))
      const truth = { results, charges, closes }
      const told = { entries, prices, truth }
      columns.clear()
      entries = []
      results = new Decimal(0)
      charges = new Map()
      closes = 0
      return told
    },
  }
}
