import { TransportError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { HttpResponse } from './http-response.ts'
import type { ExchangeEnd, LaneConnection } from './lane-connection.ts'
import { LanePool } from './lane-pool.ts'

/** How the sending of one request ended. */
export type Exchange =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  /** No byte of it left. */
  | { readonly kind: 'unsent'; readonly cause: Error }
  /** It left, wholly or in part, and no readable answer came. */
  | { readonly kind: 'unknown'; readonly cause: Error }

/** Our choice: how much earlier than the server announces an unused connection is no longer trusted. */
const TRUST_MARGIN_MS = 1_000

interface Waiter {
  readonly request: string
  readonly onWire: () => void
  /** From then on it must not leave (monotonic). */
  readonly dueMs: number
  /** It is about to be written: from here on it can no longer end as unsent. */
  readonly leave: () => void
  readonly expire: () => void
  readonly end: (exchange: Exchange) => void
}

/**
 * The way of orders to the broker: warm connections of their own, so that an order never stands behind a read, is written
 * in the very turn of its call, and is written once. Nothing here sends anything twice.
 */
export class OrderLane {
  readonly #base: URL
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #pool: LanePool
  readonly #waiters = new Set<Waiter>()
  readonly #inFlight = new Set<Promise<unknown>>()
  #isOpen = true

  constructor(base: URL, clock: Clock, timeoutMs: number) {
    this.#base = base
    this.#clock = clock
    this.#timeoutMs = timeoutMs
    this.#pool = new LanePool(base, clock, timeoutMs, {
      offer: connection => this.#offer(connection),
      waiting: () => this.#waiters.size,
      unreachable: cause => this.#failWaiters(this.#unreachable(cause.message, cause)),
    })
  }

  /** Resolves when a connection is ready, or the attempt has failed: the first order then says why. */
  warm(): Promise<void> {
    return this.#pool.warm()
  }

  /**
   * @param request head and body, complete.
   * @param onWire called just before the first byte is handed to the socket.
   * @param connectWithinMs how long it may wait for a connection.
   */
  send(request: string, onWire: () => void, connectWithinMs = this.#timeoutMs): Promise<Exchange> {
    const connection = this.#isOpen ? this.#pool.take() : undefined
    const exchange =
      connection === undefined
        ? this.#enqueue(request, onWire, connectWithinMs)
        : this.#write(connection, request, onWire)
    this.#inFlight.add(exchange)
    void exchange.finally(() => this.#inFlight.delete(exchange))
    return exchange
  }

  /** The network may have changed: fresh connections take the place of all that are idle, as soon as one is ready. */
  refresh(): void {
    this.#pool.refresh()
  }

  /** The network is good again: fresh connections that a refresh could not get are tried for now. */
  hurry(): void {
    this.#pool.hurry()
  }

  /** Lets what was sent be answered, within its timeout, and leaves nothing open. */
  async close(): Promise<void> {
    this.#isOpen = false
    this.#pool.stop()
    this.#failWaiters(new TransportError('closed', 'expected an open connection, but it was closed; connect again'))
    await Promise.allSettled(this.#inFlight)
    this.#pool.destroy()
  }

  async #write(connection: LaneConnection, request: string, onWire: () => void): Promise<Exchange> {
    onWire()
    const answer = connection.send(request)
    this.#pool.keepSpares()
    const timer = this.#clock.at(this.#clock.monotonicMs() + this.#timeoutMs, () =>
      connection.destroy(new Error(`no answer within ${this.#timeoutMs} ms`)),
    )
    const end = await answer
    timer.cancel()
    return this.#judge(end)
  }

  #judge(end: ExchangeEnd): Exchange {
    if (end.kind === 'answered') {
      const hint = /timeout=(\d{1,6})/i.exec(end.response.headers.get('keep-alive') ?? '')?.[1]
      if (hint !== undefined) this.#pool.trustFor(Number(hint) * 1000 - TRUST_MARGIN_MS)
      return end
    }
    const advice = 'do not send it again: ask confirms and positions'
    const text = `expected an answer from ${this.#base.host}, but ${end.cause.message}; ${advice}`
    return { kind: 'unknown', cause: new TransportError('no-answer', text, end.cause) }
  }

  #enqueue(request: string, onWire: () => void, withinMs: number): Promise<Exchange> {
    return new Promise(resolve => {
      if (!this.#isOpen) {
        const cause = new TransportError('closed', 'expected an open connection, but it was closed; connect again')
        return resolve({ kind: 'unsent', cause })
      }
      const dueMs = this.#clock.monotonicMs() + withinMs
      const expire = (): void => {
        this.#waiters.delete(waiter)
        resolve({ kind: 'unsent', cause: this.#unreachable(`no connection within ${withinMs} ms`) })
      }
      const timer = this.#clock.at(dueMs, expire)
      const waiter: Waiter = {
        request,
        onWire,
        dueMs,
        leave: () => timer.cancel(),
        expire,
        end(exchange) {
          timer.cancel()
          resolve(exchange)
        },
      }
      this.#waiters.add(waiter)
      this.#pool.summon()
    })
  }

  #offer(connection: LaneConnection): boolean {
    const waiter = this.#nextWaiter()
    if (waiter === undefined) return false
    void this.#write(connection, waiter.request, waiter.onWire).then(exchange => waiter.end(exchange))
    return true
  }

  #nextWaiter(): Waiter | undefined {
    for (const waiter of [...this.#waiters]) {
      this.#waiters.delete(waiter)
      waiter.leave()
      if (this.#clock.monotonicMs() < waiter.dueMs) return waiter
      // Its timer is late, as after the machine slept: what it asks for was meant for another moment.
      waiter.expire()
    }
    return undefined
  }

  #failWaiters(cause: Error): void {
    for (const waiter of [...this.#waiters]) waiter.end({ kind: 'unsent', cause })
    this.#waiters.clear()
  }

  #unreachable(reason: string, cause?: Error): TransportError {
    const text = `expected a connection to ${this.#base.host}, but ${reason}; nothing was sent, check the network`
    return new TransportError('not-connected', text, cause)
  }
}
