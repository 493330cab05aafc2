import { expect, it } from 'vitest'
import type { BenchRun } from './bench-run.ts'
import { compareRuns, comparisonLines } from './comparison.ts'
import type { Figure } from './figure.ts'

const run = (...figures: readonly Partial<Figure>[]): BenchRun => ({
  version: 1,
  at: '2026-01-05T00:00:00Z',
  machine: { node: 'v24', system: 'linux', processor: 'x', cores: 2, memoryGib: 8, loadBefore: 0, loadAfter: 0 },
  form: 'quick',
  seconds: 1,
  figures: figures.map(figure => ({
    from: 'packages/x',
    what: 'a ratio',
    median: 1.4,
    lowest: 1.3,
    highest: 1.6,
    goal: 1.5,
    bound: 'most',
    noise: 1,
    ...figure,
  })),
  failed: [],
})
const changeOf = (before: Partial<Figure>, after: Partial<Figure>) =>
  compareRuns(run(before), run(after)).compared[0]?.change

it('flags what is worse than any round before, beyond the noise of both', () => {
  expect(changeOf({}, { median: 2, lowest: 1.8, highest: 2.2 })).toBe('worse')
  expect(changeOf({}, { median: 1, lowest: 0.9, highest: 1.1 })).toBe('better')
})

it('flags nothing while the spreads touch, or the floor differs from itself by more', () => {
  expect(changeOf({}, { median: 2, lowest: 1.5, highest: 2.2 })).toBe('same')
  expect(changeOf({}, { median: 2, lowest: 1.8, highest: 2.2, noise: 1.3 })).toBe('same')
  expect(changeOf({ noise: 1.3 }, { median: 2, lowest: 1.8, highest: 2.2 })).toBe('same')
})

it('turns round what should be large', () => {
  const least = { bound: 'least', median: 40, lowest: 35, highest: 45 } as const
  expect(changeOf(least, { ...least, median: 20, lowest: 18, highest: 22 })).toBe('worse')
  expect(changeOf(least, { ...least, median: 80, lowest: 70, highest: 90 })).toBe('better')
})

it('lets counts without a spread differ by a twentieth, and a count of none stay none', () => {
  const count = (value: number) => ({ median: value, lowest: value, highest: value })
  expect(changeOf(count(8_000), count(8_300))).toBe('same')
  expect(changeOf(count(8_000), count(8_500))).toBe('worse')
  expect(changeOf(count(0), count(0))).toBe('same')
  expect(changeOf(count(0), count(1))).toBe('worse')
})

it('says what is gone and what is new', () => {
  const lines = comparisonLines(compareRuns(run({ what: 'one' }), run({ what: 'two' })))
  expect(lines).toEqual([
    'gone    packages/x: one',
    'new     packages/x: two',
    '0 worse and 0 better beyond the noise, 0 the same',
  ])
})
