/**
 * The journal without its file: recovery of a day of 1,000 orders beside JSON.parse of the same lines, and what the chain adds to
 * a record beside JSON.stringify of it.
 */
import { hash } from 'node:crypto'
import {
  type ChainHead,
  chainedLine,
  GENESIS,
  type JournalRecord,
  readChain,
  recoverLines,
} from '../src/journal/index.ts'
import { judge, median, spread } from './statistics.ts'

const ROUNDS = 15
const ORDERS = 1_000

const sha256 = (text: string): string => hash('sha256', text, 'hex')
const START_MS = Date.UTC(2026, 0, 5, 8)

/** A day of round trips: each order announced, acknowledged, dealt and timed, and the close of each second one. */
function* dayOf(orders: number): Generator<JournalRecord> {
  yield { kind: 'file-opened', atMs: 0, day: '2026-01-05', zone: 'Europe/Paris', before: null, carried: null }
  yield { kind: 'started', atMs: 0, version: '0.1.0', account: 'ABC12', environment: 'demo', seed: null }
  yield { kind: 'day-opened', atMs: 1, day: '2026-01-05', equity: '10000.00', currency: 'EUR' }
  const epic = 'CS.D.EURUSD.CFD.IP'
  for (let n = 0; n < orders; n++) {
    const atMs = n * 20_000 + 0.123
    const id = `SDMB2K3F1A0011223-${n.toString(36).toUpperCase()}`
    const dealId = `DIAAAAB${1_000_000 + Math.floor(n / 2)}`
    const isClose = n % 2 === 1
    if (isClose) yield { kind: 'about-to-close', atMs, id, dealId, epic, direction: 'SELL', size: '1', heldSize: '1' }
    else
      yield {
        kind: 'about-to-open',
        atMs,
        id,
        epic,
        direction: 'BUY',
        size: '1',
        preset: 'scalp',
        stopPoints: '10',
        limitPoints: null,
        trailing: null,
        isGuaranteed: false,
        seenLevel: '1.08123',
      }
    yield { kind: 'acknowledged', atMs: atMs + 21.5, id, reference: isClose ? `IG${n}ABCDEF` : id }
    const profit = isClose ? '-1.20' : null
    const profitCurrency = isClose ? 'EUR' : null
    yield {
      kind: 'filled',
      atMs: atMs + 24.1,
      id,
      dealId,
      level: '1.08125',
      size: '1',
      profit,
      profitCurrency,
      by: 'stream',
    }
    yield {
      kind: 'latency',
      atMs: atMs + 40,
      id,
      decidedMs: 0.08,
      journalledMs: 0.12,
      firstByteMs: 0.2,
      acknowledgedMs: 21.5,
      confirmedMs: 24.1,
      paintedMs: 31,
    }
  }
}

const records = [...dayOf(ORDERS)]
const lines: string[] = []
let head: ChainHead = GENESIS
for (const [index, record] of records.entries()) {
  const next = chainedLine(record, head, { version: 1, wallMs: START_MS + index }, sha256)
  lines.push(next.line)
  head = next.head
}
const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0)

function timeMs(work: () => unknown): number {
  const from = performance.now()
  work()
  return performance.now() - from
}

const parsed: number[] = []
const recovered: number[] = []
const chained: number[] = []
const stringified: number[] = []
const lineCosts: number[] = []
for (let round = -3; round < ROUNDS; round++) {
  const parse = timeMs(() => lines.map(line => JSON.parse(line)))
  const whole = timeMs(() => recoverLines(lines, sha256))
  const chain = timeMs(() => readChain(lines, sha256))
  const said = timeMs(() => records.map(record => JSON.stringify(record)))
  let end: ChainHead = GENESIS
  const written = timeMs(() => {
    for (const record of records) end = chainedLine(record, end, { version: 1, wallMs: START_MS }, sha256).head
  })
  // The first rounds warm up.
  if (round < 0) continue
  parsed.push(parse)
  recovered.push(whole)
  chained.push(chain)
  stringified.push((said / records.length) * 1_000)
  lineCosts.push((written / records.length) * 1_000)
}

const cold = recoverLines(lines, sha256)
if (cold.problems.length > 0 || cold.openQuestions.length > 0)
  throw new Error(`expected a day without questions, but ${cold.problems[0]}`)
console.log(`journal: a day of ${ORDERS} orders, ${records.length} records, ${(bytes / 1e6).toFixed(1)} MB`)
judge('JR', 'recovery, ms', recovered, 200)
console.log(`   of it reading and checking the chain: ${spread(chained)} ms`)
console.log(
  `   JSON.parse of the same lines: ${spread(parsed)} ms; recovery is ${(median(recovered) / median(parsed)).toFixed(1)} times that`,
)
console.log(`   a line with its hash: ${spread(lineCosts)} us; JSON.stringify of its record: ${spread(stringified)} us`)
