import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { BenchRun } from './bench-run.ts'
import { readFigures } from './figure.ts'
import { benchPage, groups, pictureOf } from './page.ts'
import { plot } from './plot.ts'
import { TARGETS, unmeasured } from './targets.ts'

const PRINTED = `O1 order + confirm, p50 / floor: 1.42 (1.30-1.61); goal <= 1.5: met
O1 order + confirm, p50 / floor, over TLS: 1.72 (1.60-1.81); goal <= 1.5: MISSED (the floor differs from itself by up to x1.20)
O7 orders sent twice: 0 (0-0); goal <= 0: met
<b>a | b</b>: 3.00 (2.00-4.00); goal >= 20: MISSED
`
const RUN: BenchRun = {
  version: 1,
  at: '2026-01-05T00:00:00Z',
  machine: { node: 'v24', system: 'Linux', processor: 'x', cores: 2, memoryGib: 8, loadBefore: 0.4, loadAfter: 5 },
  form: 'quick',
  seconds: 61.4,
  figures: readFigures('packages/sdk', PRINTED),
  failed: [],
}

describe('the page of a run', () => {
  const page = benchPage(RUN)

  it('decides each target by the worst of its figures, and says which were not measured', () => {
    expect(page).toMatch(/\| O1 +\|.*\| 1\.72 \(1\.6–1\.81\) of ≤ 1\.5: within noise; the worst of 2 figures +\|/)
    expect(page).toMatch(/\| O7 +\|.*\| 0 of ≤ 0: met +\|/)
    expect(page).toMatch(/\| M1 +\|.*\| not in this run +\|/)
  })

  it('has every figure with its spread and goal, and shows words of others as words', () => {
    expect(page).toMatch(/\| &lt;b>a \\\| b&lt;\/b> +\| 3 \(2–4\) +\| ≥ 20 +\| \*\*missed\*\* +\|/)
    expect(page).toContain('4, of which 3 reach their goal')
    expect(page).toContain('![packages/sdk: each figure beside its goal](benchmarks/sdk.svg)')
  })

  it('says when the machine was busy', () => {
    expect(page).toContain('more than the machine has cores')
    expect(benchPage({ ...RUN, machine: { ...RUN.machine, loadAfter: 1 } })).not.toContain('more than the machine')
  })
})

it('a run that needs a word has it above its figures', () => {
  expect(benchPage({ ...RUN, note: 'It was cut short.' })).toContain('**Of this run:** It was cut short.\n\n|')
  expect(benchPage(RUN)).not.toContain('Of this run')
})

it('the plot has a place for every figure, however far from its goal, and no markup of others', () => {
  const far = { ...RUN.figures[0]!, what: '<script>', median: 1e9, lowest: 0, highest: Number.POSITIVE_INFINITY }
  const svg = plot('packages/sdk', [...RUN.figures, far])
  expect(svg.match(/<circle /g)).toHaveLength(5)
  expect(svg).not.toMatch(/NaN|Infinity|<script>/)
})

it('a target that nothing was measured for is named', () => {
  expect(unmeasured(RUN.figures)).not.toContain('O1')
  expect(unmeasured(RUN.figures)).toContain('M1')
})

it('every target has a name of its own', () => {
  expect(new Set(TARGETS.map(({ id }) => id)).size).toBe(TARGETS.length)
})

it('the page in docs/ is that of the run beside it: `pnpm bench --page` draws it anew', () => {
  const docs = new URL('../../../../docs/', import.meta.url)
  const kept = JSON.parse(readFileSync(fileURLToPath(new URL('benchmarks/run.json', docs)), 'utf8')) as BenchRun
  expect(readFileSync(new URL('benchmarks.md', docs), 'utf8')).toBe(benchPage(kept))
  for (const [from, figures] of groups(kept.figures))
    expect(readFileSync(new URL(pictureOf(from), docs), 'utf8')).toBe(plot(from, figures))
})
