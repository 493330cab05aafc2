/** A short text that changes whenever the other one does, in hexadecimal: SHA-256 in the real journal. */
export type Digest = (text: string) => string

/** Where a chain ends: what the next record must follow. */
export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

/** What the very first record of an account follows. */
export const GENESIS: ChainHead = { seq: 0, hash: 'genesis' }

/** Anything that may become a line. The journal adds `v`, `seq`, `at`, `prev` and `hash`. */
export interface PlainRecord {
  readonly kind: string
  readonly atMs: number
}

/** One whole line, read back. */
export interface ChainedRecord extends ChainHead {
  readonly version: number
  /** Milliseconds since 1970. */
  readonly wallMs: number
  readonly kind: string
  /** The hash of the record before. */
  readonly prev: string
  /** The record as it was given, `kind` and `atMs` among the rest. */
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * The line of a record, without its newline: the hash covers every character of it up to the hash itself, the hash of the
 * record before among them.
 */
export function chainedLine(
  record: PlainRecord,
  after: ChainHead,
  stamp: { readonly version: number; readonly wallMs: number },
  digest: Digest,
): { readonly line: string; readonly head: ChainHead } {
  const seq = after.seq + 1
  const said = JSON.stringify(record).slice(1, -1)
  const at = new Date(stamp.wallMs).toISOString()
  const body = `{"v":${stamp.version},"seq":${seq},"at":"${at}",${said},"prev":"${after.hash}"`
  const hash = digest(body)
  return { line: `${body},"hash":"${hash}"}`, head: { seq, hash } }
}

/** @returns null when the line is not, to the last character, what a journal wrote. */
export function readLine(line: string, digest: Digest): ChainedRecord | null {
  const [end, hash] = HASH_AT_END.exec(line) ?? []
  if (end === undefined || hash === undefined) return null
  const body = line.slice(0, -end.length)
  if (digest(body) !== hash) return null
  const values = parsed(`${body}}`)
  if (!values) return null
  const { v, seq, at, prev, ...said } = values
  const { kind } = said
  if (typeof v !== 'number' || typeof seq !== 'number' || typeof kind !== 'string' || typeof prev !== 'string')
    return null
  return { version: v, seq, wallMs: Date.parse(String(at)), kind, prev, hash, values: said }
}

const HASH_AT_END = /,"hash":"([0-9a-f]+)"\}$/

function parsed(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}
