import { TransportError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { HttpResponse } from './http-response.ts'
import { type ExchangeEnd, LaneConnection, type TlsMemory } from './lane-connection.ts'

/** How the sending of one request ended. */
export type Exchange =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  /** No byte of it left. */
  | { readonly kind: 'unsent'; readonly cause: Error }
  /** It left, wholly or in part, and no readable answer came. */
  | { readonly kind: 'unknown'; readonly cause: Error }

// All of these are our choice.
/** Connections kept: one for an order, one for the exit right behind it, one more for a second position's exit. */
const KEPT_CONNECTIONS = 3
const MAX_CONNECTIONS = 8
/** How long an unused connection is trusted where the server does not say. */
const TRUST_MS = 30_000
/** How much earlier than the server announces. */
const TRUST_MARGIN_MS = 1_000
/** A connection that lived for less counts as a failure: no server can make us dial in a tight loop. */
const SHORT_LIFE_MS = 2_000
const REDIAL_BASE_MS = 100
const REDIAL_CAP_MS = 10_000

interface Waiter {
  readonly request: string
  readonly onWire: () => void
  /** It is about to be written: from here on it can no longer end as unsent. */
  readonly leave: () => void
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
  readonly #tls: TlsMemory = {}
  /** With the monotonic time at which each was dialled. */
  readonly #connections = new Map<LaneConnection, number>()
  /** The freshest last. */
  readonly #idle: LaneConnection[] = []
  /** One timer for each connection at rest. */
  readonly #trust = new Map<LaneConnection, { cancel(): void }>()
  readonly #waiters = new Set<Waiter>()
  readonly #inFlight = new Set<Promise<unknown>>()
  #trustMs = TRUST_MS
  #failures = 0
  #redial: { cancel(): void } | null = null
  #isOpen = true
  #onWarm: () => void = () => {}

  constructor(base: URL, clock: Clock, timeoutMs: number) {
    this.#base = base
    this.#clock = clock
    this.#timeoutMs = timeoutMs
  }

  /** Resolves when a connection is ready, or the attempt has failed: the first order then says why. */
  warm(): Promise<void> {
    return new Promise(resolve => {
      this.#onWarm = resolve
      this.#keepSpares()
    })
  }

  /**
   * @param request head and body, complete.
   * @param onWire called just before the first byte is handed to the socket.
   */
  send(request: string, onWire: () => void): Promise<Exchange> {
    const connection = this.#isOpen ? this.#takeIdle() : undefined
    const exchange =
      connection === undefined ? this.#enqueue(request, onWire) : this.#write(connection, request, onWire)
    this.#inFlight.add(exchange)
    void exchange.finally(() => this.#inFlight.delete(exchange))
    return exchange
  }

  /** Lets what was sent be answered, within its timeout, and leaves nothing open. */
  async close(): Promise<void> {
    this.#isOpen = false
    this.#redial?.cancel()
    this.#failWaiters(new TransportError('closed', 'expected an open connection, but it was closed; connect again'))
    await Promise.allSettled(this.#inFlight)
    for (const connection of [...this.#connections.keys()]) connection.destroy(new Error('closed by this program'))
  }

  #takeIdle(): LaneConnection | undefined {
    for (;;) {
      const connection = this.#idle.pop()
      if (connection === undefined || connection.isIdle) return connection
    }
  }

  async #write(connection: LaneConnection, request: string, onWire: () => void): Promise<Exchange> {
    this.#trust.get(connection)?.cancel()
    onWire()
    const answer = connection.send(request)
    this.#keepSpares()
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
      if (hint !== undefined) this.#trustMs = Math.max(500, Math.min(TRUST_MS, Number(hint) * 1000 - TRUST_MARGIN_MS))
      return end
    }
    const advice = 'do not send it again: ask confirms and positions'
    const text = `expected an answer from ${this.#base.host}, but ${end.cause.message}; ${advice}`
    return { kind: 'unknown', cause: new TransportError('no-answer', text, end.cause) }
  }

  #enqueue(request: string, onWire: () => void): Promise<Exchange> {
    return new Promise(resolve => {
      if (!this.#isOpen) {
        const cause = new TransportError('closed', 'expected an open connection, but it was closed; connect again')
        return resolve({ kind: 'unsent', cause })
      }
      const timer = this.#clock.at(this.#clock.monotonicMs() + this.#timeoutMs, () => {
        this.#waiters.delete(waiter)
        resolve({ kind: 'unsent', cause: this.#unreachable(`no connection within ${this.#timeoutMs} ms`) })
      })
      const waiter: Waiter = {
        request,
        onWire,
        leave: () => timer.cancel(),
        end(exchange) {
          timer.cancel()
          resolve(exchange)
        },
      }
      this.#waiters.add(waiter)
      this.#keepSpares()
      // Asked for while the lane rests after a failure: an order does not wait for a pause to end.
      if (this.#connections.size === 0) this.#dial()
    })
  }

  /**
   * A server that closes the connection right after its answer is heard of only in a later turn. Until then the connection
   * carries nothing; the spare one is there for that.
   */
  #rest(connection: LaneConnection): void {
    this.#trust.set(
      connection,
      this.#clock.at(this.#clock.monotonicMs(), () => this.#offer(connection)),
    )
  }

  #offer(connection: LaneConnection): void {
    const [waiter] = this.#waiters
    if (waiter !== undefined) {
      this.#waiters.delete(waiter)
      waiter.leave()
      void this.#write(connection, waiter.request, waiter.onWire).then(exchange => waiter.end(exchange))
      return
    }
    this.#idle.push(connection)
    this.#trust.get(connection)?.cancel()
    this.#trust.set(
      connection,
      this.#clock.at(this.#clock.monotonicMs() + this.#trustMs, () => this.#distrust(connection)),
    )
    while (this.#idle.length > KEPT_CONNECTIONS) this.#idle.shift()?.destroy(new Error('replaced by a fresher one'))
  }

  /** A connection idle for long may be dead without our knowing: a fresh one takes its place before an order needs it. */
  #distrust(connection: LaneConnection): void {
    if (!this.#isOpen || !this.#idle.includes(connection)) return
    this.#dial()
  }

  #keepSpares(): void {
    if (!this.#isOpen || this.#redial !== null) return
    const connecting = [...this.#connections.keys()].filter(connection => connection.isConnecting).length
    // One stays free for the next order while others wait for answers; an order by itself dials nothing.
    const lacking = Math.max(
      KEPT_CONNECTIONS - this.#connections.size,
      1 + this.#waiters.size - this.#idle.length - connecting,
    )
    // A server that keeps failing is tried with one connection at a time.
    const wanted = this.#failures > 0 ? Math.min(1, lacking) : lacking
    for (let count = 0; count < wanted && this.#connections.size < MAX_CONNECTIONS; count++) this.#dial()
  }

  #dial(): void {
    const connection = new LaneConnection(this.#base, this.#tls, {
      ready: ready => {
        timer.cancel()
        this.#offer(ready)
        this.#onWarm()
      },
      free: free => this.#rest(free),
      gone: (gone, wasReady, cause) => {
        timer.cancel()
        this.#gone(gone, wasReady, cause)
      },
    })
    this.#connections.set(connection, this.#clock.monotonicMs())
    const timer = this.#clock.at(this.#clock.monotonicMs() + this.#timeoutMs, () =>
      connection.destroy(new Error(`no connection within ${this.#timeoutMs} ms`)),
    )
  }

  #gone(connection: LaneConnection, wasReady: boolean, cause: Error): void {
    const ageMs = this.#clock.monotonicMs() - (this.#connections.get(connection) ?? 0)
    this.#connections.delete(connection)
    this.#trust.get(connection)?.cancel()
    this.#trust.delete(connection)
    const index = this.#idle.indexOf(connection)
    if (index !== -1) this.#idle.splice(index, 1)
    this.#onWarm()
    if (!this.#isOpen) return
    this.#failures = wasReady && ageMs >= SHORT_LIFE_MS ? 0 : this.#failures + 1
    if (!wasReady && this.#connections.size === 0) this.#failWaiters(this.#unreachable(cause.message, cause))
    // At least a pause between two attempts, whatever the server does with them.
    if (this.#redial !== null) return
    const pauseMs = Math.min(REDIAL_CAP_MS, REDIAL_BASE_MS * 2 ** Math.min(this.#failures, 10))
    this.#redial = this.#clock.at(this.#clock.monotonicMs() + pauseMs, () => {
      this.#redial = null
      this.#keepSpares()
    })
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
