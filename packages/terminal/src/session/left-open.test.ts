import { process } from '@scalpdesk/desk'
import { Decimal, dealId } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { aHolding, aRestingOrder, UNHEARD } from '../testing/desk-states.ts'
import { ENGLISH } from '../texts/english.ts'
import { leftOpen } from './left-open.ts'

it('says nothing when the broker has said that nothing is open', () => {
  const live = process(UNHEARD, { kind: 'stream', status: { kind: 'live', continuity: 'new' }, atMs: 0 }).state
  const heard = process(live, { kind: 'trade', trade: { kind: 'feed', state: 'listening' }, atMs: 0 }).state
  const book = { positions: [], workingOrders: [] }
  const once = process(heard, { kind: 'book-read', ask: heard.book.asks, book, atMs: 1 }).state
  // The first reading was asked for before trades were heard; the next one settles it.
  const asked = process(once, { kind: 'clock', atMs: 60_000 }).state
  const flat = process(asked, { kind: 'book-read', ask: asked.book.asks, book, atMs: 60_001 }).state
  expect(leftOpen(flat, ENGLISH)).toBeNull()
})

it('says that it does not know before the broker has answered', () => {
  expect(leftOpen(UNHEARD, ENGLISH)).toBe('the broker has not said that nothing is open: look at its platform')
})

it('counts working orders', () => {
  const order = aRestingOrder()
  const other = { ...order, dealId: dealId('DIAAAA3') }
  const resting = new Map([order, other].map(each => [each.dealId, each]))
  const state = { ...UNHEARD, resting, areOrdersListed: true }
  expect(leftOpen(state, ENGLISH)).toBe('left open at the broker: 2 working orders')
})

it('names each position with its stop, or that it has none', () => {
  const holding = aHolding({ direction: 'SELL', size: new Decimal('0.5') })
  const state = { ...UNHEARD, holdings: new Map([[holding.dealId, holding]]) }
  expect(leftOpen(state, ENGLISH)).toBe('left open at the broker: SELL 0.5 EUR/USD (NO STOP)')
})
