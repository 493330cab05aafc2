import { contractFor, initialState, process } from '@scalpdesk/desk'
import { Decimal, dealId, epic } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { MARKET } from '../testing/desk-states.ts'
import { ENGLISH } from '../texts/english.ts'
import { leftOpen } from './left-open.ts'

const EMPTY = initialState({
  contracts: [
    contractFor(MARKET, [
      {
        name: 'usual',
        sizes: { 1: { kind: 'fixed', size: new Decimal(1) } },
        sizeKey: 1,
        stop: { kind: 'normal', distancePoints: new Decimal(15) },
        limitPoints: null,
      },
    ]),
  ],
  accountCurrency: 'EUR',
})

it('says nothing when the broker has said that nothing is open', () => {
  const live = process(EMPTY, { kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: 0 }).state
  const heard = process(live, { kind: 'trade', trade: { kind: 'feed', state: 'listening' }, atMs: 0 }).state
  const book = { positions: [], workingOrders: [] }
  const once = process(heard, { kind: 'book-read', ask: heard.book.asks, book, atMs: 1 }).state
  // The first reading was asked for before trades were heard; the next one settles it.
  const asked = process(once, { kind: 'clock', atMs: 60_000 }).state
  const flat = process(asked, { kind: 'book-read', ask: asked.book.asks, book, atMs: 60_001 }).state
  expect(leftOpen(flat, ENGLISH)).toBeNull()
})

it('says that it does not know before the broker has answered', () => {
  expect(leftOpen(EMPTY, ENGLISH)).toBe('the broker has not said that nothing is open: look at its platform')
})

it('counts working orders', () => {
  const order = {
    dealId: dealId('DIAAAA2'),
    epic: epic('CS.D.EURUSD.CFD.IP'),
    marketName: 'EUR/USD',
    direction: 'BUY',
    size: new Decimal(1),
    level: new Decimal('1.1'),
    orderKind: 'limit',
    stopDistancePoints: null,
    limitDistancePoints: null,
    origin: 'elsewhere',
    seen: { kind: 'listed' },
  } as const
  const other = { ...order, dealId: dealId('DIAAAA3') }
  const resting = new Map([order, other].map(each => [each.dealId, each]))
  const state = { ...EMPTY, resting, areOrdersListed: true }
  expect(leftOpen(state, ENGLISH)).toBe('left open at the broker: 2 working orders')
})

it('names each position with its stop, or that it has none', () => {
  const holding = {
    dealId: dealId('DIAAAA1'),
    reference: null,
    epic: epic('CS.D.EURUSD.CFD.IP'),
    marketName: 'EUR/USD',
    direction: 'SELL',
    size: new Decimal('0.5'),
    level: new Decimal('1.1'),
    stopLevel: null,
    limitLevel: null,
    currency: 'USD',
    contractSize: new Decimal(100_000),
    pointsPerUnit: 10_000,
    isGuaranteed: false,
    trailingStop: null,
    openedWallMs: null,
    origin: 'ours',
    isStopWanted: false,
    firstSeenAtMs: 0,
    seen: { kind: 'listed' },
  } as const
  const state = { ...EMPTY, holdings: new Map([[holding.dealId, holding]]) }
  expect(leftOpen(state, ENGLISH)).toBe('left open at the broker: SELL 0.5 EUR/USD (NO STOP)')
})
