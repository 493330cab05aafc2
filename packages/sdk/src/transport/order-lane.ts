import type { Clock } from '../ports.ts'
import { DueTimer } from './due-timer.ts'
import type { HttpResponse } from './http-response.ts'
import type { LaneConnection } from './lane-connection.ts'
import { LanePool } from './lane-pool.ts'
import { RequestWriter } from './request-writer.ts'
import { Sending, type SendingOwner, type SendingTerms } from './sending.ts'
import { checkTimes } from './time-limit.ts'
import type { Exchange, HttpRequest, OrderOptions, SendOptions } from './transport.ts'
import { abortedBefore, closedBefore, waitEnded } from './transport-failure.ts'

// Both are our choice.
/** How much earlier than the server announces an unused connection is no longer trusted. */
const TRUST_MARGIN_MS = 1_000
const DIAL_TIMEOUT_MS = 10_000

/**
 * The way of orders to the broker: warm connections of their own, so that an order never stands behind a read, is written
 * in the very turn of its call, and is written once. Nothing here sends anything twice.
 */
export class OrderLane {
  readonly #pool: LanePool
  readonly #writer: RequestWriter
  readonly #owner: SendingOwner
  /** Everything that is not over: few, and in no order. */
  readonly #sendings: Sending[] = []
  /** Those of them that have no connection yet, the first first. */
  readonly #waiting = new Set<Sending>()
  readonly #deadlines: DueTimer
  #isOpen = true
  #onDrained: (() => void) | null = null

  constructor(base: URL, clock: Clock, dialTimeoutMs = DIAL_TIMEOUT_MS) {
    this.#writer = new RequestWriter(base)
    this.#deadlines = new DueTimer(clock, nowMs => this.#expire(nowMs))
    this.#owner = {
      base,
      nowMs: () => clock.monotonicMs(),
      ended: sending => this.#ended(sending),
      keptFor: ms => this.#pool.trustFor(ms - TRUST_MARGIN_MS),
    }
    this.#pool = new LanePool(base, clock, dialTimeoutMs, {
      offer: connection => this.#offer(connection),
      waiting: () => this.#waiting.size,
      unreachable: cause => {
        for (const sending of [...this.#waiting]) sending.unreachable(cause)
      },
    })
  }

  /** Resolves when a connection is ready, or the attempt has failed: the first order then says why. */
  warm(): Promise<void> {
    return this.#isOpen ? this.#pool.warm() : Promise.resolve()
  }

  /** An order that had to wait for a connection has its whole time for the answer. Never throws, never rejects. */
  send(request: HttpRequest, options: OrderOptions): Promise<Exchange> {
    if (options.signal?.aborted) return unsent(abortedBefore(request))
    let text: string
    try {
      checkTimes(options)
      text = this.#writer.write(request)
    } catch (error) {
      return unsent(error instanceof Error ? error : new Error(String(error)))
    }
    if (!this.#isOpen) return unsent(closedBefore(request))
    return new Promise(resolve => {
      const terms: SendingTerms = {
        asked: 'order',
        timeoutMs: options.timeoutMs,
        signal: options.signal,
        onWire: () => options.onWire(),
        isAnswer: options.isAnswer,
      }
      const waitMs = options.connectWithinMs ?? options.timeoutMs
      const sending = new Sending(this.#owner, request, text, waitMs, terms, resolve)
      this.#sendings.push(sending)
      const connection = this.#pool.take()
      if (connection !== undefined) return this.#leave(sending, connection)
      this.#waiting.add(sending)
      this.#deadlines.expect(sending.dueMs)
      this.#pool.summon()
    })
  }

  /**
   * A request that is no order, over a connection that no order needs; `null` where there is none to spare.
   * @throws {TransportError | InvalidInputError} as a rejection; the former when no whole answer came.
   */
  sendSpare(request: HttpRequest, options: SendOptions): Promise<HttpResponse> | null {
    if (!this.#isOpen || options.signal?.aborted) return null
    let text: string
    try {
      checkTimes(options)
      text = this.#writer.write(request)
    } catch (error) {
      return Promise.reject(error)
    }
    const connection = this.#pool.takeSpare()
    if (connection === undefined) return null
    return new Promise((resolve, reject) => {
      const { timeoutMs, signal } = options
      const terms: SendingTerms = { asked: 'other', timeoutMs, signal, onWire: null, isAnswer: undefined }
      const sending = new Sending(this.#owner, request, text, 0, terms, exchange => {
        if (exchange.kind === 'answered') resolve(exchange.response)
        else reject(exchange.cause)
      })
      this.#sendings.push(sending)
      this.#leave(sending, connection)
    })
  }

  /** The network may have changed: fresh connections take the place of all that are idle, as soon as one is ready. */
  refresh(): void {
    this.#pool.refresh()
  }

  /** The network is good again: fresh connections that a refresh could not get are tried for now. */
  hurry(): void {
    this.#pool.hurry()
  }

  /** Orders that wait for a connection end as `unsent`, with this cause if one is given. */
  stopWaiting(cause?: Error): void {
    this.#stopWaiting(request => cause ?? waitEnded(request))
  }

  /** Ends the waits, then lets what was sent be answered, within its timeout, and leaves nothing open. */
  async close(): Promise<void> {
    this.#isOpen = false
    this.#pool.stop()
    this.#stopWaiting(closedBefore)
    if (this.#sendings.length > 0) {
      await new Promise<void>(resolve => {
        const before = this.#onDrained
        this.#onDrained = () => {
          before?.()
          resolve()
        }
      })
    }
    this.#deadlines.stop()
    this.#pool.destroy()
  }

  /** Also an order that is about to leave, and has just told so. */
  #stopWaiting(causeFor: (request: HttpRequest) => Error): void {
    for (const sending of [...this.#sendings]) sending.stopWaiting(causeFor)
  }

  #leave(sending: Sending, connection: LaneConnection): void {
    if (!sending.leaveOn(connection)) return this.#pool.giveBack(connection)
    this.#deadlines.expect(sending.dueMs)
    this.#pool.keepSpares()
  }

  #ended(sending: Sending): void {
    const last = this.#sendings.pop()
    if (last !== undefined && last !== sending) this.#sendings[this.#sendings.indexOf(sending)] = last
    this.#waiting.delete(sending)
    if (this.#sendings.length === 0) this.#onDrained?.()
  }

  #offer(connection: LaneConnection): boolean {
    if (this.#waiting.size === 0) return false
    const nowMs = this.#owner.nowMs()
    for (const sending of [...this.#waiting]) {
      // Its timer is late, as after the machine slept: what it asks for was meant for another moment.
      if (nowMs >= sending.dueMs) {
        sending.expire()
        continue
      }
      this.#waiting.delete(sending)
      this.#leave(sending, connection)
      return true
    }
    return false
  }

  #expire(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY
    for (const sending of [...this.#sendings]) {
      if (nowMs >= sending.dueMs) sending.expire()
      else nextMs = Math.min(nextMs, sending.dueMs)
    }
    return nextMs
  }
}

function unsent(cause: Error): Promise<Exchange> {
  return Promise.resolve({ kind: 'unsent', cause })
}
