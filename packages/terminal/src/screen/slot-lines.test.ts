import { expect, it } from 'vitest'
import { textsOf } from '../texts/texts.ts'
import { silenced } from './silence.ts'
import { slotChange } from './slot-changes.ts'
import { slotContent } from './slot-lines.ts'
import { FULL_VIEW } from './test/full-view.ts'
import { said } from './test/said.ts'
import type { Freshness, ScreenView } from './view.ts'

const TEXTS = textsOf('en')
const line = (id: string, view: ScreenView, silentMs = 0) =>
  slotContent(id, view, { width: 30, height: 1 }, { silentMs, outcomeTurn: 0 }, TEXTS).lines[0] ?? []

const withFreshness = (chosen: Freshness, other: Freshness): ScreenView => ({
  ...FULL_VIEW,
  quote: { ...FULL_VIEW.quote, freshness: chosen },
  markets: FULL_VIEW.markets.map(market => ({ ...market, freshness: market.isChosen ? chosen : other })),
})

it('a position’s figures look as old as the price of its own market', () => {
  const looks = (view: ScreenView) => ['profit:0', 'profit:1'].map(id => line(id, view)[0]?.look)
  expect(looks(FULL_VIEW)).toEqual(['up', 'down'])
  expect(looks(withFreshness('stale', 'live'))).toEqual(['stale', 'down'])
  expect(looks(withFreshness('live', 'stale'))).toEqual(['up', 'stale'])
  expect(slotChange('profit:1')(FULL_VIEW, withFreshness('live', 'stale'))).toBe(true)
  expect(slotChange('profit:0')(FULL_VIEW, withFreshness('live', 'stale'))).toBe(false)
})

it('a desk that is not heard leaves no price live and nothing known to be open', () => {
  const silent = silenced(FULL_VIEW, 2000)
  expect(silent.quote).toMatchObject({ freshness: 'stale', ageMs: 2312 })
  expect(silent.markets.map(({ freshness }) => freshness)).toEqual(['stale', 'stale', 'stale', 'closed'])
  expect(said(line('exposure', silent, 2000))).toMatch(/^ UNKNOWN /)
  expect(line('profit:0', silent, 2000)[0]?.look).toBe('stale')
  expect(line('bid', silent, 2000)[0]?.look).toBe('stale')
})

it('a slot that fails says so', () => {
  const outcome = {
    tone: 'info' as const,
    get text(): string {
      throw new Error('no words')
    },
  }
  expect(said(line('outcome', { ...FULL_VIEW, outcome })).trim()).toBe('pane failed: no words')
})
