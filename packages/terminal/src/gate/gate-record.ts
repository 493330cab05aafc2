import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ChainedRecord, type ChainHead, chainedLine, GENESIS, readChain, repair } from '@scalpdesk/desk/journal'
import { sha256 } from '../session/journal-digest.ts'
import { systemCode } from '../session/journal-error.ts'
import type { JournalFile } from '../session/journal-file.ts'
import { journalFolder } from '../session/journal-folder.ts'
import { writeWhole } from '../settings/whole-file.ts'
import { chainedJournal } from './chained-journal.ts'
import { type GateFact, gateFactOf, headOf } from './gate-fact.ts'

/** What is on record about the sandbox, as far as it can be believed. */
export interface GateRecord {
  readonly facts: readonly GateFact[]
  /** What does not count, and why; one sentence each. */
  readonly problems: readonly string[]
}

export const gateFile = (home: string): string => join(home, 'gate.ndjson')

/** The journal of the drills, which notes each line of the gate's record as well. */
export const gateJournalFolder = (home: string): string => journalFolder(home, 'drill', 'gate')

/**
 * Reads the gate's record. A line counts when the chain of the record is whole, and the gate's journal, whole itself, noted that
 * very line right behind the record that the line names. docs/decisions/sandbox-gate.md says what that prevents and what not.
 */
export function readGateRecord(home: string): GateRecord {
  const { records, fault } = linesOf(home)
  if (fault !== null) return { facts: [], problems: [`${gateFile(home)} is not as it was written: ${fault}`] }
  if (records.length === 0) return { facts: [], problems: [] }
  const journal = chainedJournal(gateJournalFolder(home))
  const notes = new Map((journal?.records ?? []).filter(({ kind }) => kind === 'gate').map(note => [note.prev, note]))
  const facts: GateFact[] = []
  const problems: string[] = []
  if (journal?.problem) problems.push(`the gate's journal is not as it was written: ${journal.problem}`)
  for (const line of records) {
    const fact = gateFactOf(line.values)
    if (fact && isNoted(line, notes)) facts.push(fact)
    else problems.push(`line ${line.seq} of ${gateFile(home)} does not count: ${fact ? UNNOTED : UNKNOWN}`)
  }
  return { facts, problems }
}

const UNNOTED = 'the journal of the drills knows nothing of it'
const UNKNOWN = 'this version does not know what it says'

function isNoted(line: ChainedRecord, notes: ReadonlyMap<string, ChainedRecord>): boolean {
  const at = headOf(line.values.journal)
  const note = at && notes.get(at.hash)
  return note?.seq === (at?.seq ?? 0) + 1 && note.values.line === line.seq && note.values.lineHash === line.hash
}

/** @throws when the disk takes neither; then the fact is not on record. @param journal the gate's own, open */
export function addGateFact(
  home: string,
  journal: Pick<JournalFile, 'head' | 'append'>,
  fact: GateFact,
  stamp: { readonly wallMs: number; readonly atMs: number },
): void {
  const { text, head: before, fault } = linesOf(home)
  // What was changed counts for nothing any more; it is kept, and the record begins anew.
  if (fault !== null) writeWhole(`${gateFile(home)}.put-aside-${Math.round(stamp.wallMs)}`, text)
  const [kept, after]: readonly [string, ChainHead] = fault === null ? [text, before] : ['', GENESIS]
  const said = { ...fact, atMs: stamp.atMs, journal: journal.head }
  const { line, head } = chainedLine(said, after, { version: 1, wallMs: stamp.wallMs }, sha256)
  writeWhole(gateFile(home), `${kept}${line}\n`)
  const words = fact.kind === 'opened' ? fact.sentence : null
  journal.append({ kind: 'gate', atMs: stamp.atMs, what: fact.kind, line: head.seq, lineHash: head.hash, words })
}

/** Where the record ends. */
export const gateHead = (home: string): ChainHead => linesOf(home).head

interface Lines {
  readonly text: string
  readonly records: readonly ChainedRecord[]
  readonly head: ChainHead
  readonly fault: string | null
}

function linesOf(home: string): Lines {
  const bytes = bytesOf(gateFile(home))
  const { lines, fault: cut } = repair(bytes, sha256)
  const { records, head, fault } = readChain(lines, sha256, GENESIS)
  return { text: bytes.toString('utf8'), records, head, fault: fault?.words ?? cut?.words ?? null }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
