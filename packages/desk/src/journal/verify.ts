import { type ChainedRecord, type ChainHead, type Digest, GENESIS, readLine } from './chain.ts'

/** What is wrong with a journal, at the first place where it shows. */
export interface ChainFault {
  readonly kind: 'changed' | 'missing' | 'repeated' | 'reordered' | 'torn'
  /** Counts from 1, in the file. */
  readonly line: number
  /** Of the record that should be there. */
  readonly seq: number
  readonly words: string
}

/** All that a file says, whatever happened to it. */
export interface ReadChain {
  /** Every record that is whole in itself, each once, in the order in which they were written. */
  readonly records: readonly ChainedRecord[]
  /** The first fault; null when every record follows the one before. */
  readonly fault: ChainFault | null
  /** What the next record must follow. */
  readonly head: ChainHead
}

export type Verdict =
  | { readonly kind: 'whole'; readonly records: number; readonly head: ChainHead }
  | { readonly kind: 'broken'; readonly fault: ChainFault }

/**
 * Whether these lines are what was written, all of it, in its order. What was cut off at the very end is found only by what
 * comes after it: the next day's file, or a hash that was noted.
 * @param after the end of the file before; null: not at hand, the file's opening record says what it follows
 */
export function verify(lines: readonly string[], digest: Digest, after: ChainHead | null = null): Verdict {
  const { records, fault, head } = readChain(lines, digest, after)
  return fault ? { kind: 'broken', fault } : { kind: 'whole', records: records.length, head }
}

export function readChain(lines: readonly string[], digest: Digest, after: ChainHead | null = null): ReadChain {
  const read = lines.map(line => readLine(line, digest))
  const fault = firstFault(read, after)
  const whole = read.filter(record => record !== null)
  const records = fault ? inOrder(whole) : whole
  const last = records.at(-1)
  return { records, fault, head: last ? { seq: last.seq, hash: last.hash } : (after ?? GENESIS) }
}

function firstFault(records: readonly (ChainedRecord | null)[], after: ChainHead | null): ChainFault | null {
  let head = after
  for (const [index, record] of records.entries()) {
    const line = index + 1
    head ??= beginning(record)
    if (!head) return noBeginning(record, line)
    const expected = head.seq + 1
    if (record?.seq !== expected || record.prev !== head.hash) return faultAt(records, index, head)
    head = record
  }
  return null
}

/** What the first record of a file says that it follows. */
function beginning(record: ChainedRecord | null | undefined): ChainHead | null {
  if (!record) return null
  const isFirst = record.kind === OPENING || record.prev === GENESIS.hash
  return isFirst ? { seq: record.seq - 1, hash: record.prev } : null
}

/** The kind of record that each file begins with. */
const OPENING = 'file-opened'

function noBeginning(record: ChainedRecord | null, line: number): ChainFault {
  if (!record) return changed(line, 1)
  return {
    kind: 'missing',
    line,
    seq: record.seq - 1,
    words: `line ${line}: expected the record that opens the file, but record ${record.seq} comes first; what stood before it is missing`,
  }
}

function faultAt(records: readonly (ChainedRecord | null)[], index: number, head: ChainHead): ChainFault {
  const record = records[index]
  const line = index + 1
  const seq = head.seq + 1
  if (!record) return changed(line, seq)
  if (record.seq < seq) {
    const isRepeated =
      records.slice(0, index).some(earlier => earlier?.hash === record.hash) || record.hash === head.hash
    return isRepeated
      ? {
          kind: 'repeated',
          line,
          seq,
          words: `line ${line}: expected record ${seq}, but record ${record.seq} stands there again`,
        }
      : {
          kind: 'reordered',
          line,
          seq,
          words: `line ${line}: expected record ${seq}, but an earlier one, ${record.seq}, stands there`,
        }
  }
  if (record.seq > seq) {
    const later = records.findIndex((other, at) => at > index && other?.seq === seq)
    return later === -1
      ? {
          kind: 'missing',
          line,
          seq,
          words: `line ${line}: expected record ${seq}, but ${record.seq} stands there; ${missingWords(seq, record.seq)}`,
        }
      : {
          kind: 'reordered',
          line,
          seq,
          words: `line ${line}: expected record ${seq}, but ${record.seq} stands there; ${seq} comes later, in line ${later + 1}`,
        }
  }
  return {
    kind: 'changed',
    line,
    seq,
    words: `line ${line}: record ${seq} does not follow the record ${head.seq} that stands before it; one of them was written anew`,
  }
}

function changed(line: number, seq: number): ChainFault {
  return {
    kind: 'changed',
    line,
    seq,
    words: `line ${line}: expected record ${seq} as it was written, but the line was changed`,
  }
}

function missingWords(first: number, next: number): string {
  return next - first === 1 ? `${first} is missing` : `${first} to ${next - 1} are missing`
}

function inOrder(records: readonly ChainedRecord[]): readonly ChainedRecord[] {
  const once = new Map(records.map(record => [record.hash, record]))
  return [...once.values()].sort((a, b) => a.seq - b.seq)
}
