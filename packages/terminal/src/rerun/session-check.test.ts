import { appendFileSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptSession, press, type SessionPlan } from '../testing/kept-session.ts'
import { madeUpTape } from '../testing/made-up-tape.ts'
import { checkSession } from './session-check.ts'
import type { SessionInput, TimedInput } from './session-input.ts'

const ATONCE = { onProgress() {}, pace: () => Promise.resolve() }
const check = (folder: string) => checkSession({ folder, ...ATONCE })

const TRADED = [
  press(1_000, 'buy'),
  press(4_500, 'stop-up'),
  press(9_000, 'flatten'),
  press(12_345, 'sell'),
  press(20_000, 'close-half'),
  press(20_001, 'flatten'),
  press(30_000, 'quit'),
]

const FAULTS: SessionPlan['mock'] = {
  seed: 11,
  faults: [
    { fault: 'loseReply', args: [], match: 'open', when: { onRequest: 1 } },
    { fault: 'confirmLate', args: [900], match: 'dealing', when: { probability: 0.5 } },
    { fault: 'goSilent', args: [], when: { afterMs: 5_000 }, forMs: 2_000 },
    { fault: 'rejectNext', args: ['ORDER_DECLINED'], match: 'open', when: { onRequest: 2 } },
    { fault: 'dropStream', args: [], when: { afterMs: 15_000 } },
  ] as unknown as NonNullable<NonNullable<SessionPlan['mock']>['faults']>,
}

describe('a session that is run again', () => {
  it('gives the same journal and the same orders, to the byte', async () => {
    const verdict = await check(await keptSession({ inputs: TRADED }))
    expect(verdict).toMatchObject({ kind: 'same', inputs: TRADED.length, orders: 6, isBrokenOff: false })
    expect(verdict.records).toBeGreaterThan(30)
  })

  it('also with the broker’s faults', async () => {
    const folder = await keptSession({ inputs: TRADED, mock: FAULTS })
    expect(readFileSync(join(folder, 'orders.ndjson'), 'utf8')).toContain('"POST"')
    expect(await check(folder)).toMatchObject({ kind: 'same' })
  })
})
