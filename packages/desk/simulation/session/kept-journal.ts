import { hash } from 'node:crypto'
import {
  announces,
  bindsTheDay,
  type ChainHead,
  chainedLine,
  type Digest,
  GENESIS,
  type JournalRecord,
  RECORD_VERSION,
  type Recovered,
  recoverLines,
  repair,
  type Verdict,
  verify,
} from '../../src/journal/index.ts'

const sha256: Digest = text => hash('sha256', text, 'hex')

/** A journal in memory that can lose what was not durable yet, as a file does when the power is cut. */
export class KeptJournal {
  /** While it is, nothing can be written. */
  isFull = false
  readonly #wallMs: () => number
  #text = ''
  #head: ChainHead = GENESIS
  #bytes = 0
  /** So many bytes survive. */
  #durable = 0
  #lost = 0

  constructor(wallMs: () => number) {
    this.#wallMs = wallMs
  }

  /** @throws while the disk is full. */
  append(record: JournalRecord): void {
    if (this.isFull) {
      this.#lost += 1
      throw new Error('no space left')
    }
    if (this.#lost > 0) {
      const lost = this.#lost
      this.#lost = 0
      this.#write({ kind: 'records-lost', atMs: record.atMs, records: lost, because: 'no space left' })
    }
    this.#write(record)
  }

  #write(record: JournalRecord): void {
    const stamp = { version: RECORD_VERSION, wallMs: this.#wallMs() }
    const { line, head } = chainedLine(record, this.#head, stamp, sha256)
    this.#text += `${line}\n`
    this.#bytes += Buffer.byteLength(line) + 1
    this.#head = head
    if (announces(record) || bindsTheDay(record)) this.#durable = this.#bytes
  }

  /**
   * A crash, and the start after it: the file ends at some byte behind the last durable record, its whole lines are kept, and
   * what they say is read back. @param part from 0 to 1: how much of what was not durable is left
   */
  crash(part: number): Recovered {
    const end = this.#durable + Math.floor(part * (this.#bytes - this.#durable + 0.999))
    const { lines, fault } = repair(Buffer.from(this.#text).subarray(0, end), sha256)
    const recovered = recoverLines(lines, sha256)
    this.#text = lines.map(line => `${line}\n`).join('')
    this.#head = recovered.head
    this.#bytes = Buffer.byteLength(this.#text)
    this.#durable = this.#bytes
    this.#lost = 0
    if (fault) this.#write({ kind: 'torn-line', atMs: 0, line: fault.line, bytes: 1, keptIn: 'memory' })
    return recovered
  }

  get verdict(): Verdict {
    return verify(this.lines, sha256)
  }

  get recovered(): Recovered {
    return recoverLines(this.lines, sha256)
  }

  get lines(): readonly string[] {
    return this.#text === '' ? [] : this.#text.slice(0, -1).split('\n')
  }
}
