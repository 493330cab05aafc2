import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type SoakDay, soak } from './soak.ts'

it('goes from Thursday over a weekend to Monday with every cent explained, whatever breaks meanwhile', {
  timeout: 300_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const days: SoakDay[] = []
  const problems = await soak({
    days: 5,
    seed: 3,
    folder,
    isAwake: false,
    tradesInSession: 2,
    onDay: day => days.push(day),
  })
  expect(problems).toEqual([])
  expect(days.map(({ day }) => day)).toEqual(['2026-01-08', '2026-01-09', '2026-01-10', '2026-01-11', '2026-01-12'])
  expect(days.map(({ troubles }) => troubles)).toEqual([4, 4, 0, 0, 4])
  // They are not idle.
  expect(days.reduce((sum, { trades }) => sum + trades, 0)).toBeGreaterThan(6)
  expect(days.some(({ change }) => change !== '0.00')).toBe(true)
})
