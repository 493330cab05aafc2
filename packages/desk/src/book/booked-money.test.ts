import { Decimal, dealId } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import type { BookedMoney } from '../broker-port.ts'
import { dealCharges } from '../day/charge.ts'
import { dayTotals } from '../day/day-totals.ts'
import { dayResult } from '../guard/memory/day-result.ts'
import { aCloseConfirm, aPartCloseConfirm } from '../testing/confirm-fixtures.ts'
import { aPosition } from '../testing/desk-fixtures.ts'
import * as driven from '../testing/driven-desk.ts'
import { type DrivenDesk, LOST, listedDeal, WALL_MS } from '../testing/driven-desk.ts'

const ASKING = { accountCurrency: 'USD', asksBooked: true } as const
const DAY_MS = Date.UTC(2026, 0, 5)

function aResult(id: string, amount: string, closeLevel: string, openLevel = '1.08418'): BookedMoney {
  const levels = { openLevel: new Decimal(openLevel), closeLevel: new Decimal(closeLevel), openedAtMs: null }
  const what = { kind: 'result', direction: 'BUY', size: new Decimal(1), ...levels } as const
  return { id, atMs: WALL_MS, amount: new Decimal(amount), what }
}

function aCharge(id: string, amount: string, dealEnd = ''): BookedMoney {
  return { id, atMs: WALL_MS, amount: new Decimal(amount), what: { kind: 'charge', cause: 'commission', dealEnd } }
}

function tell(desk: DrivenDesk, booked: readonly BookedMoney[] | null): void {
  desk.feed({ kind: 'charges-found', ask: desk.state.booked!.asks, booked })
}

/** Time in which the broker lists what is held, as the desk asks. */
function pass(desk: DrivenDesk, ms: number, positions: Parameters<DrivenDesk['list']>[0] = []): void {
  for (let left = ms; left > 0; left -= 1_000) {
    desk.pass(1_000)
    if (desk.state.book.reading) desk.list(positions)
  }
}

/** The broker has told its time, and so which day it is. */
function heard(desk: DrivenDesk): DrivenDesk {
  desk.feed({ kind: 'heartbeat', brokerTimeMs: WALL_MS + desk.nowMs })
  desk.feed({ kind: 'clock' })
  return desk
}

const aReadyDesk = (setup: Parameters<typeof driven.aReadyDesk>[0] = {}) => heard(driven.aReadyDesk(setup))
const aLongDesk = (setup: Parameters<typeof driven.aLongDesk>[0] = {}) => heard(driven.aLongDesk(setup))

const totals = (desk: DrivenDesk) => {
  const { realised, charges } = dayTotals(desk.state.day)
  return [realised?.toFixed() ?? null, charges?.toFixed() ?? null, desk.state.booked?.elsewhere?.toFixed() ?? null]
}

function closed(desk: DrivenDesk): DrivenDesk {
  desk.press('flatten')
  desk.acknowledge(desk.sent('close')[0]!.id, 'IG1')
  desk.streamConfirm(aCloseConfirm('IG1', 'DI1', { level: new Decimal('1.08458'), profit: new Decimal('4') }))
  return desk
}

it('asks once the book is known, from the beginning of the account’s day on, and then seldom', () => {
  const desk = aReadyDesk(ASKING)
  expect(desk.sent('find-charges')).toMatchObject([{ ask: 1, sinceMs: DAY_MS }])
  tell(desk, [])
  pass(desk, 800_000)
  expect(desk.sent('find-charges')).toHaveLength(1)
  pass(desk, 200_000)
  expect(desk.sent('find-charges')).toHaveLength(2)
})

it('waits for the time of the broker, without which nobody knows which day it is', () => {
  const desk = driven.aReadyDesk(ASKING)
  pass(desk, 55_000)
  expect(desk.sent('find-charges')).toEqual([])
  heard(desk)
  expect(desk.sent('find-charges')).toMatchObject([{ sinceMs: DAY_MS }])
})

it('asks all the same after a minute of a stream that tells no time', () => {
  const desk = driven.aReadyDesk(ASKING)
  pass(desk, 61_000)
  expect(desk.sent('find-charges')).toHaveLength(1)
})

it('counts a charge on the day that it was asked for, though its answer comes after midnight', () => {
  const desk = aReadyDesk(ASKING)
  desk.feed({ kind: 'heartbeat', brokerTimeMs: DAY_MS + 86_400_000 })
  tell(desk, [aCharge('a', '-4')])
  expect([desk.state.memory.charged.toFixed(), totals(desk)[1], desk.state.memory.day?.name]).toEqual([
    '0',
    '0',
    '2026-01-06',
  ])
})

it('is not asked of a broker that cannot tell', () => {
  const desk = aReadyDesk()
  desk.pass(15_000)
  expect([desk.sent('find-charges'), desk.state.booked]).toEqual([[], null])
})

it('waits while an order is on its way or a scope is flattened, and asks within a minute after a deal', () => {
  const desk = aLongDesk(ASKING)
  tell(desk, [])
  const asked = desk.sent('find-charges').length
  desk.press('flatten')
  desk.pass(300_000)
  expect(desk.sent('find-charges')).toHaveLength(asked)
  const other = closed(aLongDesk(ASKING))
  tell(other, [])
  const before = other.sent('find-charges').length
  pass(other, 62_000)
  expect(other.sent('find-charges').length - before).toBe(1)
})

it('counts each charge once, however often it is told, and knows the deal that the broker names the end of', () => {
  const desk = aLongDesk(ASKING)
  for (const more of [[], [aCharge('b', '-0.30')]]) {
    tell(desk, [aCharge('a', '-0.15', 'DI1'), ...more])
    pass(desk, 1_000_000)
  }
  expect(totals(desk)[1]).toBe('-0.45')
  expect(desk.state.day.charges.map(({ cause, amount }) => `${cause} ${amount.toFixed()}`)).toEqual([
    'commission -0.15',
    'commission -0.3',
  ])
  expect(dealCharges(desk.state.day, dealId('DI1')).get('USD')?.toFixed()).toBe('-0.15')
})

it('counts charges into the loss that locks the day, and writes each down once', () => {
  const desk = aLongDesk({ ...ASKING, limits: { maxDayLoss: new Decimal(10), duplicateWindowMs: 0 } })
  tell(desk, [aCharge('a', '-4')])
  expect([desk.state.memory.lock, desk.state.memory.charged.toFixed()]).toEqual([null, '-4'])
  desk.quote({ bid: '1.08360', offer: '1.08368' })
  // 5.80 lost in what is open, and 4 paid.
  expect(desk.state.memory.lock).toBeNull()
  pass(desk, 1_000_000, [listedDeal()])
  tell(desk, [aCharge('a', '-4'), aCharge('b', '-0.20')])
  desk.quote({ bid: '1.08358', offer: '1.08368' })
  expect(desk.state.memory.lock?.reason).toBe('day-loss')
  const written = desk.recorded('guard').filter(({ fact }) => fact.kind === 'charge-booked')
  expect(written.map(({ fact }) => [fact.id, fact.amount])).toEqual([
    ['a', '-4'],
    ['b', '-0.2'],
  ])
})

it('takes what the broker booked for a close as its last word, once', () => {
  const desk = closed(aLongDesk(ASKING))
  expect(totals(desk)[0]).toBe('4')
  for (const _ of [1, 2]) {
    tell(desk, [aResult('r', '3.99', '1.08458')])
    pass(desk, 1_000_000)
  }
  expect(totals(desk)).toEqual(['3.99', '0', '0'])
  expect(desk.state.memory.results).toHaveLength(1)
})

it('learns from it what a stop brought that nobody had told of, for the day and for the guard', () => {
  const desk = aLongDesk(ASKING)
  tell(desk, [])
  desk.streamPosition('DI1', 'deleted')
  desk.list()
  expect([totals(desk)[0], dayResult(desk.state.memory, false).kind]).toEqual([null, 'unknown'])
  pass(desk, 70_000)
  tell(desk, [aResult('r', '-10', '1.08318')])
  expect([totals(desk)[0], dayResult(desk.state.memory, false)]).toEqual([
    '-10',
    { kind: 'known', money: new Decimal(-10) },
  ])
  expect(desk.state.memory.results).toHaveLength(1)
})

it('adds up what belongs to no deal of ours, and what came before the day not at all', () => {
  const desk = closed(aLongDesk(ASKING))
  const yesterday = { ...aCharge('y', '-7'), atMs: DAY_MS - 1 }
  tell(desk, [aResult('r', '4', '1.08458'), aResult('s', '-20', '1.1', '1.2'), aResult('t', '4', '1.08458'), yesterday])
  expect(totals(desk)).toEqual(['4', '0', '-16'])
})

/** Half of the deal was closed elsewhere, then the rest by us; the broker told neither what it brought. */
function twoHalvesUntold(gapMs: number): { desk: DrivenDesk; gone: number; sent: number } {
  const desk = aReadyDesk(ASKING)
  tell(desk, [])
  desk.pass(15_000)
  desk.list([aPosition('DI1', { size: new Decimal(2) })])
  desk.pass(15_000)
  heard(desk)
  desk.list([aPosition('DI1', { size: new Decimal(1) })])
  const gone = WALL_MS + desk.nowMs - 1_000
  pass(desk, gapMs, [aPosition('DI1', { size: new Decimal(1) })])
  heard(desk)
  desk.want({ kind: 'close', dealId: dealId('DI1'), part: 'all' })
  const close = desk.sent('close')[0]!.id
  desk.loseReply(close)
  desk.list()
  expect([desk.stage(close), desk.state.day.ended.length]).toEqual(['done', 1])
  return { desk, gone, sent: WALL_MS + desk.nowMs }
}

const at = (atMs: number, row: BookedMoney): BookedMoney => ({ ...row, atMs })

const bookedOf = (desk: DrivenDesk) =>
  [...desk.state.day.ended, ...desk.state.day.open].flatMap(({ parts }) =>
    parts.map(({ id, booked }) => `${id.replace(/-.*/, '')} ${booked?.toFixed() ?? null}`),
  )

it.each([[0], [1]])(
  'gives each of two closes that nobody told of its own result, by the time: told in turn %s',
  turn => {
    const { desk, gone, sent } = twoHalvesUntold(30_000)
    pass(desk, 62_000)
    const rows = [at(gone, aResult('r', '-7', '1.0835')), at(sent, aResult('s', '-11.5', '1.0830'))]
    tell(desk, turn === 0 ? rows : rows.toReversed())
    expect(bookedOf(desk)).toEqual(['smaller -7', 'R1.1 -11.5'])
    expect(totals(desk)).toEqual(['-18.5', '0', '0'])
    // The same answer again changes nothing.
    pass(desk, 1_000_000)
    tell(desk, rows)
    expect(bookedOf(desk)).toEqual(['smaller -7', 'R1.1 -11.5'])
  },
)

it('says that it does not know where both results fit both closes, for the day and for the guard, unless they are alike', () => {
  const { desk, sent } = twoHalvesUntold(3_000)
  pass(desk, 62_000)
  tell(desk, [at(sent, aResult('r', '-7', '1.0835')), at(sent + 500, aResult('s', '-11.5', '1.0830'))])
  expect(bookedOf(desk)).toEqual(['smaller null', 'R1.1 null'])
  expect([totals(desk), dayResult(desk.state.memory, false).kind]).toEqual([[null, '0', '0'], 'unknown'])
  pass(desk, 1_000_000)
  tell(desk, [at(sent, aResult('r', '-7', '1.0835')), at(sent, aResult('s', '-7', '1.0835'))])
  expect(bookedOf(desk)).toEqual(['smaller -7', 'R1.1 -7'])
})

it('takes no result that was booked before the close was sent', () => {
  const { desk, gone } = twoHalvesUntold(30_000)
  pass(desk, 62_000)
  tell(desk, [at(gone, aResult('r', '-7', '1.0835'))])
  expect(bookedOf(desk)).toEqual(['smaller -7', 'R1.1 null'])
})

it('asks again when it could not be read', () => {
  const desk = aReadyDesk(ASKING)
  tell(desk, null)
  pass(desk, 62_000)
  expect(desk.sent('find-charges')).toHaveLength(2)
})

it.each([
  ['all', 4, '3', 'known'],
  ['half', 2, '3', 'unknown'],
] as const)(
  'does not count twice in the guard what is gone first and confirmed afterwards: %s of it',
  (part, size, realised, kind) => {
    const desk = aReadyDesk(ASKING)
    tell(desk, [])
    const held = aPosition('DI1', { size: new Decimal(4) })
    desk.pass(15_000)
    desk.list([held])
    desk.want({ kind: 'close', dealId: dealId('DI1'), part })
    const close = desk.sent('close')[0]!.id
    desk.acknowledge(close, 'IG1')
    for (let asked = 0; asked < 90; asked++) {
      desk.pass(1_000)
      if (desk.state.book.reading) desk.list([held])
    }
    expect(desk.stage(close)).toBe('unresolved')
    desk.streamPosition('DI1', 'deleted')
    desk.streamPosition('DI1', 'deleted')
    expect(desk.state.memory.results.filter(({ profit }) => profit === null)).not.toHaveLength(0)
    const told = { size: new Decimal(size), profit: new Decimal(3) }
    const confirm = part === 'all' ? aCloseConfirm('IG1', 'DI1', told) : aPartCloseConfirm('IG1', 'DI1', told)
    desk.streamConfirm(confirm)
    desk.streamConfirm(confirm)
    expect(desk.state.memory.realised.toFixed()).toBe(realised)
    expect(dayTotals(desk.state.day).realisedKnown.toFixed()).toBe(realised)
    expect(dayResult(desk.state.memory, false).kind).toBe(kind)
  },
)

it('knows that prices were missed when the stream stops being live, or the market has none', () => {
  const marks = (desk: DrivenDesk) => desk.state.day.open.map(({ hasAllMarks }) => hasAllMarks)
  const lost = aLongDesk(ASKING)
  expect(marks(lost)).toEqual([true])
  lost.stream(LOST)
  expect(marks(lost)).toEqual([false])
  const unpriced = aLongDesk(ASKING)
  unpriced.quote({ bid: null })
  expect(marks(unpriced)).toEqual([false])
})
