import type { MarketState } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { freshness } from './freshness.ts'
import { aQuote } from './testing/desk-fixtures.ts'
import { aReadyDesk, LOST } from './testing/driven-desk.ts'

const readyState = aReadyDesk().state
const NOW = 20_000
const fresh = { receivedAtMs: NOW }

it.each([
  ['live', aQuote(fresh)],
  ['live', aQuote({ receivedAtMs: NOW - 10_000 })],
  ['live', aQuote({ ...fresh, bid: '1.1', offer: '1.1' })],
  ['live', aQuote({ ...fresh, state: 'deal-no-edit' })],
  ['stale', aQuote({ receivedAtMs: NOW - 10_001 })],
  ['stale', aQuote({ ...fresh, isDelayed: true })],
  ['crossed', aQuote({ ...fresh, bid: '1.10001', offer: '1.1' })],
  ['none', undefined],
  ['none', aQuote({ ...fresh, bid: null })],
  ['none', aQuote({ ...fresh, offer: null })],
] as const)('is %s for %o', (expected, quote) => {
  expect(freshness(readyState, quote, NOW)).toBe(expected)
})

const SHUT: readonly MarketState[] = [
  'closed',
  'edits-only',
  'offline',
  'auction',
  'auction-no-edits',
  'suspended',
  'closings-only',
  { other: 'BRAND_NEW' },
]
it.each(SHUT)('is closed while the market is %o', state => {
  expect(freshness(readyState, aQuote({ ...fresh, state }), NOW)).toBe('closed')
})

it('is stale, however new, while the stream is not live', () => {
  for (const stream of [LOST, { kind: 'connecting' }, { kind: 'stalled' }] as const)
    expect(freshness({ ...readyState, stream }, aQuote(fresh), NOW)).toBe('stale')
})

it('is stale when it came before prices began anew', () => {
  const state = { ...readyState, pricesSinceMs: NOW - 5 }
  expect(freshness(state, aQuote({ receivedAtMs: NOW - 6 }), NOW)).toBe('stale')
  expect(freshness(state, aQuote({ receivedAtMs: NOW - 5 }), NOW)).toBe('live')
})

it('follows the limit of the desk', () => {
  const state = aReadyDesk({ limits: { maxPriceAgeMs: 500 } }).state
  expect(freshness(state, aQuote({ receivedAtMs: NOW - 501 }), NOW)).toBe('stale')
})

it('is stale when it came with its subscription, and is older than the limit by the broker’s own time', () => {
  const desk = aReadyDesk()
  const heard = Date.UTC(2026, 0, 5, 12)
  desk.feed({ kind: 'heartbeat', brokerTimeMs: heard })
  const snapshot = (agoMs: number) =>
    aQuote({ receivedAtMs: desk.nowMs, isSnapshot: true, brokerTimeMs: heard - agoMs })
  expect([10_000, 10_001].map(agoMs => freshness(desk.state, snapshot(agoMs), desk.nowMs))).toEqual(['live', 'stale'])
  // A tape of another day, not an old price.
  expect(freshness(desk.state, snapshot(86_400_001), desk.nowMs)).toBe('live')
  desk.feed({ kind: 'quote', quote: snapshot(60_000) })
  desk.press('BUY')
  expect(desk.words).toMatch(/^DENIED.*60 seconds|^DENIED.*60 s/)
  expect(desk.sent('open')).toEqual([])
  desk.quote({ brokerTimeMs: heard })
  desk.press('BUY')
  expect(desk.sent('open')).toHaveLength(1)
})
