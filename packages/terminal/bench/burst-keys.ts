/**
 * A program that only counts keys and notes when each was handled: through decoder, table and gate (`desk`), or as bare reads
 * of standard input (`bare`). Writes what it counted to OUT_FILE when it is ended.
 */
import { writeFileSync } from 'node:fs'
import { keyTable } from '../src/keys/key-table.ts'
import { keyDesk } from '../src/session/key-desk.ts'

export interface BurstReport {
  /** When each key was handled, in order: acted on, or refused with a notice that counts it. Nanoseconds. */
  readonly handledNs: readonly string[]
  readonly acted: number
  readonly pastes: number
}

const handledNs: string[] = []
let acted = 0
let pastes = 0

function handled(keys: number): void {
  const atNs = String(process.hrtime.bigint())
  for (let key = 0; key < keys; key++) handledNs.push(atNs)
}

function deskReader(): (chunk: Uint8Array) => void {
  const made = keyTable()
  if (made.kind === 'problems') throw new Error(made.problems.join('; '))
  const read = keyDesk(
    {
      act() {
        acted++
        handled(1)
      },
      type() {},
      notice({ values }) {
        if ('count' in values) handled(values.count)
        else pastes++
      },
      context: () => 'trading',
      keyboardKnown() {},
      focus() {},
    },
    { table: () => made.table, isMultiplexed: false, at: () => ({ cancel() {} }) },
  )
  return chunk => read(chunk, performance.now())
}

/** The floor knows how long a key is, and which bytes are a paste: it decides nothing. */
function bareReader(keyBytes: number): (chunk: Uint8Array) => void {
  return chunk => handled(Math.floor(chunk.length / keyBytes))
}

const [, , way, keyBytes] = process.argv
const reader = way === 'desk' ? deskReader() : bareReader(Number(keyBytes))
process.stdin.setRawMode(true)
process.stdin.on('data', reader)
process.on('SIGTERM', () => {
  const report: BurstReport = { handledNs, acted, pastes }
  writeFileSync(process.env.OUT_FILE ?? '', JSON.stringify(report))
  process.exit()
})
process.stdout.write('READY')
