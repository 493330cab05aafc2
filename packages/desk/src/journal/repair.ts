import { type Digest, readLine } from './chain.ts'
import type { ChainFault } from './verify.ts'

/** What a crash left of a file: its whole lines, and what stands behind the last newline. */
export interface Tail {
  /** Bytes of whole lines, the last newline included. */
  readonly wholeBytes: number
  readonly rest:
    | { readonly kind: 'nothing' }
    /** A whole record: only its newline is missing. */
    | { readonly kind: 'record' }
    /** A part of a record, to be kept elsewhere and taken off here. */
    | { readonly kind: 'torn'; readonly bytes: Uint8Array }
}

export function tailOf(file: Uint8Array, digest: Digest): Tail {
  const wholeBytes = file.lastIndexOf(NEWLINE) + 1
  const bytes = file.subarray(wholeBytes)
  if (bytes.length === 0) return { wholeBytes, rest: { kind: 'nothing' } }
  const isRecord = readLine(textOf(bytes), digest) !== null
  return { wholeBytes, rest: isRecord ? { kind: 'record' } : { kind: 'torn', bytes } }
}

/** Lines as they can be read after a crash, and what is wrong with the last one. */
export interface RepairedLines {
  readonly lines: readonly string[]
  readonly fault: ChainFault | null
}

/** The lines that are left of a file that was cut off anywhere. */
export function repair(file: Uint8Array, digest: Digest): RepairedLines {
  const { wholeBytes, rest } = tailOf(file, digest)
  const kept = rest.kind === 'record' ? file : file.subarray(0, wholeBytes)
  const lines = linesOf(kept)
  if (rest.kind !== 'torn') return { lines, fault: null }
  const line = lines.length + 1
  return {
    lines,
    fault: {
      kind: 'torn',
      line,
      seq: lastSeq(lines, digest) + 1,
      words: `line ${line}: the last line was cut off after ${rest.bytes.length} bytes; it has no end`,
    },
  }
}

function linesOf(file: Uint8Array): readonly string[] {
  if (file.length === 0) return []
  const end = file.at(-1) === NEWLINE ? file.length - 1 : file.length
  try {
    return STRICT.decode(file.subarray(0, end)).split('\n')
  } catch {
    // Rare, so line by line: what is not text is not what was written, and the rest is.
    const lines: string[] = []
    for (let from = 0; from <= end; ) {
      const next = file.indexOf(NEWLINE, from)
      const to = next === -1 ? end : next
      lines.push(textOf(file.subarray(from, to)))
      from = to + 1
    }
    return lines
  }
}

/** Bytes that are no text may look like the text that they replaced: they are marked, so that no hash fits them. */
function textOf(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes)
  } catch {
    return `not UTF-8: ${new TextDecoder().decode(bytes)}`
  }
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function lastSeq(lines: readonly string[], digest: Digest): number {
  return readLine(lines.at(-1) ?? '', digest)?.seq ?? 0
}

const NEWLINE = 0x0a
