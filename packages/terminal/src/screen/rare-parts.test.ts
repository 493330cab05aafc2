import { expect, it } from 'vitest'
import { hasSameRareParts } from './rare-parts.ts'
import { FLAT_VIEW, LONG_POSITION, OPEN_VIEW } from './test/sample-view.ts'
import type { ScreenView } from './view.ts'

const withPosition = (change: Partial<typeof LONG_POSITION>): ScreenView => ({
  ...OPEN_VIEW,
  positions: [{ ...LONG_POSITION, ...change }],
})

it.each<[string, ScreenView]>([
  ['a quote', { ...OPEN_VIEW, quote: { ...OPEN_VIEW.quote, bid: '1.09', freshness: 'stale' } }],
  ['points, R and profit', withPosition({ points: null, r: { text: '+1 R', tone: 'up' }, profit: null })],
  ['an outcome', { ...OPEN_VIEW, outcome: { tone: 'wait', text: 'Sent' } }],
  ['a log line', { ...OPEN_VIEW, log: ['x'] }],
  ['what is open', { ...OPEN_VIEW, exposure: 'checking' }],
  ['a limit that is used', { ...OPEN_VIEW, guard: [{ label: 'x', text: '1 of 2', share: 0.5, tone: 'even' }] }],
  ['equal parts made anew', structuredClone(OPEN_VIEW)],
])('%s needs no layout', (_title, view) => {
  expect(hasSameRareParts(OPEN_VIEW, view)).toBe(true)
})

it.each(Object.keys(LONG_POSITION).filter(field => !['points', 'profit', 'r'].includes(field)))(
  'the %s of a position needs a new layout',
  field => {
    expect(hasSameRareParts(OPEN_VIEW, withPosition({ [field]: 'another' }))).toBe(false)
  },
)

it.each<[string, ScreenView]>([
  ['a position more', { ...OPEN_VIEW, positions: [LONG_POSITION, LONG_POSITION] }],
  ['a position less', FLAT_VIEW],
  ['a moved stop', withPosition({ stop: null })],
  ['a position that closes', withPosition({ state: 'closing' })],
  ['another selection', withPosition({ isSelected: true })],
  ['a question', { ...OPEN_VIEW, question: { text: 'Quit? y / n', short: 'Quit? y / n' } }],
  ['an overlay', { ...OPEN_VIEW, overlay: { kind: 'confirm', ask: 'x', typed: '' } }],
  ['another preset', { ...OPEN_VIEW, preset: { ...OPEN_VIEW.preset, size: '2' } }],
  ['another environment', { ...OPEN_VIEW, environment: 'live' }],
  ['another arming', { ...OPEN_VIEW, arming: { kind: 'disarmed', why: null } }],
  ['another language', { ...OPEN_VIEW, appearance: { ...OPEN_VIEW.appearance, language: 'fr' } }],
  ['another layout', { ...OPEN_VIEW, appearance: { ...OPEN_VIEW.appearance, layout: 'blotter' } }],
  ['other keys', { ...OPEN_VIEW, keys: OPEN_VIEW.keys.slice(1) }],
])('%s needs a new layout', (_title, view) => {
  expect(hasSameRareParts(OPEN_VIEW, view)).toBe(false)
})
