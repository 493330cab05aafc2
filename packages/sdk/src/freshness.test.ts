import { expect, it } from 'vitest'
import { ageOf, freshness, isFresh, type StreamHealth } from './freshness.ts'
import { epic } from './ids.ts'
import type { MarketState } from './market.ts'
import { createQuote, type QuoteFields } from './quote.ts'

const NOW = 100_000
const LIVE: StreamHealth = { status: { kind: 'live', continuity: 'new' }, session: 2, heartbeatAtMs: null }

const quote = (change: Partial<QuoteFields> = {}) =>
  createQuote({
    epic: epic('CS.D.EURUSD.CFD.IP'),
    decimals: 5,
    bidUnits: 108_501,
    offerUnits: 108_507,
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: NOW - 500,
    isSnapshot: false,
    session: 2,
    ...change,
  })
const old = { receivedAtMs: NOW - 10_001 }
const gap = { kind: 'refused', text: 'no', missed: null } as const

it.each([
  ['fresh', quote(), LIVE],
  ['fresh', quote({ receivedAtMs: NOW - 10_000 }), LIVE],
  ['silent', quote(old), LIVE],
  ['silent', quote(old), { ...LIVE, heartbeatAtMs: NOW - 10_001 }],
  ['quiet', quote(old), { ...LIVE, heartbeatAtMs: NOW - 900 }],
  ['delayed', quote({ isDelayed: true }), LIVE],
  ['crossed', quote({ bidUnits: 108_508 }), LIVE],
  ['crossed', quote({ bidUnits: 108_508, ...old }), LIVE],
  ['fresh', quote({ bidUnits: 108_507 }), LIVE],
  ['missing', quote({ bidUnits: null }), LIVE],
  ['missing', quote({ offerUnits: null }), LIVE],
  ['missing', quote({ gap }), LIVE],
  ['replaced', quote({ session: 1 }), LIVE],
  ['not-live', quote(), { ...LIVE, status: { kind: 'stalled' } }],
  ['not-live', quote(), { ...LIVE, status: { kind: 'connecting' } }],
  ['not-live', quote({ state: 'closed' }), { ...LIVE, status: { kind: 'stalled' } }],
] as const)('is %s', (expected, given, health) => {
  expect(freshness(given, health, NOW)).toBe(expected)
  expect(isFresh(given, health, NOW)).toBe(expected === 'fresh')
})

const SHUT: readonly MarketState[] = ['closed', 'offline', 'suspended', 'edits-only', 'auction', { other: 'CALL' }]
it.each(SHUT)('a market that is %o gives no alarm, however old its price is, or without one', state => {
  expect(freshness(quote({ ...old, state }), LIVE, NOW)).toBe('closed')
  expect(freshness(quote({ ...old, state, bidUnits: null, offerUnits: null }), LIVE, NOW)).toBe('closed')
})

it('goes by the limit given', () => {
  expect(freshness(quote(), LIVE, NOW, 499)).toBe('silent')
  expect(freshness(quote(), LIVE, NOW, 500)).toBe('fresh')
})

it('the age is the time since it came, and never below zero', () => {
  expect(ageOf(quote(), NOW)).toBe(500)
  expect(ageOf(quote(), 0)).toBe(0)
})
