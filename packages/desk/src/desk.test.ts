import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { ACCOUNT } from './book/scope.ts'
import { nextDueMs, process } from './desk.ts'
import type { OrderId } from './orders/order.ts'
import { aQuote, EURUSD, someFigures } from './testing/desk-fixtures.ts'
import { aLongDesk, aReadyDesk, buy, DrivenDesk } from './testing/driven-desk.ts'
import { patchOrder, type Turn } from './turn.ts'

const figures = (equity: string | null) => someFigures({ equity: equity === null ? null : new Decimal(equity) })

it('changes nothing that it was given: the state before an event stays what it was', () => {
  const { state, nowMs } = aLongDesk()
  const before = structuredClone({ orders: state.orders.size, holdings: state.holdings.size, news: state.news.length })
  const event = {
    kind: 'intent',
    intent: { kind: 'flatten', scope: ACCOUNT },
    pressedAtMs: nowMs,
    atMs: nowMs,
  } as const
  const reference = [...state.orders.values()][0]!.reference!
  const once = process(state, { ...event, reference })
  const twice = process(state, { ...event, reference })
  expect(once).toEqual(twice)
  expect({ orders: state.orders.size, holdings: state.holdings.size, news: state.news.length }).toEqual(before)
})

it('keeps the latest quote of each market, and does nothing else about a quote', () => {
  const desk = aReadyDesk()
  const effects = desk.feed({ kind: 'quote', quote: aQuote({ bid: '1.09', offer: '1.091' }) })
  expect(effects).toEqual([])
  expect(desk.state.quotes.get(EURUSD)?.bid?.toFixed()).toBe('1.09')
})

it('wants no clock event while its only question is under way', () => {
  const desk = new DrivenDesk()
  desk.feed({ kind: 'clock' })
  expect(nextDueMs(desk.state)).toBeNull()
})

it('writes the first equity of the day down, once, and measures the day against it', () => {
  const desk = aReadyDesk()
  desk.feed({ kind: 'account', figures: figures(null) })
  expect(desk.state.openingEquity).toBeNull()
  desk.feed({ kind: 'account', figures: figures('10000.50') })
  desk.feed({ kind: 'account', figures: figures('10100') })
  expect(desk.state.openingEquity?.toFixed()).toBe('10000.5')
  expect(desk.state.account?.equity?.toFixed()).toBe('10100')
  expect(desk.recorded('day-opened')).toMatchObject([{ equity: '10000.5', currency: 'EUR' }])
})

it('takes the opening equity of an earlier session for the day’s', () => {
  const recovered = {
    orders: [],
    usedReferences: [],
    deals: [],
    facts: [],
    openingEquity: new Decimal(9_000),
    day: '2026-01-05',
  }
  const desk = aReadyDesk({ recovered })
  desk.feed({ kind: 'account', figures: figures('9500') })
  expect(desk.state.openingEquity?.toFixed()).toBe('9000')
  expect(desk.recorded('day-opened')).toEqual([])
})

it('keeps a bounded log and a bounded number of ended orders', () => {
  const desk = aReadyDesk()
  for (let i = 0; i < 150; i += 1) buy(desk, `DI${i}`)
  expect(desk.state.orders.size).toBeLessThanOrEqual(101)
  expect(desk.state.news.length).toBe(50)
  expect(desk.stage('R150')).toBe('done')
})

it('never forgets an order whose outcome is unknown, however many end after it', () => {
  const desk = aReadyDesk()
  const id: OrderId = desk.press('BUY')
  desk.loseReply(id)
  desk.pass(66_000)
  expect(desk.stage(id)).toBe('unresolved')
  const order = desk.state.orders.get(id)!
  const turn: Turn = { state: desk.state, effects: [], atMs: desk.nowMs }
  const ended = { kind: 'denied', reason: 'for this test' } as const
  const others = Array.from({ length: 200 }, (_, i) => [`X${i}`, { ...order, id: `X${i}`, stage: ended }] as const)
  turn.state = { ...turn.state, orders: new Map([[id, order], ...others]) }
  patchOrder(turn, 'X199', {})
  expect(turn.state.orders.has(id)).toBe(true)
  expect(turn.state.orders.size).toBe(101)
})

it('ignores news of orders that it does not know', () => {
  const desk = aReadyDesk()
  const before = desk.state
  desk.acknowledge('NEVER-SENT')
  desk.feed({ kind: 'on-wire', id: 'NEVER-SENT' })
  desk.feed({ kind: 'journal-failed', id: 'NEVER-SENT', cause: new Error('x') })
  desk.feed({ kind: 'confirm-found', id: 'NEVER-SENT', confirm: null })
  expect(desk.state).toEqual(before)
})
