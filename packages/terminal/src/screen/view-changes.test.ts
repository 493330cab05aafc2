import { expect, it } from 'vitest'
import { FLAT_VIEW, OPEN_VIEW } from './test/sample-view.ts'
import { changedParts, mergedChart, withChanges } from './view-changes.ts'

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

it('loses no spike of a view that was skipped', () => {
  const earlier = { low: 90, high: 120, last: 100, decimals: 2 }
  const later = { low: 99, high: 101, last: 99, decimals: 2 }
  expect(mergedChart(earlier, later)).toEqual({ low: 90, high: 120, last: 99, decimals: 2 })
  expect([mergedChart(earlier, null), mergedChart(null, later)]).toEqual([earlier, later])
  expect(mergedChart(earlier, { ...later, decimals: 3 })).toEqual({ ...later, decimals: 3 })
})
