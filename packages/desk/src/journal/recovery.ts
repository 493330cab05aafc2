import type { ChainHead, Digest } from './chain.ts'
import { type Memory, rememberer } from './memory.ts'
import { type JournalRecord, readRecord } from './record.ts'
import { type ReadChain, readChain } from './verify.ts'

/** A record with the time of its line. */
export interface JournalEntry {
  readonly record: JournalRecord
  /** Milliseconds since 1970. */
  readonly wallMs: number
}

export interface Recovered extends Memory {
  /** Every record that could be understood, in its order: the day's book is made of them again. */
  readonly entries: readonly JournalEntry[]
  /** The next record follows this one. */
  readonly head: ChainHead
  /** Sentences for the trader: records that could not be understood, a chain that was changed. Empty: all is well. */
  readonly problems: readonly string[]
}

/**
 * What a restart has to know, from the records of the newest file, or of several in their order. Each file carries over what
 * the ones before left behind, so the newest alone is enough.
 */
export function recover({ records, head, fault }: ReadChain): Recovered {
  const memory = rememberer()
  const problems: string[] = fault ? [`the journal is not as it was written: ${fault.words}`] : []
  for (const record of records) {
    const problem = memory.add(record)
    if (problem !== null) problems.push(problem)
  }
  return { ...memory.state(), entries: entriesOf(records), head, problems }
}

/** What of a chain could be understood. */
export function entriesOf(records: ReadChain['records']): readonly JournalEntry[] {
  return records.flatMap(({ values, version, wallMs, seq }) => {
    const read = readRecord(values, version, `record ${seq}`)
    return read.kind === 'known' ? [{ record: read.record, wallMs }] : []
  })
}

/** {@link recover} from the lines of one file. */
export function recoverLines(lines: readonly string[], digest: Digest): Recovered {
  return recover(readChain(lines, digest))
}
