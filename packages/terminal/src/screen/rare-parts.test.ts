import { expect, it } from 'vitest'
import { hasSameRareParts, rareParts } from './rare-parts.ts'
import { FLAT_VIEW, LONG_POSITION, OPEN_VIEW } from './test/sample-view.ts'
import type { ScreenView } from './view.ts'

const withPosition = (change: Partial<typeof LONG_POSITION>): ScreenView => ({
  ...OPEN_VIEW,
  positions: [{ ...LONG_POSITION, ...change }],
})

it.each<[string, ScreenView]>([
  ['a quote', { ...OPEN_VIEW, quote: { ...OPEN_VIEW.quote, bid: '1.09', freshness: 'stale' } }],
  ['points and profit', withPosition({ points: null, profit: { text: '-1.00 EUR', tone: 'down' } })],
  ['an outcome', { ...OPEN_VIEW, outcome: { tone: 'wait', text: 'Sent' } }],
  ['a log line', { ...OPEN_VIEW, log: ['x'] }],
  ['what is open', { ...OPEN_VIEW, exposure: 'checking' }],
  ['equal parts made anew', structuredClone(OPEN_VIEW)],
])('%s needs no layout', (_title, view) => {
  expect(hasSameRareParts(OPEN_VIEW, view)).toBe(true)
})

it.each<[string, ScreenView]>([
  ['a position more', { ...OPEN_VIEW, positions: [LONG_POSITION, LONG_POSITION] }],
  ['a position less', FLAT_VIEW],
  ['a moved stop', withPosition({ stop: null })],
  ['a position that closes', withPosition({ state: 'closing' })],
  ['a question', { ...OPEN_VIEW, question: 'Quit? y / n' }],
  ['another preset', { ...OPEN_VIEW, preset: { ...OPEN_VIEW.preset, size: '2' } }],
  ['another environment', { ...OPEN_VIEW, environment: 'live' }],
  ['another market', { ...OPEN_VIEW, market: { ...OPEN_VIEW.market, epic: 'X' } }],
  ['other keys', { ...OPEN_VIEW, keys: OPEN_VIEW.keys.slice(1) }],
])('%s needs a new layout', (_title, view) => {
  expect(hasSameRareParts(OPEN_VIEW, view)).toBe(false)
})

it('hands no text to the layout that could move or hide another', () => {
  const parts = rareParts({ ...OPEN_VIEW, account: 'A\x1b[2J', market: { name: 'a\nb', epic: '\u202eX' } })
  expect([parts.account, parts.market]).toEqual(['A�[2J', { name: 'a b', epic: 'X' }])
})
