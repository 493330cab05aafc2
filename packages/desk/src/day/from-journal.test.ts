import { Decimal, type Epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { rememberer } from '../journal/memory.ts'
import { type JournalRecord, RECORD_VERSION } from '../journal/record.ts'
import { dealOf, emptyDay } from './day.ts'
import { dayTotals } from './day-totals.ts'
import { dealFigures } from './deal-figures.ts'
import { dayFromJournal } from './from-journal.ts'
import { latencyReport } from './latency-report.ts'
import { aPrice, EURUSD } from './testing/day-fixtures.ts'

const START_MS = Date.UTC(2026, 0, 5, 8)
const terms = { currency: 'USD', contractSize: new Decimal(10_000), pointsPerUnit: 10_000, decimals: 5 }
/** This run began two minutes after the first record. */
const atMsOf = (wallMs: number) => wallMs - START_MS - 120_000

function read(records: readonly JournalRecord[], termsOf = (_: Epic): typeof terms | null => terms) {
  const entries = records.map((record, index) => ({ record, wallMs: START_MS + index * 1_000 }))
  return dayFromJournal(emptyDay('USD'), entries, { termsOf, atMsOf })
}

const anOpen = {
  kind: 'about-to-open',
  atMs: 5,
  id: 'R1',
  epic: EURUSD,
  direction: 'BUY',
  size: '2',
  preset: 'usual',
  stopPoints: '10',
  limitPoints: null,
  trailing: null,
  isGuaranteed: false,
  seenLevel: '1.08418',
} as const

const filled = {
  kind: 'filled',
  atMs: 9,
  id: 'R1',
  dealId: 'DI1',
  level: '1.08418',
  size: null,
  profit: null,
  profitCurrency: null,
  by: 'stream',
} as const

const aClose = {
  kind: 'about-to-close',
  atMs: 20,
  id: 'R2.1',
  dealId: 'DI1',
  epic: EURUSD,
  direction: 'SELL',
  size: '1',
  heldSize: '2',
} as const

const closed = { ...filled, id: 'R2.1', level: '1.08468', profit: '5', profitCurrency: 'USD' } as const

it('holds the deals of the day again, with their risk, their results and the time that they are held', () => {
  const { day } = read([anOpen, filled, aClose, closed])
  const figures = dealFigures(day, dealOf(day, day.open[0]!.dealId)!, aPrice(108_428), 0)
  expect([figures.risk, figures.realised, figures.result].map(money => money?.toFixed())).toEqual(['20', '5', '6'])
  expect([figures.heldMs, figures.hasAllMarks]).toEqual([119_000, false])
})

it('follows positions that were opened, amended and closed elsewhere', () => {
  const position = { dealId: 'DI7', epic: EURUSD } as const
  const { day } = read([
    { kind: 'position-appeared', atMs: 1, ...position, direction: 'SELL', size: '1', level: '1.1', stopLevel: null },
    {
      kind: 'about-to-amend',
      atMs: 2,
      id: 'R3',
      ...position,
      stopLevel: '1.101',
      limitLevel: null,
      trailing: null,
      isGuaranteed: false,
    },
    { kind: 'done', atMs: 3, id: 'R3', dealId: 'DI7', by: 'book' },
    { kind: 'position-gone', atMs: 4, ...position, profit: '-10', profitCurrency: 'USD' },
  ])
  expect([day.open.length, dayTotals(day).realised?.toFixed(), day.ended[0]?.firstStop?.toFixed()]).toEqual([
    0,
    '-10',
    '1.101',
  ])
})

it('keeps the told results of a market that is not known any more', () => {
  const { day } = read([anOpen, filled, aClose, closed], () => null)
  expect(dayTotals(day).realised?.toFixed()).toBe('5')
})

it('keeps the part that was closed elsewhere of a position whose opening was told after its close', () => {
  const rest = { ...aClose, heldSize: '1' } as const
  const { day } = read([anOpen, rest, closed, filled])
  const deal = day.ended[0]
  expect([day.open.length, deal?.size.toFixed(), deal?.parts.map(({ id, size }) => [id, size.toFixed()])]).toEqual([
    0,
    '2',
    [
      ['smaller-DI1-1', '1'],
      ['R2.1', '1'],
    ],
  ])
})

it('begins anew with each day, and keeps what is open', () => {
  const opening = { kind: 'day-opened', atMs: 0, equity: '1000', currency: 'USD' } as const
  const { day } = read([
    { ...opening, day: '2026-01-05' },
    anOpen,
    filled,
    aClose,
    closed,
    { ...opening, day: '2026-01-06' },
    { kind: 'file-opened', atMs: 0, day: '2026-01-05', zone: 'UTC', before: null, carried: null },
  ])
  expect([day.open.length, dayTotals(day).realised?.toFixed(), day.open[0]?.left.toFixed()]).toEqual([1, '0', '1'])
})

it('knows what an order was that was announced in the file before', () => {
  const first = chainOf([anOpen])
  const carried = { ...first, references: [] }
  const opening = { kind: 'file-opened', atMs: 0, day: '2026-01-06', zone: 'UTC', before: '2026-01-05.ndjson' } as const
  const { day } = read([{ ...opening, carried }, filled])
  expect(day.open.map(({ dealId: id, left }) => [id, left.toFixed()])).toEqual([['DI1', '2']])
})

/** What these records leave behind. */
function chainOf(records: readonly JournalRecord[]) {
  const memory = rememberer()
  records.forEach((record, i) => {
    memory.add({ kind: record.kind, seq: i + 1, version: RECORD_VERSION, wallMs: START_MS, values: { ...record } })
  })
  return memory.state()
}

it('has the latencies of the orders', () => {
  const times = { decidedMs: 0.1, journalledMs: 0.2, firstByteMs: 0.3, acknowledgedMs: 20.5, confirmedMs: null }
  const { latency } = read([anOpen, { kind: 'latency', atMs: 99, id: 'R1', ...times, paintedMs: 31 }])
  expect(latency.finished).toHaveLength(1)
  expect(latencyReport(latency).untilStep.acknowledged.p50Ms).toBe(20.5)
  expect(latencyReport(latency).slow).toMatchObject({ from: 'first-byte', to: 'acknowledged' })
})

it('knows the terms of a market that was picked during the day, though nobody trades it any more', () => {
  const picked = {
    kind: 'market-traded',
    atMs: 1,
    epic: EURUSD,
    name: 'EUR/USD',
    currency: 'USD',
    currencyPerBase: null,
    contractSize: '10000',
    pointsPerUnit: 10_000,
    decimals: 5,
  } as const
  const untold = { ...closed, profit: null, profitCurrency: null }
  const { day } = read([picked, anOpen, filled, aClose, untold], () => null)
  expect(dayTotals(day).realised?.toFixed()).toBe('5')
})

it('keeps a result of nothing that the broker booked for what was closed elsewhere, and forgets what a close explains', () => {
  const smaller = { kind: 'deal-closed', id: 'smaller-DI1-1', dealId: 'DI1', isWhole: false, brokerMs: null } as const
  const told = (atMs: number, profit: string | null) =>
    ({ kind: 'guard', atMs, fact: { ...smaller, atMs, profit } }) as const
  const { day } = read([anOpen, filled, told(30, null), told(40, '0')])
  expect(dayTotals(day).realised?.toFixed()).toBe('0')
  expect(day.open[0]!.parts.map(({ id, booked }) => [id, booked?.toFixed()])).toEqual([['smaller-DI1-1', '0']])
  const explained = read([anOpen, filled, aClose, told(30, null), { ...closed, size: '2' }, told(41, '0')])
  expect(explained.day.ended[0]!.parts.map(({ id, size }) => [id, size.toFixed()])).toEqual([['R2.1', '2']])
})
