/**
 * How fast tapes are read, beside a bare parser that only adds up the fields of the same bytes, and beside lines split from a stream;
 * and whether a broker is ready before a tape of a million ticks was read.
 *
 * `pnpm exec node mock-broker/bench/tape.ts [--quick]`
 */
import { closeSync, createReadStream, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { formatUnits, markets, openTape, sampleTape, type TapeEntry, tapeReader } from '../engine/index.ts'
import { LINE_FEED, type LineCursor, passLine, takeUnits, takeWhole } from '../engine/tapes/line-cursor.ts'
import { startMockBroker } from '../server/index.ts'
import { judge, spread } from './statistics.ts'

const isQuick = process.argv.includes('--quick')
const TICKS = isQuick ? 100_000 : 1_000_000
const ROUNDS = isQuick ? 2 : 7
const folder = mkdtempSync(join(tmpdir(), 'tape-bench-'))
const files = writeFiles()

interface Kind {
  readonly name: string
  readonly read: () => Promise<number> | number
}
const FLOOR: Kind = { name: 'bare bytes, timestamp,bid,ask', read: () => readBytes(files.csv, csvFields) }
const OWN_FLOOR: Kind = { name: 'bare bytes, own format', read: () => readBytes(files.own, ownFields) - 1 }
const kinds: readonly Kind[] = [
  FLOOR,
  OWN_FLOOR,
  { name: 'lines split from a stream', read: () => splitLines(files.csv) },
  { name: 'tapeReader, own format', read: () => readRecording(files.own) },
  { name: 'openTape, own format', read: () => readTape(files.own) },
  { name: 'openTape, own format, gzipped', read: () => readTape(files.ownGzip) },
  { name: 'openTape, Lean', read: () => readTape(files.lean) },
  { name: 'openTape, dukascopy', read: () => readTape(files.dukascopy) },
]

const rates = new Map(kinds.map(({ name }): [string, number[]] => [name, []]))
for (let round = -1; round < ROUNDS; round++) {
  for (const { name, read } of kinds) {
    const startMs = performance.now()
    const ticks = await read()
    if (ticks !== TICKS) throw new Error(`expected ${TICKS} ticks of ${name}, but got ${ticks}`)
    // The first round warms up.
    if (round >= 0) rates.get(name)!.push(TICKS / 1e3 / (performance.now() - startMs))
  }
}
const ratiosOf = (name: string, floor: string): readonly number[] =>
  rates.get(name)!.map((rate, round) => rate / rates.get(floor)![round]!)
console.log(`${TICKS} ticks, ${ROUNDS} rounds: million ticks/s, and times the bare parser of timestamp,bid,ask`)
for (const { name } of kinds) console.log(`${name}: ${spread(rates.get(name)!)}; ${spread(ratiosOf(name, FLOOR.name))}`)

const starts: number[] = []
const readyParts: number[] = []
for (let round = 0; round < ROUNDS; round++) {
  const without = await timeToReady([])
  const withTape = await timeToReady([files.own])
  const wholeMs = TICKS / 1e3 / rates.get('openTape, own format')![round]!
  starts.push(withTape - without)
  readyParts.push(wholeMs / Math.max(0.1, withTape - without))
}
console.log(`a broker is ready ${spread(starts, 1)} ms later with a tape of ${TICKS} ticks`)

const OURS = 'openTape, own format'
judge('tape:', 'own format, times the bare parser of the same bytes', 0.45, ratiosOf(OURS, OWN_FLOOR.name))
judge('tape:', 'own format, times lines split from a stream', 2, ratiosOf(OURS, 'lines split from a stream'))
judge('tape:', 'times the reading of the whole tape is longer than the wait for it at the start', 10, readyParts)
rmSync(folder, { recursive: true })

async function timeToReady(replay: readonly string[]): Promise<number> {
  const startMs = performance.now()
  const broker = await startMockBroker({ replay })
  const readyMs = performance.now() - startMs
  await broker.close()
  return readyMs
}

/** The same ticks in every format. */
function writeFiles() {
  const market = markets.find(({ epic }) => epic === 'CS.D.EURUSD.CFD.IP')!
  const startMs = Date.UTC(2026, 0, 5)
  const leanMidnightMs = startMs + 5 * 3_600_000
  const own: string[] = []
  const csv: string[] = []
  const lean: string[] = []
  const dukascopy = ['timestamp,askPrice,bidPrice,askVolume,bidVolume\n']
  let index = -1
  for (const line of sampleTape({ markets: [market], seed: 1, startMs, minutes: 100_000_000 })) {
    if (index++ < 0) {
      own.push(line)
      continue
    }
    if (index > TICKS) break
    const [, , bidText = '', spreadText = ''] = line.trimEnd().split(',')
    // A day of them: the pauses of a Lean file lie between two midnights.
    const afterMs = index * 80
    const bid = formatUnits(Number(bidText), 5)
    const offer = formatUnits(Number(bidText) + Number(spreadText), 5)
    own.push(`0,${afterMs},${bidText},${spreadText}\n`)
    csv.push(`${startMs + afterMs},${bid},${offer}\n`)
    lean.push(`${afterMs},${bid},${offer}\n`)
    dukascopy.push(`${leanMidnightMs + afterMs},${offer},${bid},1.5,0.75\n`)
  }
  const write = (name: string, lines: readonly string[], pack = false): string => {
    const path = join(folder, name)
    writeFileSync(path, pack ? gzipSync(lines.join('')) : lines.join(''))
    return path
  }
  return {
    own: write('eurusd.tape', own),
    ownGzip: write('eurusd.tape.gz', own, true),
    csv: write('eurusd.csv', csv),
    lean: write('eurusd-20260105.csv', lean),
    dukascopy: write('eurusd-dukascopy.csv', dukascopy),
  }
}

async function readTape(file: string): Promise<number> {
  const tape = await openTape(file, { markets })
  let ticks = 0
  for (let batch = await tape.read(); batch; batch = await tape.read()) ticks += batch.length
  return ticks
}

async function readRecording(file: string): Promise<number> {
  const reader = tapeReader(file)
  let ticks = 0
  for await (const chunk of createReadStream(file)) {
    const entries: readonly TapeEntry[] = reader.read(chunk as Buffer)
    ticks += entries.length
  }
  return ticks
}

async function splitLines(file: string): Promise<number> {
  let [ticks, rest, sum] = [0, '', 0]
  for await (const chunk of createReadStream(file, { encoding: 'latin1' })) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [time, bid, offer] = line.split(',')
      sum += Number(time) + Number(bid) + Number(offer)
      ticks++
    }
  }
  return sum > 0 ? ticks : 0
}

/** Reads the fields of every line and adds them up: no ticks, no checks, no batches. */
function readBytes(file: string, fields: (cursor: LineCursor) => number): number {
  const bytes = new Uint8Array(1 << 20)
  const handle = openSync(file, 'r')
  let ticks = 0
  let sum = 0
  let kept = 0
  for (let read = readSync(handle, bytes); read > 0; read = readSync(handle, bytes, kept, bytes.length - kept, null)) {
    const length = kept + read
    const whole = bytes.lastIndexOf(LINE_FEED, length - 1) + 1
    const cursor = { bytes, at: 0 }
    while (cursor.at < whole) {
      sum += fields(cursor)
      cursor.at++
      ticks++
    }
    bytes.copyWithin(0, whole, length)
    kept = length - whole
  }
  closeSync(handle)
  return sum > 0 ? ticks : 0
}

function csvFields(cursor: LineCursor): number {
  const time = takeWhole(cursor)
  cursor.at++
  const bid = takeUnits(cursor, 5)
  cursor.at++
  return time + bid + takeUnits(cursor, 5)
}

function ownFields(cursor: LineCursor): number {
  const market = takeWhole(cursor)
  cursor.at++
  const time = takeWhole(cursor)
  cursor.at++
  const bid = takeWhole(cursor)
  cursor.at++
  const apart = takeWhole(cursor)
  // The header is the one line with anything else.
  if (apart < 0) passLine(cursor)
  return market + time + bid + apart
}
