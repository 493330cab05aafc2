import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { memoryVerdict, trendOf } from './memory-trend.ts'
import { type SoakDay, soak } from './soak.ts'

/** Kept each day by the test, so that a leak is there to be found: whole MiB of an array's eight bytes a place. */
const LEAK_MIB = 4
/** Of so few days: what grows warm is in it. */
const SHORT_MIB_A_DAY = 2

it('goes from Thursday over a weekend to Monday with every cent explained, whatever breaks meanwhile, and finds a leak', {
  timeout: 300_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const days: SoakDay[] = []
  const leaked: unknown[] = []
  const { problems, frames, seen } = await soak({
    days: 5,
    seed: 3,
    folder,
    isAwake: false,
    staysWarm: false,
    tradesInSession: 2,
    onDay(day) {
      days.push(day)
      leaked.push(new Array(LEAK_MIB * 131_072).fill(0))
    },
  })
  expect(problems).toEqual([])
  expect(days.map(({ day }) => day)).toEqual(['2026-01-08', '2026-01-09', '2026-01-10', '2026-01-11', '2026-01-12'])
  expect(days.map(({ troubles }) => troubles)).toEqual([4, 4, 0, 0, 4])
  // They are not idle.
  expect(days.reduce((sum, { trades }) => sum + trades, 0)).toBeGreaterThan(6)
  expect(days.some(({ change }) => change !== '0.00')).toBe(true)
  expect(frames).toBeGreaterThan(10_000)
  expect(seen).toContain('FLAT')

  const held = days.map(({ heldBytes }) => heldBytes / 1_048_576)
  expect(memoryVerdict(trendOf(held), SHORT_MIB_A_DAY)).toBe('grows')
  const withoutLeak = held.map((mib, day) => mib - day * LEAK_MIB)
  expect(memoryVerdict(trendOf(withoutLeak), SHORT_MIB_A_DAY)).toBe('flat')
  expect(leaked).toHaveLength(days.length)
})
