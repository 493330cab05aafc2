import type { DataCount } from './data-count.ts'
import { LineReader, nextLine } from './line-reader.ts'
import { isDataNotification, type Notification, parseNotification } from './notification.ts'
import { type Trace, withoutSessionId } from './trace.ts'

export interface RouterPorts {
  /** Whether the present session may bring data. */
  isLive(): boolean
  /** A row that counts; returns where the next line starts. */
  row(bytes: Uint8Array, start: number, end: number, receivedAtMs: number): number
  notification(notification: Notification): void
  nonsense(text: string): void
}

const LETTER_U = 0x55
const COMMA = 0x2c

/** From the bytes of one connection to rows and notifications, until it is told to stop. */
export class LineRouter {
  readonly #reader = new LineReader()
  readonly #count: DataCount
  readonly #ports: RouterPorts
  readonly #trace: Trace | undefined
  #isStopped = false
  #receivedAtMs = 0

  constructor(count: DataCount, ports: RouterPorts, trace?: Trace) {
    this.#count = count
    this.#ports = ports
    this.#trace = trace
  }

  /** A line may end its connection: the rest of the chunk then belongs to nobody. */
  stop(): void {
    this.#isStopped = true
  }

  chunk(bytes: Uint8Array, receivedAtMs: number, from = 0, to = bytes.length): void {
    if (this.#isStopped) return
    this.#receivedAtMs = receivedAtMs
    try {
      this.#reader.push(bytes, this.#lines, from, to)
    } catch (error) {
      this.#ports.nonsense(error instanceof Error ? error.message : 'a line without end')
    }
  }

  /** Answers that came beside the stream: no data is among them. */
  answer(body: Uint8Array): void {
    for (const line of textOf(body, 0, body.length).split('\r\n')) {
      if (this.#isStopped) return
      if (line === '') continue
      this.#trace?.({ category: 'received', text: withoutSessionId(line) })
      if (!isDataNotification(line)) this.#ports.notification(parseNotification(line))
    }
  }

  readonly #lines = (bytes: Uint8Array, start: number, end: number): void => {
    let at = start
    while (at < end && !this.#isStopped) {
      if (bytes[at] === LETTER_U && bytes[at + 1] === COMMA) {
        at = this.#row(bytes, at, end)
        continue
      }
      const next = nextLine(bytes, at, end)
      if (next - at > 2) this.#line(textOf(bytes, at, next - 2))
      at = next
    }
  }

  #row(bytes: Uint8Array, at: number, end: number): number {
    this.#trace?.({ category: 'row', text: textOf(bytes, at, nextLine(bytes, at, end) - 2) })
    if (!this.#ports.isLive()) this.#ports.nonsense(EARLY)
    else if (this.#count.take()) return this.#ports.row(bytes, at, end, this.#receivedAtMs)
    return nextLine(bytes, at, end)
  }

  #line(line: string): void {
    this.#trace?.({ category: 'received', text: withoutSessionId(line) })
    if (isDataNotification(line)) {
      if (!this.#ports.isLive()) return this.#ports.nonsense(EARLY)
      if (!this.#count.take()) return
    }
    this.#ports.notification(parseNotification(line))
  }
}

const EARLY = 'data came before the session was bound'

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
}
