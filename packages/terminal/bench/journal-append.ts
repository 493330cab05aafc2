/**
 * What the record of an order costs before its first byte: each durability of the journal's file, beside a bare write(2) of the
 * same bytes on the same disk in the same run. What was considered and not taken is measured, too.
 */
import { closeSync, constants, fdatasync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { JournalRecord } from '@scalpdesk/desk/journal'
import { systemClock } from '@scalpdesk/sdk'
import { type Durability, openJournal } from '../src/session/journal-file.ts'
import { median, quantile, spread } from './statistics.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const APPENDS = 120
/** As many closes as a flatten of a busy account sends in one turn. */
const BATCH = 5
const RESTS_MS = 2

const RECORD: JournalRecord = {
  kind: 'about-to-open',
  atMs: 123_456.789,
  id: 'SDMB2K3F1A0011223-1Z',
  epic: 'CS.D.EURUSD.CFD.IP',
  direction: 'BUY',
  size: '1',
  preset: 'scalp',
  stopPoints: '10',
  limitPoints: null,
  trailing: null,
  isGuaranteed: false,
  seenLevel: '1.08123',
}
/** What a line of the journal weighs: the record, its stamp, and two hashes. */
const LINE = Buffer.from(`${JSON.stringify({ ...RECORD, stamp: 'x'.repeat(60), hashes: 'x'.repeat(150) })}\n`)

interface Choice {
  readonly name: string
  /** Opens what is appended to; an append may leave work behind that `rest` gives time to. */
  open(folder: string): { append(): void | Promise<void>; close(): void; readonly records?: number }
}

const journal = (durability: Durability): Choice => ({
  name: `journal, ${durability}`,
  open(folder) {
    const file = openJournal(folder, systemClock, { durability })
    return { append: () => file.append(RECORD), close: () => file.close() }
  },
})

const bare = (name: string, append: (file: number) => void | Promise<void>, records = 1, flags = 0): Choice => ({
  name: `bare ${name}`,
  open(folder) {
    const { O_APPEND, O_CREAT, O_WRONLY } = constants
    const file = openSync(join(folder, 'bare'), O_APPEND | O_CREAT | O_WRONLY | flags, 0o600)
    return { append: () => append(file), close: () => closeSync(file), records }
  },
})

const write = (file: number): void => void writeSync(file, LINE)
const flush = promisify(fdatasync)

const FLOOR = bare('write(2)', write)
const CHOICES: readonly Choice[] = [
  FLOOR,
  journal('written'),
  journal('flushed'),
  bare('write + fdatasync', file => {
    write(file)
    fdatasyncSync(file)
  }),
  bare('write, O_DSYNC', write, 1, constants.O_DSYNC ?? constants.O_SYNC),
  bare('write + fdatasync on the thread pool', async file => {
    write(file)
    await flush(file)
  }),
  bare(
    `writes, ${BATCH}, and one fdatasync; each`,
    file => {
      for (let count = 0; count < BATCH; count++) write(file)
      fdatasyncSync(file)
    },
    BATCH,
  ),
  {
    name: 'bare write into a file filled before + fdatasync',
    open(folder) {
      const file = openSync(join(folder, 'filled'), 'w', 0o600)
      writeSync(file, Buffer.alloc(LINE.length * APPENDS * 2))
      fdatasyncSync(file)
      let at = 0
      return {
        append() {
          writeSync(file, LINE, 0, LINE.length, at)
          at += LINE.length
          fdatasyncSync(file)
        },
        close: () => closeSync(file),
      }
    },
  },
]

/** Microseconds of each record. Orders of a person are far apart: what one leaves behind has ended by the next. */
async function costsOf(choice: Choice): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'journal-bench-'))
  const { append, close, records = 1 } = choice.open(folder)
  const costs: number[] = []
  for (let count = 0; count < APPENDS; count++) {
    await rest(RESTS_MS)
    const from = performance.now()
    const appended = append()
    if (appended) await appended
    costs.push(((performance.now() - from) * 1_000) / records)
  }
  close()
  rmSync(folder, { recursive: true })
  return costs
}

const rounds = CHOICES.map(choice => ({ choice, p50: [] as number[], p99: [] as number[], ratio: [] as number[] }))
// The first round warms up.
for (let round = 0; round <= ROUNDS; round++) {
  let floor = Number.NaN
  for (const { choice, p50, p99, ratio } of rounds) {
    const costs = await costsOf(choice)
    const middle = median(costs)
    if (choice === FLOOR) floor = middle
    if (round === 0) continue
    p50.push(middle)
    p99.push(quantile(costs, 0.99))
    ratio.push(middle / floor)
  }
}

console.log(`journal: microseconds an append, ${LINE.length} bytes, ${ROUNDS} rounds of ${APPENDS}, in ${tmpdir()}`)
const width = Math.max(...CHOICES.map(({ name }) => name.length))
console.log(`${''.padEnd(width)}  ${'p50'.padStart(8)}  ${'p99'.padStart(8)}  p50 over ${FLOOR.name}`)
for (const { choice, p50, p99, ratio } of rounds) {
  const figures = [median(p50), median(p99)].map(value => value.toFixed(1).padStart(8)).join('  ')
  console.log(`${choice.name.padEnd(width)}  ${figures}  ${spread(ratio, 1)}`)
}
