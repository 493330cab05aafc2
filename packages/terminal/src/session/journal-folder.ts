import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import {
  type Digest,
  entriesOf,
  GENESIS,
  type RecordOf,
  type Recovered,
  readChain,
  recover,
  repair,
  tailOf,
} from '@scalpdesk/desk/journal'

/**
 * Where the journal of an account lies: `journal/<environment>/<account>` below the program's folder.
 * @throws when the account's name could lead anywhere else.
 */
export function journalFolder(home: string, environment: string, account: string): string {
  for (const name of [environment, account])
    if (!/^[\w-]{1,64}$/.test(name))
      throw new Error(
        `expected an account id of letters, digits, _ and -, but got ${JSON.stringify(name)}; name another`,
      )
  return join(home, 'journal', environment, account)
}

export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
}

/** What was mended before the journal could go on. */
type Repair = RecordOf<'torn-line' | 'file-put-aside' | 'journal-damaged'>

/** What the files of a folder leave behind for the next record. */
export interface Continuation {
  readonly recovered: Recovered
  /** The file that records were read from, by name; null: there is none. */
  readonly last: string | null
  /** The newest file, whether it has records or is still empty; null: there is none. */
  readonly newest: string | null
  /** What was repaired, to be written down. */
  readonly repairs: readonly Repair[]
}

/** Reads the newest file; a last line that a crash cut off is put beside it, and a file without any record put aside whole. */
export function continuationOf(folder: string, digest: Digest): Continuation {
  const repairs: Repair[] = []
  let newest: string | null = null
  for (const name of dayFiles(folder).toReversed()) {
    const path = join(folder, name)
    const torn = mendTail(path, digest)
    if (torn) repairs.push({ kind: 'torn-line', atMs: NO_TIME, ...torn })
    const { lines } = repair(readFileSync(path), digest)
    const chain = readChain(lines, digest)
    if (chain.records.length > 0) {
      const newestOnly = recover(chain)
      const recovered = {
        ...newestOnly,
        entries: [...entriesBefore(folder, newestOnly, digest), ...newestOnly.entries],
      }
      if (chain.fault && !isTold(chain.records, chain.fault.words))
        repairs.push({ kind: 'journal-damaged', atMs: NO_TIME, file: name, faults: [chain.fault.words] })
      const problems = [...recovered.problems, ...repairs.flatMap(repairWords)]
      return { recovered: { ...recovered, problems }, last: name, newest: newest ?? name, repairs }
    }
    if (lines.length > 0) {
      const keptIn = freeName(folder, name, 'put-aside')
      renameSync(path, join(folder, keptIn))
      const because = `${name} has ${lines.length} lines, but no record of a journal`
      repairs.push({ kind: 'file-put-aside', atMs: NO_TIME, keptIn, because })
    } else newest ??= name
  }
  const recovered = recover({ records: [], head: GENESIS, fault: null })
  const problems = repairs.flatMap(repairWords)
  return { recovered: { ...recovered, problems }, last: null, newest, repairs }
}

/**
 * What the files of a folder say now. Mends nothing: somebody else may be writing there.
 * @param since `last-start`: of the latest run alone, where the broker before that was another one
 */
export function readMemory(folder: string, digest: Digest, since: 'ever' | 'last-start'): Recovered {
  for (const name of existsSync(folder) ? dayFiles(folder).toReversed() : []) {
    const chain = readChain(repair(readFileSync(join(folder, name)), digest).lines, digest)
    if (chain.records.length === 0) continue
    if (since === 'ever') {
      const newest = recover(chain)
      return { ...newest, entries: [...entriesBefore(folder, newest, digest), ...newest.entries] }
    }
    const start = chain.records.findLastIndex(({ kind }) => kind === 'started')
    return recover({ ...chain, records: chain.records.slice(Math.max(0, start)) })
  }
  return recover({ records: [], head: GENESIS, fault: null })
}

/** Those of the file before, where the account's trading day began in it: its midnight is not that of the files. */
function entriesBefore(folder: string, { entries, day }: Recovered, digest: Digest): Recovered['entries'] {
  const opening = entries[0]?.record
  if (day.day === null || opening?.kind !== 'file-opened' || opening.before === null) return []
  if (entries.some(({ record }) => record.kind === 'day-opened' && record.day === day.day)) return []
  const name = dayFiles(folder).find(file => file === opening.before)
  if (name === undefined) return []
  return entriesOf(readChain(repair(readFileSync(join(folder, name)), digest).lines, digest).records)
}

/** Names of the days' files, oldest first. */
export function dayFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter(name => /^\d{4}-\d{2}-\d{2}\.ndjson$/.test(name))
    .sort()
}

/** First the copy, then the cut: whenever this ends, nothing is lost. */
function mendTail(path: string, digest: Digest): { line: number; bytes: number; keptIn: string } | null {
  const bytes = readFileSync(path)
  const { wholeBytes, rest } = tailOf(bytes, digest)
  switch (rest.kind) {
    case 'nothing':
      return null
    case 'record':
      withFile(path, 'a', file => writeSync(file, '\n'))
      return null
    case 'torn': {
      const keptIn = freeName(join(path, '..'), basename(path), 'torn')
      withFile(join(path, '..', keptIn), 'wx', file => writeSync(file, rest.bytes))
      withFile(path, 'r+', file => ftruncateSync(file, wholeBytes))
      const line = bytes.subarray(0, wholeBytes).reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 1)
      return { line, bytes: rest.bytes.length, keptIn }
    }
    default:
      return unreachable(rest)
  }
}

function withFile(path: string, flags: string, change: (file: number) => void): void {
  const file = openSync(path, flags, 0o600)
  try {
    change(file)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** `2026-01-05.torn-1`: beside the day's file, and never over an older one. */
function freeName(folder: string, name: string, what: string): string {
  const day = name.replace(/\.ndjson$/, '')
  for (let number = 1; ; number++) {
    const free = `${day}.${what}-${number}`
    if (!existsSync(join(folder, free))) return free
  }
}

function isTold(records: ReturnType<typeof readChain>['records'], words: string): boolean {
  return records.some(({ kind, values }) => kind === 'journal-damaged' && String(values.faults).includes(words))
}

/** For the trader. Of a damaged file the recovered problems tell already. */
function repairWords(repair: Repair): readonly string[] {
  switch (repair.kind) {
    case 'torn-line':
      return [`a crash cut the last line of the journal off; its ${repair.bytes} bytes are kept in ${repair.keptIn}`]
    case 'file-put-aside':
      return [`${repair.because}; it is kept as ${repair.keptIn}`]
    case 'journal-damaged':
      return []
    default:
      return unreachable(repair)
  }
}

function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}

/** The file has no monotonic clock; the wall time of its own records says when. */
export const NO_TIME = 0

const NEWLINE = 0x0a
