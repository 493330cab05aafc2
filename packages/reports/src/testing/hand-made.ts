import type { JournalEntry, JournalRecord } from '@scalpdesk/desk/journal'
import {
  type Activity,
  type ActivityActionType,
  Decimal,
  dayBounds,
  dealId,
  dealReference,
  epic,
  type Transaction,
} from '@scalpdesk/sdk'
import type { DayFacts, MarketFacts, PriceMarks } from '../day-facts.ts'
import { activityRows, transactionRows } from '../row-ids.ts'

/** Rows of small days that are written by hand. Tests only. */

export const EURUSD = epic('CS.D.EURUSD.CFD.IP')
export const DAX = epic('IX.D.DAX.IFMM.IP')

export const d = (text: string | number): Decimal => new Decimal(text)

/** 5 January 2026 in Paris, one hour before UTC. */
export const at = (time: string, day = '2026-01-05'): number => Date.parse(`${day}T${time}+01:00`)

/** An account in euros in Paris, with nothing on it. */
export function aDay(changes: Partial<DayFacts> = {}, from = '2026-01-05', to = from): DayFacts {
  const zone = 'Europe/Paris'
  return {
    account: { id: 'ABC12', name: 'CFD', environment: 'demo', currency: 'EUR', zone },
    span: { from, to, beginMs: dayBounds(from, zone).startMs, endMs: dayBounds(to, zone).endMs },
    sources: [
      { source: 'transactions', rows: changes.transactions?.length ?? 0, isComplete: true },
      { source: 'activity', rows: changes.activities?.length ?? 0, isComplete: true },
    ],
    transactions: [],
    activities: [],
    balances: [],
    journal: null,
    markets: [],
    prices: [],
    remarks: [],
    dayNotes: [],
    ...changes,
  }
}

/** A mini DAX of one euro a point, and the euro in dollars at 1.08 for one euro. */
export const MARKETS: readonly MarketFacts[] = [
  { epic: DAX, name: 'Germany 40', currency: 'EUR', contractSize: d(1), pointsPerUnit: 1, perUnit: d(1) },
  {
    epic: EURUSD,
    name: 'EUR/USD',
    currency: 'USD',
    contractSize: d(100_000),
    pointsPerUnit: 10_000,
    perUnit: d('1.08'),
  },
]

interface ClosedDeal {
  readonly name?: string
  readonly opened: string
  readonly closed: string
  readonly from: string
  readonly to: string
  /** With its sign. */
  readonly size: string
  readonly amount: string
  readonly reference?: string
  readonly symbol?: string
}

export function aResult({
  name = 'Germany 40',
  opened,
  closed,
  from,
  to,
  size,
  amount,
  reference = 'AAAA0001',
  symbol = 'E',
}: ClosedDeal): Transaction {
  const closedAtMs = timeOf(closed)
  return {
    closedAtMs,
    openedAtMs: timeOf(opened),
    date: new Date(closedAtMs + 3_600_000).toISOString().slice(0, 10),
    instrumentName: name,
    period: '-',
    profitAndLoss: { amount: d(amount), symbol },
    type: 'trade',
    reference,
    openLevel: d(from),
    closeLevel: d(to),
    size: d(size),
    currencySymbol: symbol,
    isCash: false,
  }
}

export function aBooking(time: string, amount: string, changes: Partial<Transaction> = {}): Transaction {
  const closedAtMs = timeOf(time)
  return {
    closedAtMs,
    openedAtMs: closedAtMs,
    date: new Date(closedAtMs + 3_600_000).toISOString().slice(0, 10),
    instrumentName: 'Bank Deposit',
    period: '-',
    profitAndLoss: { amount: d(amount), symbol: 'E' },
    type: 'withdrawal',
    reference: '23146230',
    openLevel: null,
    closeLevel: d(0),
    size: null,
    currencySymbol: 'E',
    isCash: false,
    ...changes,
  }
}

/** `09:30:00`, or with its day before: `2026-01-04 09:30:00`. */
const timeOf = (text: string): number => (text.length > 12 ? at(text.slice(11), text.slice(0, 10)) : at(text))

interface Deed {
  readonly time: string
  readonly did: ActivityActionType
  readonly deal: string
  /** The position; itself when left out. */
  readonly of?: string
  readonly size?: string
  readonly level: string
  readonly side: 'BUY' | 'SELL'
  readonly stop?: string
  readonly limit?: string
  readonly reference?: string
  readonly channel?: Activity['channel']
  readonly market?: string
}

export function anActivity({
  time,
  did,
  deal,
  of = deal,
  size,
  level,
  side,
  stop,
  limit,
  reference,
  channel,
  market = 'Germany 40',
}: Deed): Activity {
  return {
    atMs: timeOf(time),
    dateText: time,
    epic: market === 'Germany 40' ? DAX : EURUSD,
    period: '-',
    dealId: dealId(deal),
    channel: channel ?? 'public-web-api',
    type: 'position',
    status: 'accepted',
    description: null,
    details: {
      dealReference: reference === undefined ? null : dealReference(reference),
      actions: [{ type: did, affectedDealId: dealId(of) }],
      marketName: market,
      goodTillDate: null,
      currency: market === 'Germany 40' ? 'EUR' : 'USD',
      size: size === undefined ? null : d(size),
      direction: side,
      level: d(level),
      stopLevel: stop === undefined ? null : d(stop),
      stopDistance: null,
      limitLevel: limit === undefined ? null : d(limit),
      limitDistance: null,
      isGuaranteed: false,
      trailingStopDistance: null,
      trailingStep: null,
    },
  }
}

export const rows = (...transactions: readonly Transaction[]) => transactionRows(transactions)
export const deeds = (...activities: readonly Activity[]) => activityRows(activities)

/** A record at a wall time such as `09:30:00.250`. */
export const told = (time: string, record: JournalRecord): JournalEntry => ({ record, wallMs: timeOf(time) })

export function quotes(
  of: typeof DAX,
  decimals: number,
  marks: readonly (readonly [time: string, bid: string, offer: string])[],
): PriceMarks {
  const units = (text: string): number =>
    d(text)
      .times(10 ** decimals)
      .toNumber()
  return {
    epic: of,
    decimals,
    atMs: marks.map(([time]) => timeOf(time)),
    bidUnits: marks.map(([, bid]) => units(bid)),
    offerUnits: marks.map(([, , offer]) => units(offer)),
    gaps: [],
  }
}

/** Each cause with its amount, as text. */
export const partsText = (parts: readonly { readonly cause: string; readonly amount: Decimal }[]): readonly string[] =>
  parts.map(({ cause, amount }) => `${cause} ${amount.toFixed()}`)

/** Two bought at 09:30 as `DIAAAAOPEN00001` with stop and limit, sold by one at 09:31 and one at 09:32: what was booked of it. */
export const SOLD_IN_TWO: readonly [Transaction, Transaction] = [
  aResult({
    opened: '09:30:00',
    closed: '09:31:00',
    from: '24500',
    to: '24510',
    size: '+1',
    amount: '10.00',
    reference: 'CLOSE001',
  }),
  aResult({
    opened: '09:30:00',
    closed: '09:32:00',
    from: '24500',
    to: '24504',
    size: '+1',
    amount: '4.00',
    reference: 'CLOSE002',
  }),
]

/** What was done for it: opened, half closed, closed. @param references of the requests, where they are told */
export function soldInTwo(references: readonly [string?, string?] = []): readonly [Activity, Activity, Activity] {
  const [opened, half] = references
  const deal = 'DIAAAAOPEN00001'
  const closed = { of: deal, size: '1', side: 'SELL' } as const
  return [
    anActivity({
      time: '09:30:00',
      did: 'position-opened',
      deal,
      size: '2',
      level: '24500',
      side: 'BUY',
      stop: '24490',
      limit: '24520',
      ...(opened !== undefined && { reference: opened }),
    }),
    anActivity({
      ...closed,
      time: '09:31:00',
      did: 'position-partially-closed',
      deal: 'DIAAAAxCLOSE001',
      level: '24510',
      ...(half !== undefined && { reference: half }),
    }),
    anActivity({ ...closed, time: '09:32:00', did: 'position-closed', deal: 'DIAAAAxCLOSE002', level: '24504' }),
  ]
}
