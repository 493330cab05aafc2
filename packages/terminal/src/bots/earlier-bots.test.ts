import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { earlierRun, heldElsewhere } from '@scalpdesk/bots/runner'
import type { JournalRecord } from '@scalpdesk/desk/journal'
import { dealId, dealReference, epic } from '@scalpdesk/sdk'
import { expect, it, onTestFinished } from 'vitest'
import { sha256 } from '../session/journal-digest.ts'
import { openJournal } from '../session/journal-file.ts'
import { readMemory } from '../session/journal-folder.ts'
import { earlierBots } from './earlier-bots.ts'

const EPIC = 'CS.D.EURUSD.CFD.IP'
const MONDAY_MS = Date.UTC(2026, 0, 5, 9)
const HOUR_MS = 3_600_000

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'earlier-bots-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function opens(id: string, dealId: string, by: 'command' | `bot:${string}`): readonly JournalRecord[] {
  const legs = { stopPoints: '10', limitPoints: null, trailing: null, isGuaranteed: false, preset: null }
  return [
    { kind: 'about-to-open', atMs: 1, id, epic: EPIC, direction: 'BUY', size: '1', seenLevel: '1.1', ...legs, by },
    { kind: 'filled', atMs: 2, id, dealId, level: '1.1', size: '1', profit: null, profitCurrency: null, by: 'stream' },
  ]
}

function places(id: string, dealId: string, by: `bot:${string}`): readonly JournalRecord[] {
  const legs = { stopPoints: '10', limitPoints: null, isGuaranteed: false }
  return [
    {
      kind: 'about-to-place',
      atMs: 1,
      id,
      epic: EPIC,
      direction: 'BUY',
      size: '1',
      type: 'LIMIT',
      level: '1.0',
      ...legs,
      by,
    },
    { kind: 'done', atMs: 2, id, dealId, by: 'stream' },
  ]
}

/** Each record at its time, in a journal that turns its page at midnight. */
function journalOf(
  folder: string,
  records: readonly (readonly [hours: number, records: readonly JournalRecord[]])[],
): void {
  let nowMs = MONDAY_MS
  const journal = openJournal(folder, { nowMs: () => nowMs }, { zone: 'UTC' })
  for (const [hours, some] of records) {
    nowMs = MONDAY_MS + hours * HOUR_MS
    for (const record of some) journal.append(record)
  }
  journal.close()
}

it('finds the orders of one bot, also those of days before that are open still, and nobody else’s', () => {
  const folder = emptyFolder()
  journalOf(folder, [
    [0, [...opens('R1', 'DI1', 'bot:mine'), ...opens('R2', 'DI2', 'bot:other'), ...opens('R3', 'DI3', 'command')]],
    [1, places('R4', 'DI4', 'bot:mine')],
    [30, opens('R5', 'DI5', 'bot:other')],
    [50, opens('R6', 'DI6', 'bot:mine')],
  ])
  expect(readdirSync(folder).filter(name => name.endsWith('.ndjson'))).toHaveLength(3)
  const run = earlierRun('mine', readMemory(folder, sha256, 'ever'))
  expect([...run.references].toSorted()).toEqual(['R1', 'R4', 'R6'])
  expect([...run.deals.keys()].toSorted()).toEqual(['DI1', 'DI4', 'DI6'])
  expect(run.sentWallMs).toEqual([MONDAY_MS + 50 * HOUR_MS])
})

it('knows where something is left that a bot would not look after now', () => {
  const run = { references: new Set(['R1']), deals: new Map([['DI4', 1]]) }
  const held = { epic: epic('IX.D.DAX.IFD.IP'), dealId: dealId('DI1'), reference: dealReference('R1') }
  const theirs = { epic: epic('CS.D.GBPUSD.CFD.IP'), dealId: dealId('DI9'), reference: dealReference('R9') }
  const rests = { epic: epic(EPIC), dealId: dealId('DI4') }
  const state = {
    holdings: new Map([held, theirs].map(each => [each.dealId, each])),
    resting: new Map([[rests.dealId, rests]]),
  }
  expect(heldElsewhere(run, state, [EPIC])).toEqual(['IX.D.DAX.IFD.IP'])
  expect(heldElsewhere(run, state, [EPIC, 'IX.D.DAX.IFD.IP'])).toEqual([])
})

it('finds nothing of brokers that were there before, where each start is another one', () => {
  const folder = emptyFolder()
  const started = { kind: 'started', atMs: 0, version: '1', account: 'ABC', environment: 'mock', seed: null } as const
  journalOf(folder, [
    [0, [started, ...opens('R1', 'DI1', 'bot:mine')]],
    [1, [started, ...opens('R2', 'DI2', 'bot:mine')]],
  ])
  expect([...earlierRun('mine', readMemory(folder, sha256, 'last-start')).references]).toEqual(['R2'])
  expect(earlierRun('mine', readMemory(join(folder, 'none'), sha256, 'ever')).references.size).toBe(0)
})

it('lets a bot run once on an account, and keeps what it remembers for its user alone', () => {
  const folder = emptyFolder()
  const clock = { nowMs: () => MONDAY_MS, monotonicMs: () => 0 }
  const parts = { folder, memory: readMemory(folder, sha256, 'ever'), clock, onNotice() {} }
  const bots = earlierBots(parts)
  const { keeper, earlier } = bots.take('mine')
  expect(earlier).toMatchObject({ heard: null, state: null })
  expect(() => earlierBots(parts).take('mine')).toThrow('expected mine to run once on an account')
  const heard = { opened: ['DI1'], closed: {} }
  keeper.keep({ state: { turn: 3 }, heard })
  const file = join(folder, 'mine/remembered.json')
  expect(statSync(file).mode & 0o077).toBe(0)
  bots.close()
  expect(earlierBots(parts).take('mine').earlier).toMatchObject({ heard, state: { turn: 3 } })
})

it('says that what was remembered cannot be read, and begins anew', () => {
  const folder = emptyFolder()
  const notices: string[] = []
  const clock = { nowMs: () => MONDAY_MS, monotonicMs: () => 0 }
  const memory = readMemory(folder, sha256, 'ever')
  const start = () => earlierBots({ folder, memory, clock, onNotice: text => void notices.push(text) })
  const first = start()
  first.take('mine').keeper.keep({ state: 1, heard: { opened: [], closed: {} } })
  first.close()
  writeFileSync(join(folder, 'mine/remembered.json'), '{"state": 1, "heard"')
  expect(start().take('mine').earlier.state).toBeNull()
  expect(notices).toEqual([expect.stringMatching(/^what mine remembered cannot be read \(.*\): it begins anew$/)])
})
