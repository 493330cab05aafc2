import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { keptSession, press } from '../testing/kept-session.ts'
import { madeUpTape } from '../testing/made-up-tape.ts'
import { checkSession } from './session-check.ts'

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
  const inputs = Array.from({ length: 20 }, (_, index) =>
    press(20_000 + index * 12_000, index % 2 === 0 ? 'buy' : 'flatten'),
  )
  const folder = await keptSession({
    tape,
    inputs: [...inputs, press(280_000, 'quit')],
    mock: {
      seed: 3,
      faults: [
        { fault: 'loseReply', match: 'open', when: { probability: 0.2 } },
        { fault: 'confirmLost', match: 'open', when: { probability: 0.2 } },
        { fault: 'dropStream', when: { afterMs: 100_000 } },
        { fault: 'restart', when: { afterMs: 200_000 } },
      ],
    },
  })
  const verdict = await checkSession({ folder, onProgress() {}, pace: () => Promise.resolve() })
  expect(verdict).toMatchObject({ kind: 'same', inputs: 21, difference: null })
  expect(verdict.orders).toBeGreaterThan(8)
})
