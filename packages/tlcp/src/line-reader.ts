const CR = 0x0d
const LF = 0x0a

/** Takes a piece that holds whole lines only, the last line end included. */
export type WholeLines = (bytes: Uint8Array, start: number, end: number) => void

/** Our choice: no line of a working server comes near. */
const MAX_LINE_BYTES = 4 * 1024 * 1024
const FIRST_REST_BYTES = 1_024

/**
 * Hands on incoming bytes in whole lines, wherever their chunks end. Lines end in CR LF (TLCP specification, "General format
 * of responses"); a bare CR or LF is part of the line. Whole lines are handed on where they are, without a copy.
 */
export class LineReader {
  readonly #maxBytes: number
  /** The beginning of a line whose end has not come yet. */
  #rest: Buffer = Buffer.alloc(0)
  #restLength = 0

  constructor(maxBytes = MAX_LINE_BYTES) {
    this.#maxBytes = maxBytes
  }

  /** @throws {RangeError} when a line grows beyond the limit. */
  push(chunk: Uint8Array, onLines: WholeLines, from = 0, to = chunk.length): void {
    let start = from
    if (this.#restLength > 0) {
      start = this.#completeRest(chunk, onLines, from, to)
      if (start === -1) return
    }
    const end = lastLineEnd(chunk, start, to)
    // Kept before anything is told: whoever is told may throw.
    if (end < to) this.#keep(chunk, end, to)
    if (end > start) onLines(chunk, start, end)
  }

  /** Returns where the chunk goes on after the line that it completes, or -1 when it completes none. */
  #completeRest(chunk: Uint8Array, onLines: WholeLines, from: number, to: number): number {
    const isCut = this.#rest[this.#restLength - 1] === CR && from < to && chunk[from] === LF
    const end = isCut ? from + 1 : firstLineEnd(chunk, from, to)
    this.#keep(chunk, from, end === -1 ? to : end)
    if (end === -1) return -1
    const line = this.#rest
    const length = this.#restLength
    // A buffer of its own for each line that was cut: nothing that was handed on is written over.
    this.#rest = Buffer.alloc(0)
    this.#restLength = 0
    onLines(line, 0, length)
    return end
  }

  #keep(chunk: Uint8Array, from: number, to: number): void {
    const length = this.#restLength + to - from
    if (length > this.#maxBytes) {
      throw new RangeError(`expected a line end within ${this.#maxBytes} bytes, but got none; the server is broken`)
    }
    if (length > this.#rest.length) {
      // Doubling: a long line that comes in many small chunks must not be copied once for each.
      const grown = Buffer.alloc(Math.max(FIRST_REST_BYTES, length, this.#rest.length * 2))
      grown.set(this.#rest.subarray(0, this.#restLength))
      this.#rest = grown
    }
    this.#rest.set(chunk.subarray(from, to), this.#restLength)
    this.#restLength = length
  }
}

/** Index after the line end at or after `from`; the caller knows that there is one before `end`. */
export function nextLine(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && !(bytes[at] === LF && bytes[at - 1] === CR && at > from)) at++
  return at + 1
}

function firstLineEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = bytes.indexOf(LF, from); at !== -1 && at < to; at = bytes.indexOf(LF, at + 1)) {
    if (at > from && bytes[at - 1] === CR) return at + 1
  }
  return -1
}

/** Index after the last line end, or `from` when there is none. */
function lastLineEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = to - 1; at > from; at--) {
    if (bytes[at] === LF && bytes[at - 1] === CR) return at + 1
  }
  return from
}
