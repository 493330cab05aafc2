export interface FrameEvents {
  /** A piece of a message: what of it is in this chunk. */
  data(chunk: Uint8Array, from: number, to: number): void
  /** A whole control frame. */
  control(frame: Uint8Array): void
  /** From here on nothing is read here any more, because somebody else has to judge it. */
  other(rest: Uint8Array): void
}

// RFC 6455, section 5.2.
const FIN = 0x80
const RESERVED = 0x70
const OPCODE = 0x0f
const MASKED = 0x80
const TEXT = 1
const BINARY = 2
const CLOSE = 8
const PONG = 10
const TWO_BYTES = 126
const EIGHT_BYTES = 127

/**
 * Finds the messages in what a server sends over a WebSocket, where they are, without a copy. Reads what nearly every frame is:
 * a whole message, unmasked, without extensions. Control frames, and everything from the first other frame on, are handed on.
 */
export class FrameReader {
  readonly #maxBytes: number
  /** Of the present message. */
  #left = 0
  /** A head, or a control frame, that has not come whole yet. */
  #rest: Uint8Array | null = null
  #isOver = false

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  push(piece: Uint8Array, events: FrameEvents): void {
    if (this.#isOver) return events.other(piece)
    const chunk = this.#rest === null ? piece : Buffer.concat([this.#rest, piece])
    this.#rest = null
    const end = chunk.length
    let at = 0
    while (at < end) {
      if (this.#left > 0) {
        const to = Math.min(at + this.#left, end)
        this.#left -= to - at
        const from = at
        at = to
        events.data(chunk, from, to)
        continue
      }
      const next = this.#head(chunk, at, events)
      if (next === -1) return
      at = next
    }
  }

  /** Reads a head, or a control frame; returns where to go on, or -1 when there is nothing more to read. */
  #head(chunk: Uint8Array, at: number, events: FrameEvents): number {
    const available = chunk.length - at
    if (available < 2) return this.#wait(chunk, at)
    const first = chunk[at]!
    const second = chunk[at + 1]!
    const opcode = first & OPCODE
    if ((first & (FIN | RESERVED)) !== FIN || second >= MASKED) return this.#giveUp(chunk, at, events)
    if (opcode === TEXT || opcode === BINARY) {
      if (second < TWO_BYTES) {
        this.#left = second
        return at + 2
      }
      const head = second === EIGHT_BYTES ? 10 : 4
      if (available < head) return this.#wait(chunk, at)
      const length = lengthOf(chunk, at + 2, head - 2)
      if (length > this.#maxBytes) return this.#giveUp(chunk, at, events)
      this.#left = length
      return at + head
    }
    if (opcode < CLOSE || opcode > PONG || second >= TWO_BYTES) return this.#giveUp(chunk, at, events)
    const next = at + 2 + second
    if (next > chunk.length) return this.#wait(chunk, at)
    // After a close nothing counts any more.
    if (opcode === CLOSE) return this.#giveUp(chunk, at, events)
    events.control(chunk.subarray(at, next))
    return next
  }

  #wait(chunk: Uint8Array, at: number): number {
    this.#rest = chunk.subarray(at)
    return -1
  }

  #giveUp(chunk: Uint8Array, at: number, events: FrameEvents): number {
    this.#isOver = true
    events.other(chunk.subarray(at))
    return -1
  }
}

function lengthOf(bytes: Uint8Array, from: number, size: number): number {
  let length = 0
  for (let at = from; at < from + size; at++) length = length * 256 + bytes[at]!
  return length
}
