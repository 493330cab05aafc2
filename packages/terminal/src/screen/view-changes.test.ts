import { expect, it } from 'vitest'
import { FLAT_VIEW, OPEN_VIEW } from './test/sample-view.ts'
import type { MarketFeed, TickView } from './view.ts'
import { changedParts, mergedFeeds, withChanges } from './view-changes.ts'

it('sends a whole view first, then only the parts that are other objects', () => {
  expect(changedParts(null, FLAT_VIEW)).toEqual(FLAT_VIEW)
  const next = { ...FLAT_VIEW, quote: { ...FLAT_VIEW.quote } }
  expect(Object.keys(changedParts(FLAT_VIEW, next))).toEqual(['quote'])
  expect(changedParts(FLAT_VIEW, FLAT_VIEW)).toEqual({})
})

it('makes the same view again on the other side', () => {
  const first = withChanges(null, changedParts(null, FLAT_VIEW))
  expect(withChanges(first, changedParts(FLAT_VIEW, OPEN_VIEW))).toEqual(OPEN_VIEW)
})

it('refuses to begin with a part of a view', () => {
  expect(() => withChanges(null, { question: null })).toThrow('expected the first view to be whole')
})

const feed = (change: Partial<MarketFeed>): MarketFeed => ({
  epic: 'A',
  first: 95,
  low: 90,
  high: 120,
  last: 100,
  decimals: 2,
  ticks: [],
  ...change,
})

it('loses no spike and no tick of a view that was skipped', () => {
  const tick = (time: string): TickView => ({ time, bid: '0.95', offer: '0.96', move: 'even' })
  const earlier = feed({ ticks: [tick('12:00:01')] })
  const later = feed({ first: 100, low: 99, high: 101, last: 99, ticks: [tick('12:00:02')] })
  expect(mergedFeeds([earlier], [later])).toEqual([
    feed({ first: 95, low: 90, high: 120, last: 99, ticks: [tick('12:00:01'), tick('12:00:02')] }),
  ])
})

it('keeps feeds of other markets apart, and begins anew with other decimals', () => {
  const [one, other] = [feed({}), feed({ epic: 'B' })]
  expect([mergedFeeds([one], []), mergedFeeds([], [one]), mergedFeeds([one], [other])]).toEqual([
    [one],
    [one],
    [one, other],
  ])
  const finer = feed({ decimals: 3 })
  expect(mergedFeeds([one], [finer])).toEqual([finer])
})
