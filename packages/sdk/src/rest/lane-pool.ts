import type { Clock } from '../ports.ts'
import { LaneConnection, type TlsMemory } from './lane-connection.ts'

// All of these are our choice.
/** Connections kept: one for an order, one for the exit right behind it, one more for a second position's exit. */
const KEPT_CONNECTIONS = 3
const MAX_CONNECTIONS = 8
/** How long an unused connection is trusted where the server does not say. */
const TRUST_MS = 30_000
const MIN_TRUST_MS = 500
/** A connection that lived for less counts as a failure: no server can make us dial in a tight loop. */
const SHORT_LIFE_MS = 2_000
const REDIAL_BASE_MS = 100
const REDIAL_CAP_MS = 10_000
/** The cap where nothing is at rest but what may be dead. */
const DOUBTFUL_REDIAL_CAP_MS = 1_000
/** An attempt that has taken so long when fresh ones are asked for may have begun on a network that is no more. */
const SLOW_DIAL_MS = 2_000

export interface PoolEvents {
  /** Gives a connection that may carry a request; `true` when it was used at once. */
  offer(connection: LaneConnection): boolean
  /** How many wait to be offered one. */
  waiting(): number
  /** The last attempt failed, and there is no other connection. */
  unreachable(cause: Error): void
}

/** Connections to one server that are ready before they are needed and replaced before they are dead. */
export class LanePool {
  readonly #base: URL
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #events: PoolEvents
  readonly #tls: TlsMemory = {}
  /** With the monotonic time at which each was dialled. */
  readonly #connections = new Map<LaneConnection, number>()
  /** The freshest last. */
  readonly #idle: LaneConnection[] = []
  /** Those of the idle that are older than the last refresh. */
  readonly #stale = new Set<LaneConnection>()
  /** One timer for each connection at rest. */
  readonly #trust = new Map<LaneConnection, { cancel(): void }>()
  #trustMs = TRUST_MS
  #failures = 0
  #redial: { readonly dueMs: number; cancel(): void } | null = null
  #isOpen = true
  #onWarm: () => void = () => {}

  constructor(base: URL, clock: Clock, timeoutMs: number, events: PoolEvents) {
    this.#base = base
    this.#clock = clock
    this.#timeoutMs = timeoutMs
    this.#events = events
  }

  /** Resolves when a connection is ready, or the attempt has failed. */
  warm(): Promise<void> {
    return new Promise(resolve => {
      this.#onWarm = resolve
      this.keepSpares()
    })
  }

  /** The freshest connection at rest. */
  take(): LaneConnection | undefined {
    for (;;) {
      const connection = this.#idle.pop()
      if (connection === undefined) return undefined
      // Whatever it carries next will show whether it is alive.
      this.#stale.delete(connection)
      this.#trust.get(connection)?.cancel()
      if (connection.isIdle) return connection
    }
  }

  /** How long the server promises to keep an unused connection. */
  trustFor(ms: number): void {
    this.#trustMs = Math.max(MIN_TRUST_MS, Math.min(TRUST_MS, ms))
  }

  /** Dials what is lacking, unless attempts have just failed. */
  keepSpares(): void {
    if (!this.#isOpen || this.#redial !== null) return
    const connecting = [...this.#connections.keys()].filter(connection => connection.isConnecting).length
    const idle = this.#idle.length - this.#stale.size
    // One stays free for the next order while others wait for answers; an order by itself dials nothing.
    const lacking = Math.max(KEPT_CONNECTIONS - this.#trusted(), 1 + this.#events.waiting() - idle - connecting)
    // A server that keeps failing is tried with one connection at a time.
    const wanted = this.#failures > 0 ? Math.min(1, lacking) : lacking
    for (let count = 0; count < wanted && this.#trusted() < MAX_CONNECTIONS; count++) this.#dial()
  }

  /** As {@link keepSpares}, but a request that waits does not wait for a pause to end where there is nothing else. */
  summon(): void {
    this.keepSpares()
    if (this.#isOpen && this.#trusted() === 0) this.#dial()
  }

  /**
   * The network may have changed, and what was connected over the old one may be dead without our knowing. Fresh
   * connections are dialled at once, or after the pause that a failure began, and take the place of all that are idle.
   */
  refresh(): void {
    if (!this.#isOpen) return
    for (const connection of this.#idle) this.#stale.add(connection)
    this.#dialFresh()
  }

  /** The network is good again: where only connections from before are at rest, fresh ones are tried for now. */
  hurry(): void {
    if (this.#isOpen && this.#idle.length === this.#stale.size) this.#dialFresh()
  }

  /** Nothing is dialled after this. */
  stop(): void {
    this.#isOpen = false
    this.#redial?.cancel()
  }

  destroy(): void {
    for (const connection of [...this.#connections.keys()]) connection.destroy(new Error('closed by this program'))
  }

  #trusted(): number {
    return this.#connections.size - this.#stale.size
  }

  #dialFresh(): void {
    const nowMs = this.#clock.monotonicMs()
    for (const [connection, dialledAtMs] of [...this.#connections]) {
      if (connection.isConnecting && nowMs - dialledAtMs >= SLOW_DIAL_MS) this.#replace(connection)
    }
    if (this.#redial === null) {
      const before = this.#connections.size
      this.keepSpares()
      // However often it is asked for, the next ones come after a pause.
      if (this.#connections.size > before) this.#pauseDialling()
    } else if (this.#redial.dueMs > nowMs + DOUBTFUL_REDIAL_CAP_MS) {
      this.#redialAt(nowMs + DOUBTFUL_REDIAL_CAP_MS)
    }
    if (this.#events.waiting() > 0) this.summon()
  }

  #dial(): void {
    const connection = new LaneConnection(this.#base, this.#tls, {
      ready: ready => {
        timer.cancel()
        for (const stale of [...this.#stale]) this.#replace(stale)
        this.#offer(ready)
        this.#onWarm()
        // The others follow, one at a time.
        if (this.#failures > 0) this.#pauseDialling()
      },
      free: free => this.#rest(free),
      gone: (gone, was, cause) => {
        timer.cancel()
        this.#gone(gone, was, cause)
      },
    })
    this.#connections.set(connection, this.#clock.monotonicMs())
    const timer = this.#clock.at(this.#clock.monotonicMs() + this.#timeoutMs, () =>
      connection.destroy(new Error(`no connection within ${this.#timeoutMs} ms`)),
    )
  }

  #replace(connection: LaneConnection): void {
    this.#stale.add(connection)
    connection.destroy(new Error('replaced by a fresh one'))
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
    if (this.#events.offer(connection)) return
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

  #gone(connection: LaneConnection, was: 'connecting' | 'idle' | 'busy', cause: Error): void {
    const ageMs = this.#clock.monotonicMs() - (this.#connections.get(connection) ?? 0)
    this.#connections.delete(connection)
    this.#trust.get(connection)?.cancel()
    this.#trust.delete(connection)
    const index = this.#idle.indexOf(connection)
    if (index !== -1) this.#idle.splice(index, 1)
    const isReplaced = this.#stale.delete(connection)
    this.#onWarm()
    if (!this.#isOpen) return
    // No failure: a fresh one is there or on its way. Of a young one it is, or else being replaced could go on for ever.
    if (isReplaced && (was === 'connecting' || ageMs >= SHORT_LIFE_MS)) return
    this.#failures = was !== 'connecting' && ageMs >= SHORT_LIFE_MS ? 0 : this.#failures + 1
    if (was === 'connecting' && this.#connections.size === 0) this.#events.unreachable(cause)
    // What broke it may have broken those at rest as well.
    if (was === 'busy') this.refresh()
    this.#pauseDialling()
  }

  /** At least a pause between two attempts, whatever the server does with them. */
  #pauseDialling(): void {
    if (this.#redial !== null) return
    const capMs = this.#stale.size > 0 ? DOUBTFUL_REDIAL_CAP_MS : REDIAL_CAP_MS
    const pauseMs = Math.min(capMs, REDIAL_BASE_MS * 2 ** Math.min(this.#failures, 10))
    this.#redialAt(this.#clock.monotonicMs() + pauseMs)
  }

  #redialAt(dueMs: number): void {
    this.#redial?.cancel()
    const timer = this.#clock.at(dueMs, () => {
      this.#redial = null
      this.keepSpares()
    })
    this.#redial = { dueMs, cancel: () => timer.cancel() }
  }
}
