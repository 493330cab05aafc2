import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { replayDay } from '../testing/day-session.ts'
import { madeUpTape } from '../testing/made-up-tape.ts'

/** The short form of `pnpm run replay-day`. */

const RECORDED = fileURLToPath(new URL('../../../../../shared/ticks/lean-fxcm-eurusd-20140508.csv.gz', import.meta.url))
const isThere = existsSync(RECORDED)
const tape = isThere
  ? RECORDED
  : madeUpTape(3, [
      [0, 0],
      [6, 20],
      [16, -10],
    ])

it(`five minutes of ${isThere ? 'recorded' : 'made-up (no recorded ones here)'} prices, with faults, comes out the same`, {
  timeout: 120_000,
}, async () => {
  const verdict = await replayDay({
    tape,
    durationMs: 300_000,
    seed: 3,
    entryEveryMs: 16_000,
    breakEveryMs: 90_000,
    onProgress() {},
  })
  expect(verdict).toMatchObject({ kind: 'same', difference: null })
  expect(verdict.inputs).toBeGreaterThan(35)
  expect(verdict.orders).toBeGreaterThan(12)
})
