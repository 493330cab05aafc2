import type { HttpResponse } from './http-response.ts'
import type { Carried, LaneConnection } from './lane-connection.ts'
import type { Exchange, HttpRequest, OrderOptions } from './transport.ts'
import { type Asked, abortedAfter, abortedBefore, noAnswer, notConnected } from './transport-failure.ts'

/** Whoever started it. */
export interface SendingOwner {
  readonly base: URL
  nowMs(): number
  /** It is over; once. */
  ended(sending: Sending): void
  /** How long the server promises to keep the connection of an answer. */
  keptFor(ms: number): void
}

export interface SendingTerms {
  readonly asked: Asked
  /** For the answer, from the first byte on. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
  /** Called just before the first byte is handed to the socket. */
  readonly onWire: (() => void) | null
  readonly isAnswer: OrderOptions['isAnswer']
}

/** One request on the lane: waiting for a connection, then on the wire, then over. */
export class Sending implements Carried {
  /** One character a byte. */
  readonly text: string
  /** When waiting, or the wait for the answer, is over (monotonic). */
  dueMs: number
  readonly #owner: SendingOwner
  readonly #request: HttpRequest
  readonly #terms: SendingTerms
  readonly #waitMs: number
  readonly #finish: (exchange: Exchange) => void
  readonly #onAbort: (() => void) | null
  #connection: LaneConnection | null = null
  #isCalledOff = false
  #isOver = false

  constructor(
    owner: SendingOwner,
    request: HttpRequest,
    text: string,
    waitMs: number,
    terms: SendingTerms,
    finish: (exchange: Exchange) => void,
  ) {
    this.#owner = owner
    this.#request = request
    this.text = text
    this.#waitMs = waitMs
    this.dueMs = owner.nowMs() + waitMs
    this.#terms = terms
    this.#finish = finish
    this.#onAbort = terms.signal === undefined ? null : () => this.#abort()
    if (this.#onAbort !== null) terms.signal?.addEventListener('abort', this.#onAbort)
  }

  /** `false`: it was called off at the last moment, and nothing was written. */
  leaveOn(connection: LaneConnection): boolean {
    this.#tell()
    if (this.#isOver) return false
    this.#connection = connection
    this.dueMs = this.#owner.nowMs() + this.#terms.timeoutMs
    connection.carry(this.text, this)
    return true
  }

  expire(): void {
    const connection = this.#connection
    if (connection !== null) return connection.destroy(new Error(`no answer within ${this.#terms.timeoutMs} ms`))
    this.unreachable(new Error(`no connection within ${this.#waitMs} ms`))
  }

  unreachable(cause: Error): void {
    this.#unsent(notConnected(this.#owner.base, this.#request, cause))
  }

  /** Goes on if it is on the wire. */
  stopWaiting(causeFor: (request: HttpRequest) => Error): void {
    if (this.#connection === null) this.#unsent(causeFor(this.#request))
  }

  #unsent(cause: Error): void {
    this.#end({ kind: 'unsent', cause })
  }

  answered(response: HttpResponse, keptForMs: number | null): boolean {
    if (keptForMs !== null) this.#owner.keptFor(keptForMs)
    if (!this.#isAnswer(response)) {
      // The one to this request may come yet, and would be taken for the next one's.
      this.broken(new Error('the answer was to another request'))
      return false
    }
    this.#end({ kind: 'answered', response })
    // Something on the way to the broker has given up: what it gave up on may yet answer here.
    return response.status < 500 && response.status !== 408
  }

  broken(cause: Error): void {
    const { asked } = this.#terms
    const failure = this.#isCalledOff
      ? abortedAfter(this.#request, asked)
      : noAnswer(this.#owner.base, this.#request, asked, cause)
    this.#end({ kind: 'unknown', cause: failure })
  }

  #isAnswer(response: HttpResponse): boolean {
    try {
      return this.#terms.isAnswer === undefined || this.#terms.isAnswer(response)
    } catch {
      return false
    }
  }

  #abort(): void {
    const connection = this.#connection
    if (connection === null) return this.#unsent(abortedBefore(this.#request))
    this.#isCalledOff = true
    connection.callOff(new Error('the caller stopped waiting'))
  }

  #tell(): void {
    try {
      this.#terms.onWire?.()
    } catch (error) {
      // A measurement must not cost the order; its fault is thrown again, outside.
      queueMicrotask(() => {
        throw error
      })
    }
  }

  #end(exchange: Exchange): void {
    this.#isOver = true
    if (this.#onAbort !== null) this.#terms.signal?.removeEventListener('abort', this.#onAbort)
    this.#owner.ended(this)
    this.#finish(exchange)
  }
}
