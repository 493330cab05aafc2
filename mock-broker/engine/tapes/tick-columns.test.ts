import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { markets } from '../market-catalogue.ts'
import { seededRandom } from '../random.ts'
import { LONGEST_LINE } from './line-cursor.ts'
import { openTape, type Tape, type TapeOptions } from './tape.ts'
import type { TapeInput } from './tape-entry.ts'
import type { TickBatch } from './tick-columns.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tape-columns-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const HEADER = 'timestamp,askPrice,bidPrice,askVolume,bidVolume'
const START_MS = Date.UTC(2026, 0, 5, 9)

/** What a tape plays either way, and what it says of its lines. */
async function bothWays(file: string, options: Partial<TapeOptions>) {
  const open = (): Promise<Tape> => openTape(file, { markets, ...options })
  const [plain, columns] = [await open(), await open()]
  const told: TapeInput[] = []
  for (let batch = await plain.read(); batch; batch = await plain.read()) told.push(...batch)
  const shown: TapeInput[] = []
  let inColumns = 0
  for (let batch = await columns.readColumns(); batch; batch = await columns.readColumns()) {
    shown.push(...inputsOf(batch))
    if (batch.kind === 'columns') inColumns += batch.count
  }
  await Promise.all([plain.close(), columns.close()])
  return {
    told: { inputs: told, skipped: plain.skipped() },
    shown: { inputs: shown, skipped: columns.skipped() },
    inColumns,
  }
}

function inputsOf(batch: TickBatch): readonly TapeInput[] {
  if (batch.kind === 'inputs') return batch.inputs
  const { epic, count, atMs, bidUnits, offerUnits } = batch
  return Array.from({ length: count }, (_, at) => ({
    kind: 'tick',
    epic,
    atMs: atMs[at]!,
    bidUnits: bidUnits[at]!,
    offerUnits: offerUnits[at]!,
  }))
}

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `${line(at)}\n`).join('')

/** Longer than a stretch of columns, with everything in it that a file may hold. */
function dukascopy(): string {
  const random = seededRandom(5)
  return `${HEADER}\n${lines(14_000, at => {
    const bid = 1.08 + Math.floor(random.next() * 900) / 1e5
    const good = `${START_MS + at * 50},${(bid + 0.00006).toFixed(5)},${bid.toFixed(random.next() < 0.5 ? 5 : 4)}`
    if (at % 4_001 === 17) return `${good},${'9'.repeat(LONGEST_LINE + at)}`
    if (at % 997 === 5) return `${START_MS + at * 50},1.081234567,1.08`
    if (at % 1_009 === 5) return `${START_MS},1.08,1.07`
    return at % 3 === 0 ? good : `${good},1.5,2.25`
  })}`
}

/** One market in which states change; 10 million points are more than a column holds. */
const recording = (): string =>
  `scalpdesk-tape,1,${START_MS},${EURUSD}:5\n${lines(14_000, at => {
    if (at % 5_000 === 4_999) return `s,0,${at},EDITS_ONLY`
    if (at % 7_000 === 6_999) return `q,0,${at}`
    if (at % 9_000 === 8_999) return `e,${at},trade,{"n":${at}}`
    return `0,${at},${at % 777 === 0 ? 3_000_000_000 : 108_000 + (at % 500)},${at % 6 === 0 ? '-3' : 6}`
  })}`

it.each<[string, string, () => string, Partial<TapeOptions>]>([
  ['quotes with bad lines', 'eurusd.csv', dukascopy, {}],
  ['a file that ends within a line', 'eurusd-end.csv', () => dukascopy().slice(0, -1), {}],
  ['a beginning later in the day', 'eurusd-from.csv', dukascopy, { from: '09:02' }],
  ['Windows line ends', 'eurusd-crlf.csv', () => dukascopy().replaceAll('\n', '\r\n'), {}],
  ['Lean', 'eurusd-20260105.csv', () => lines(14_000, at => `${27_000_000 + at},1.08${416 + (at % 9)},1.08${425}`), {}],
  ['states, gaps and events of a recording', 'day.tape', recording, { wish: { epic: EURUSD, isRescaled: false } }],
])('tells as columns what it tells as ticks: %s', async (_, name, content, options) => {
  const text = content()
  const path = join(folder, name)
  writeFileSync(path, text)
  const { told, shown, inColumns } = await bothWays(path, options)
  expect(JSON.stringify(shown)).toBe(JSON.stringify(told))
  expect(inColumns).toBeGreaterThan(6_000)
  writeFileSync(`${path}.gz`, gzipSync(text))
  expect(JSON.stringify((await bothWays(`${path}.gz`, options)).shown.inputs)).toBe(JSON.stringify(told.inputs))
})

it('keeps the ticks of a tape of several markets as they are, for they come in turns', async () => {
  const path = join(folder, 'two.tape')
  const body = lines(6_000, at => `${at % 2},${at},${108_000 + (at % 50)},6`)
  writeFileSync(path, `scalpdesk-tape,1,${START_MS},${EURUSD}:5,CS.D.GBPUSD.CFD.IP:5\n${body}`)
  const { told, shown, inColumns } = await bothWays(path, {})
  expect(JSON.stringify(shown)).toBe(JSON.stringify(told))
  expect(inColumns).toBe(0)
})

it('refuses a bad line in strict reading as ticks do', async () => {
  const path = join(folder, 'eurusd-strict.csv')
  writeFileSync(path, `${HEADER}\n${lines(6_000, at => `${START_MS + at},1.08416,1.08410`)}bad\n`)
  const tape = await openTape(path, { markets, strict: true })
  async function readAll(): Promise<void> {
    while (await tape.readColumns());
  }
  await expect(readAll()).rejects.toMatchObject({ code: 'bad-line' })
  await tape.close()
})
