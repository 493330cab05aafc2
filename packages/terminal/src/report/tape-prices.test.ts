import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TapeInput, tapeWriter } from '@scalpdesk/mock-broker/engine'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tapePrices, tapesIn } from './tape-prices.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapes-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const DAX = 'IX.D.DAX.IFD.IP'
const AT_MS = Date.parse('2026-01-05T09:00:00Z')
const DAY = { fromMs: AT_MS - 9 * 3_600_000, toMs: AT_MS + 15 * 3_600_000 }

function tape(name: string, startMs: number, entries: readonly TapeInput[], decimals = 1): string {
  const path = join(folder, name)
  const writer = tapeWriter({ startMs, markets: [{ epic: DAX, decimals }] })
  writeFileSync(path, [writer.header, ...entries.map(entry => writer.line(entry))].map(line => `${line}\n`).join(''))
  return path
}

const tick = (afterMs: number, bidUnits: number): TapeInput => ({
  kind: 'tick',
  epic: DAX,
  atMs: AT_MS + afterMs,
  bidUnits,
  offerUnits: bidUnits + 10,
})
const loss = (afterMs: number): TapeInput => ({ kind: 'quote-loss', epic: DAX, atMs: AT_MS + afterMs })

it('joins the tapes of a day, with the gaps in and between them', () => {
  tape('b.tape', AT_MS + 60_000, [tick(60_000, 2_450_100), tick(61_000, 2_450_110)], 2)
  tape('a.tape', AT_MS, [tick(0, 245_000), loss(2_000), tick(5_000, 245_005)])
  writeFileSync(join(folder, 'notes.txt'), 'no tape')
  const [marks] = tapePrices(tapesIn(folder), DAY, true)
  expect(marks).toMatchObject({
    epic: DAX,
    decimals: 1,
    atMs: [0, 5_000, 60_000, 61_000].map(ms => AT_MS + ms),
    bidUnits: [245_000, 245_005, 245_010, 245_011],
    gaps: [
      { fromMs: AT_MS + 2_000, toMs: AT_MS + 5_000 },
      { fromMs: AT_MS + 5_000, toMs: AT_MS + 60_000 },
    ],
  })
})

it('takes the first of two tapes of one time, nothing of other days, and says what is no tape when it was named', () => {
  tape('a.tape', AT_MS, [tick(0, 245_000), tick(9_000, 245_001)])
  tape('b.tape', AT_MS + 1_000, [tick(1_000, 1), tick(10_000, 245_002)])
  tape('later.tape', DAY.toMs, [tick(DAY.toMs - AT_MS, 7)])
  expect(tapePrices(tapesIn(folder), DAY, true)[0]?.bidUnits).toEqual([245_000, 245_001, 245_002])
  expect(tapePrices(tapesIn(join(folder, 'none')), DAY, true)).toEqual([])
  const notes = join(folder, 'notes.txt')
  writeFileSync(notes, 'no tape\n')
  expect(() => tapePrices([notes], DAY, false)).toThrow(/notes\.txt/)
  expect(() => tapePrices([join(folder, 'gone')], DAY, false)).toThrow(
    /expected .*gone to be a tape, but ENOENT.*; name another with --ticks/,
  )
})
