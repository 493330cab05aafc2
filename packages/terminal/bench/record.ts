/**
 * What recording costs: bytes of a tick, plain and gzipped, and ticks a second from a quote of the stream to the file, beside the same
 * bytes by one write(2) for each turn, in the same run.
 */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { seededRandom } from '@scalpdesk/mock-broker/engine'
import { createQuote, epic, type Quote, systemClock } from '@scalpdesk/sdk'
import { startRecording } from '../src/recording/recording.ts'
import { tapeScribe } from '../src/recording/tape-scribe.ts'
import { systemDisk } from '../src/session/journal-disk.ts'
import { median } from './statistics.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const TICKS = Number(process.env.TICKS ?? 100_000)
/** What comes in one turn of a busy stream. */
const TURN = 4
const START_MS = Date.UTC(2026, 0, 5, 9)
const EPICS = [epic('CS.D.EURUSD.CFD.IP'), epic('IX.D.DAX.IFD.IP')]

const folder = mkdtempSync(join(tmpdir(), 'record-'))
const quotes = madeUp(TICKS)
const ours: number[] = []
const bare: number[] = []
let plain = 0
let gzipped = 0
for (let round = 0; round < ROUNDS; round++) {
  const out = join(folder, `${round}.tape`)
  ours.push(recorded(out))
  const bytes = readFileSync(out)
  plain = bytes.length / TICKS
  gzipped = gzipSync(bytes).length / TICKS
  bare.push(written(join(folder, `${round}.bare`), bytes))
}
rmSync(folder, { recursive: true })
const [one, floor] = [median(ours), median(bare)]
console.log(`record: ${TICKS} ticks of two markets, ${TURN} a turn, ${ROUNDS} rounds, medians`)
console.log(`  bytes a tick       ${plain.toFixed(1)} plain, ${gzipped.toFixed(1)} gzipped`)
console.log(`  ticks a second     ${Math.round(TICKS / (one / 1_000))}`)
console.log(
  `  bare write(2)      ${Math.round(TICKS / (floor / 1_000))}; ours takes ${(one / floor).toFixed(2)} times as long`,
)

function recorded(out: string): number {
  const scribe = tapeScribe(EPICS.map((name, index) => ({ epic: name, decimals: index === 0 ? 5 : 1 })))
  const turns: (() => void)[] = []
  const beganMs = performance.now()
  const recording = startRecording(
    {
      out,
      rotation: { daily: false, mostBytes: null },
      disk: { ...systemDisk, afterwards: work => void turns.push(work) },
      clock: systemClock,
      beginning: scribe.beginning,
      markets: () => scribe.markets,
      onFailure(error) {
        throw error
      },
    },
    START_MS,
  )
  for (const [index, quote] of quotes.entries()) {
    recording.add(scribe.quote(quote, START_MS + index * 7))
    if (index % TURN === TURN - 1) for (const work of turns.splice(0)) work()
  }
  recording.close('stopped', START_MS + TICKS * 7)
  return performance.now() - beganMs
}

function written(path: string, bytes: Uint8Array): number {
  const size = Math.ceil((bytes.length * TURN) / TICKS)
  const beganMs = performance.now()
  const file = openSync(path, 'ax')
  for (let at = 0; at < bytes.length; at += size) writeSync(file, bytes.subarray(at, at + size))
  closeSync(file)
  return performance.now() - beganMs
}

function madeUp(count: number): readonly Quote[] {
  const random = seededRandom(7)
  let bid = 108_417
  return Array.from({ length: count }, (_, index) => {
    bid += Math.floor(random.next() * 5) - 2
    const isFirst = index % 2 === 0
    const bidUnits = isFirst ? bid : bid + 76_000
    return createQuote({
      epic: isFirst ? EPICS[0]! : EPICS[1]!,
      decimals: isFirst ? 5 : 1,
      bidUnits,
      offerUnits: bidUnits + 4 + Math.floor(random.next() * 4),
      state: 'tradeable',
      isDelayed: false,
      brokerTimeMs: null,
      receivedAtMs: 0,
      isSnapshot: false,
    })
  })
}
