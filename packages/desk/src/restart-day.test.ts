import { type DealId, Decimal, dealId, dealReference } from '@scalpdesk/sdk'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dealsOf } from './day/day.ts'
import { dayTotals } from './day/day-totals.ts'
import { latencyReport } from './day/latency-report.ts'
import { openProfit } from './day/open-profit.ts'
import { type DeskSetup, initialState } from './desk-setup.ts'
import type { DeskState } from './desk-state.ts'
import { rememberer } from './journal/memory.ts'
import { type JournalRecord, RECORD_VERSION } from './journal/record.ts'
import { isPending } from './orders/order.ts'
import { recoveredFrom } from './recovering.ts'
import { aCloseConfirm, aConfirm, aPartCloseConfirm } from './testing/confirm-fixtures.ts'
import { aContract, aPosition, someFigures } from './testing/desk-fixtures.ts'
import { aReadyDesk, DrivenDesk, WALL_MS } from './testing/driven-desk.ts'
import { SimulatedSession } from './testing/simulated-session.ts'
import { anyStep } from './testing/simulated-steps.ts'

const USD: Partial<DeskSetup> = { accountCurrency: 'USD' }
const LATER_MS = 120_000

/** What a restart takes over from these records, as they come back from a file. */
function recover(records: readonly JournalRecord[], wallAtZeroMs: number) {
  const memory = rememberer()
  const entries = records.map(record => ({
    record: JSON.parse(JSON.stringify(record)) as JournalRecord,
    wallMs: wallAtZeroMs + record.atMs,
  }))
  entries.forEach(({ record, wallMs }, i) => {
    memory.add({ kind: record.kind, seq: i + 1, version: RECORD_VERSION, wallMs, values: { ...record } })
  })
  return recoveredFrom({ ...memory.state(), entries })
}

const recordsOf = (desk: DrivenDesk): readonly JournalRecord[] => desk.sent('journal').map(({ record }) => record)

/** The program ended, and was started again two minutes after. */
function restarted(desk: DrivenDesk, setup = USD): DrivenDesk {
  const recovered = recover(recordsOf(desk), WALL_MS)
  const after = new DrivenDesk({ ...setup, recovered, start: { atMs: 0, wallMs: WALL_MS + desk.nowMs + LATER_MS } })
  after.stream('new')
  after.trades('listening')
  return after
}

function shown(desk: DrivenDesk, positions: Parameters<DrivenDesk['list']>[0]): void {
  // What the run before held may be listed late.
  desk.pass(6_000)
  while (desk.state.book.reading) desk.list(positions)
}

function dayOf(state: DeskState) {
  const { realised, realisedKnown, charges, results } = dayTotals(state.day)
  return {
    totals: [realised?.toFixed() ?? null, realisedKnown.toFixed(), charges?.toFixed() ?? null, results],
    deals: dealsOf(state.day).map(deal => ({
      names: [deal.dealId, deal.epic, deal.direction, deal.currency],
      figures: [deal.left, deal.level, deal.stop, deal.firstStop].map(figure => figure?.toFixed() ?? null),
      parts: deal.parts.map(({ id, size, booked }) => [id, size.toFixed(), booked?.toFixed() ?? null]),
    })),
  }
}

/** A trade that won, one of which half is closed, and one that nobody told the end of. */
function aTradingDay(): DrivenDesk {
  const desk = aReadyDesk(USD)
  desk.feed({ kind: 'account', figures: someFigures({ equity: new Decimal(1_000) }) })
  trade(desk, 'DI1', '4')
  desk.want({ kind: 'enter', epic: aContract().market.epic, direction: 'BUY', size: new Decimal(2) })
  const second = desk.sent('open').at(-1)!.id
  desk.acknowledge(second)
  desk.streamConfirm(aConfirm(second, 'DI2', { size: new Decimal(2) }))
  desk.pass(3_000)
  desk.list([held()])
  desk.want({ kind: 'close', dealId: dealId('DI2'), part: 'half' })
  const half = desk.sent('close').at(-1)!.id
  desk.acknowledge(half, 'IGHALF')
  desk.streamConfirm(aPartCloseConfirm('IGHALF', 'DI2', { size: new Decimal(1), profit: new Decimal('-2.5') }))
  desk.feed({ kind: 'painted', ids: [...desk.state.orders.keys()] })
  return desk
}

const held = (size = 2) => aPosition('DI2', { size: new Decimal(size), dealReference: dealReference('R3') })

function trade(desk: DrivenDesk, deal: string, profit: string): void {
  const id = desk.press('BUY')
  desk.acknowledge(id)
  desk.streamConfirm(aConfirm(id, deal))
  desk.pass(20)
  desk.press('flatten')
  const close = desk.sent('close').at(-1)!.id
  desk.acknowledge(close, `IG${deal}`)
  desk.streamConfirm(aCloseConfirm(`IG${deal}`, deal, { profit: new Decimal(profit) }))
  desk.feed({ kind: 'painted', ids: [id, close] })
  desk.list()
  desk.quote()
}

it('has the results, the deals and the latencies of the day after a restart as they were before', () => {
  const desk = aTradingDay()
  const after = restarted(desk)
  expect(dayOf(after.state)).toEqual(dayOf(desk.state))
  expect(dayTotals(after.state.day).realised?.toFixed()).toBe('1.5')
  expect(latencyReport(after.state.latency)).toEqual(latencyReport(desk.state.latency))
  expect(after.state.latency.finished).toHaveLength(4)
  shown(after, [held(1)])
  after.quote()
  expect(dayOf(after.state)).toEqual(dayOf(desk.state))
  expect(openProfit(after.state.day, after.state.quotes)).toEqual(openProfit(desk.state.day, desk.state.quotes))
  expect(after.state.day.open.map(({ hasAllMarks }) => hasAllMarks)).toEqual([false])
})

it('goes on with the day: what is closed after a restart adds up with what was before, also after another', () => {
  const desk = restarted(aTradingDay())
  shown(desk, [held(1)])
  desk.quote()
  desk.press('flatten')
  const close = desk.sent('close').at(-1)!.id
  desk.acknowledge(close, 'IGREST')
  desk.streamConfirm(aCloseConfirm('IGREST', 'DI2', { profit: new Decimal('10') }))
  expect(dayTotals(desk.state.day)).toMatchObject({ realised: new Decimal('11.5') })
})

it('keeps the charges of the day over a restart, and counts none of them again', () => {
  const asking = { ...USD, asksBooked: true }
  const desk = aReadyDesk(asking)
  const charge = { id: 'a', atMs: WALL_MS, amount: new Decimal('-1.25') }
  const answer = (to: DrivenDesk) => {
    to.feed({ kind: 'heartbeat', brokerTimeMs: WALL_MS })
    to.feed({ kind: 'clock' })
    const what = { kind: 'charge', cause: 'funding', dealEnd: '' } as const
    to.feed({ kind: 'charges-found', ask: to.state.booked!.asks, booked: [{ ...charge, what }] })
  }
  answer(desk)
  const after = restarted(desk, asking)
  shown(after, [])
  const figures = () => [dayTotals(after.state.day).charges?.toFixed(), after.state.memory.charged.toFixed()]
  expect(figures()).toEqual(['-1.25', '-1.25'])
  answer(after)
  expect(figures()).toEqual(['-1.25', '-1.25'])
})

it('knows no result of what ended while no program ran, and says so once', () => {
  const desk = restarted(aTradingDay())
  expect(desk.state.day.open).toHaveLength(1)
  shown(desk, [])
  desk.pass(60_000)
  expect([desk.state.day.open, dayTotals(desk.state.day).realised]).toEqual([[], null])
  expect(desk.state.memory.results.filter(({ id }) => id === 'gone-DI2')).toHaveLength(1)
})

it('begins the day after a restart over midnight with nothing realised, and with what is held', () => {
  const desk = aTradingDay()
  const after = restarted(desk)
  shown(after, [held(1)])
  for (const ms of [1_000, 13 * 3_600_000]) {
    after.quote({ brokerTimeMs: WALL_MS + ms })
    after.feed({ kind: 'account', figures: someFigures({ equity: new Decimal(1_000) }) })
  }
  const again = dayTotals(after.state.day)
  expect([again.realised?.toFixed(), after.state.day.open.map(({ dealId: id }) => id)]).toEqual(['0', ['DI2']])
})

it('has the same deals again, whenever the program ends', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 25, size: 'max' }), steps => {
      const session = new SimulatedSession(500, () => {})
      for (const each of steps) session.step(each)
      // What only a list has told so far, it tells again.
      if (session.state.book.agreedAt === null || [...session.state.orders.values()].some(isPending)) return
      const recovered = recover(session.records, 0)
      const after = initialState({ contracts: [aContract()], accountCurrency: 'EUR', recovered })
      const known = summed(session.state)
      const { realised, deals } = summed(after)
      // A deal that was over before anybody showed it is known to the journal only: the first reading ends it.
      const isKnown = ([id, , parts]: (typeof deals)[number]) =>
        parts > 0 || known.deals.some(([other]) => other === id)
      expect({ realised, deals: deals.filter(isKnown) }).toEqual(known)
    }),
    { numRuns: 500 },
  )
})

/** What is left of each deal, and what its closes brought. */
function summed({ day }: DeskState) {
  const { realisedKnown } = dayTotals(day)
  const deals = dealsOf(day)
    .map(({ dealId: id, left, parts }): [DealId, string, number] => [id, left.toFixed(), parts.length])
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return { realised: realisedKnown.toFixed(), deals }
}
