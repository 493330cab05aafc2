import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { flushFolder } from '../session/journal-disk.ts'
import { settingsPath } from '../settings/read-settings.ts'
import type { ArrivedOrder } from './broker-line.ts'
import { inputLine, readInputs, type TimedInput } from './session-input.ts'
import { readSpec, type SessionSpec } from './session-spec.ts'

/** The files of a session that can be run again, beside its journal. */
const FILES = { spec: 'session.json', keys: 'keys.ndjson', orders: 'orders.ndjson' } as const

/** A session while it runs. What is told is in its file when the call returns, before it is acted upon. */
export interface SessionFolder {
  input(timed: TimedInput): void
  order(order: ArrivedOrder): void
  close(): void
}

/** @throws when the folder is there already, or cannot be written. */
export function makeSessionFolder(folder: string, spec: SessionSpec, settings: string | null): SessionFolder {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`expected a new folder for the session, but ${folder} has something in it; name another`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (settings !== null) writeFileSync(settingsPath(folder), settings, { mode: 0o600 })
  writeFileSync(join(folder, FILES.spec), `${JSON.stringify(spec, null, 2)}\n`, { mode: 0o600 })
  const keys = openSync(join(folder, FILES.keys), 'ax', 0o600)
  const orders = openSync(join(folder, FILES.orders), 'ax', 0o600)
  flushFolder(folder)
  return {
    input: timed => void writeSync(keys, inputLine(timed)),
    order: order => void writeSync(orders, `${JSON.stringify(order)}\n`),
    close() {
      for (const file of [keys, orders]) {
        fsyncSync(file)
        closeSync(file)
      }
    },
  }
}

/** A session that was run. */
export interface KeptSession {
  readonly spec: SessionSpec
  readonly inputs: readonly TimedInput[]
  /** It ended by itself: its last lines are whole, and its journal says so. */
  readonly hasEnded: boolean
  readonly orders: string
  /** Its days, in their order, one after the other. */
  readonly journal: string
}

/** @throws when it is none */
export function readSessionFolder(folder: string): KeptSession {
  const spec = readSpec(readText(join(folder, FILES.spec)), join(folder, FILES.spec))
  const { inputs, isTorn } = readInputs(readText(join(folder, FILES.keys)))
  const journal = journalText(folder)
  const hasEnded = !isTorn && LAST_RECORD.test(journal)
  return { spec, inputs, hasEnded, orders: readText(join(folder, FILES.orders)), journal }
}

/** The journal's last line where a session ended by itself. */
const LAST_RECORD = /\n\{[^\n]*"kind":"stopped"[^\n]*\}\n$/

export function journalText(folder: string): string {
  const journal = join(folder, 'journal')
  if (!existsSync(journal)) return ''
  const files = readdirSync(journal, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ndjson'))
  return files
    .toSorted()
    .map(name => readText(join(journal, name)))
    .join('')
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`expected a session, but ${(error as Error).message}; give the folder that replay said it kept`)
  }
}
