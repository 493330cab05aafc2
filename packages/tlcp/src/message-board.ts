import type { Notification } from './notification.ts'
import { parameters } from './request.ts'

/** What became of a message. */
export type MessageOutcome =
  /** `response`: from TLCP 2.5.0 on, where the adapter gives one. */
  | { readonly kind: 'done'; readonly response: string | null }
  /** The server refused or failed it; zero and below are of its own adapter. */
  | { readonly kind: 'failed'; readonly code: number; readonly text: string }
  /** It has not left this program, and will not. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** It may have been processed or not: nobody told us. */
  | { readonly kind: 'unknown'; readonly reason: string }

export interface MessageOptions {
  /** Messages of one sequence are processed in the order sent, each once. Letters, digits and underscores. */
  readonly sequence?: string
  /** How long the server waits for the missing ones before it; sequences only. */
  readonly maxWaitMs?: number
}

export interface MessagePorts {
  nextRequestId(): number
  isLive(): boolean
  takes(bytes: number): boolean
  send(lines: readonly string[]): void
}

interface Sent {
  readonly sequence: string | null
  readonly number: number
  readonly text: string
  readonly maxWaitMs: number | undefined
  requestId: number
  isReceived: boolean
  readonly settle: (outcome: MessageOutcome) => void
}

/** Our choice: more than these unanswered at once are not sent. */
const MAX_UNANSWERED = 1_000
/** TLCP specification, "msg", LS_sequence. */
const RESERVED_SEQUENCE = 'UNORDERED_MESSAGES'
/** TLCP specification, "Request error codes": the number was seen before. */
const NUMBERS_SEEN: ReadonlySet<number> = new Set([32, 33])
/** The text says how many messages, this one the last, were skipped. */
const SKIPPED_MANY = 39

/** Messages to the server's adapter (TLCP specification, "msg"). Each is sent once, unless a repetition provably changes nothing. */
export class MessageBoard {
  readonly #ports: MessagePorts
  #sent: Sent[] = []
  /** The last number of each sequence in this session; `null`: of those without one. */
  readonly #numbers = new Map<string | null, number>()

  constructor(ports: MessagePorts) {
    this.#ports = ports
  }

  /** @throws {RangeError} for a sequence or a wait that the protocol does not allow. */
  send(text: string, { sequence, maxWaitMs }: MessageOptions = {}): Promise<MessageOutcome> {
    checkOptions(sequence, maxWaitMs)
    if (!this.#ports.isLive()) return Promise.resolve(NOT_CONNECTED)
    if (this.#sent.length >= MAX_UNANSWERED) return Promise.resolve(TOO_MANY)
    const key = sequence ?? null
    const number = (this.#numbers.get(key) ?? 0) + 1
    return new Promise(settle => {
      const requestId = this.#ports.nextRequestId()
      const message: Sent = { sequence: key, number, text, maxWaitMs, requestId, isReceived: false, settle }
      const line = lineOf(message)
      if (!this.#ports.takes(line.length)) return settle(TOO_LONG)
      this.#numbers.set(key, number)
      this.#sent.push(message)
      this.#ports.send([line])
    })
  }

  handle(notification: Notification): void {
    switch (notification.kind) {
      case 'request-done': {
        const message = this.#sent.find(({ requestId }) => requestId === notification.requestId)
        if (message !== undefined) message.isReceived = true
        return
      }
      case 'request-refused': {
        const { requestId, code, text } = notification
        const message = this.#sent.find(sent => sent.requestId === requestId)
        // A repetition that was not needed: its outcome comes all the same.
        if (message === undefined || (message.isReceived && NUMBERS_SEEN.has(code))) return
        return this.#settle([message], { kind: 'failed', code, text })
      }
      case 'message-done': {
        const { sequence, number, response } = notification
        return this.#settle(this.#find(sequence, number, 1), { kind: 'done', response })
      }
      case 'message-failed': {
        const { sequence, number, code, text } = notification
        const count = code === SKIPPED_MANY && /^\d{1,9}$/.test(text) ? Number(text) : 1
        return this.#settle(this.#find(sequence, number, count), { kind: 'failed', code, text })
      }
      default:
        return
    }
  }

  /** The session goes on over another connection. */
  repeatRequests(): void {
    const lines: string[] = []
    for (const message of this.#sent.filter(({ isReceived }) => !isReceived)) {
      if (message.sequence === null) {
        // Nothing would tell the server that it is the same one.
        this.#settle([message], { kind: 'unknown', reason: 'the connection was lost before the server confirmed it' })
        continue
      }
      // The same number again: the server takes it once (TLCP specification, "msg", LS_msg_prog).
      message.requestId = this.#ports.nextRequestId()
      message.isReceived = true
      lines.push(lineOf(message))
    }
    if (lines.length > 0) this.#ports.send(lines)
  }

  /** Another session begins, or none: numbers start anew, and no answer will come. */
  sessionGone(reason: string): void {
    this.#numbers.clear()
    this.#settle(this.#sent, { kind: 'unknown', reason })
  }

  #find(sequence: string | null, last: number, count: number): readonly Sent[] {
    return this.#sent.filter(sent => sent.sequence === sequence && sent.number > last - count && sent.number <= last)
  }

  #settle(messages: readonly Sent[], outcome: MessageOutcome): void {
    if (messages.length === 0) return
    const settled = new Set(messages)
    this.#sent = this.#sent.filter(sent => !settled.has(sent))
    for (const { settle } of settled) settle(outcome)
  }
}

const NOT_CONNECTED: MessageOutcome = { kind: 'not-sent', reason: 'there is no session now' }
const TOO_MANY: MessageOutcome = { kind: 'not-sent', reason: `${MAX_UNANSWERED} messages wait for their answers` }
const TOO_LONG: MessageOutcome = { kind: 'not-sent', reason: 'the server takes no request of this length' }

function lineOf({ requestId, text, sequence, number, maxWaitMs }: Sent): string {
  return parameters({
    LS_reqId: requestId,
    LS_message: text,
    LS_sequence: sequence ?? undefined,
    LS_msg_prog: number,
    LS_max_wait: maxWaitMs,
  })
}

function checkOptions(sequence: string | undefined, maxWaitMs: number | undefined): void {
  if (sequence !== undefined && (!/^\w+$/.test(sequence) || sequence === RESERVED_SEQUENCE)) {
    throw new RangeError(`expected a sequence of letters, digits and underscores, but got ${JSON.stringify(sequence)}`)
  }
  if (maxWaitMs === undefined) return
  if (sequence === undefined) throw new RangeError('expected maxWaitMs with a sequence, but there is none; name one')
  if (Number.isSafeInteger(maxWaitMs) && maxWaitMs >= 0) return
  throw new RangeError(`expected maxWaitMs to be a whole number of milliseconds, but got ${maxWaitMs}`)
}
