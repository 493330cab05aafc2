import type { Clock } from '../ports.ts'
import { DueTimer } from './due-timer.ts'
import { type ConnectionEvents, LaneConnection, type TlsMemory } from './lane-connection.ts'
import { LaneRest } from './lane-rest.ts'

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

/** What is known of a connection. Monotonic milliseconds. */
interface Known {
  readonly dialledAtMs: number
  readonly dialTimer: { cancel(): void }
  /** When it was last laid to rest; Infinity once a fresh one was dialled in its place. */
  idleSinceMs: number
}

/** Connections to one server that are ready before they are needed and replaced before they are dead. */
export class LanePool {
  readonly #base: URL
  readonly #clock: Clock
  readonly #dialTimeoutMs: number
  readonly #events: PoolEvents
  readonly #tls: TlsMemory = {}
  readonly #connections = new Map<LaneConnection, Known>()
  /** Those of them that are not connected yet. */
  #connecting = 0
  /** The freshest last. */
  readonly #idle: LaneConnection[] = []
  /** Those of the idle that are older than the last refresh. */
  readonly #stale = new Set<LaneConnection>()
  readonly #rest = new LaneRest(connection => this.#offer(connection))
  readonly #distrust: DueTimer
  #trustMs = TRUST_MS
  #failures = 0
  #redial: { readonly dueMs: number; cancel(): void } | null = null
  #isOpen = true
  #onWarm: () => void = () => {}

  constructor(base: URL, clock: Clock, dialTimeoutMs: number, events: PoolEvents) {
    this.#base = base
    this.#clock = clock
    this.#dialTimeoutMs = dialTimeoutMs
    this.#events = events
    this.#distrust = new DueTimer(clock, nowMs => this.#replaceOld(nowMs))
  }

  /** Resolves when a connection is ready, or the attempt has failed. */
  warm(): Promise<void> {
    if (this.#idle.length > this.#stale.size) return Promise.resolve()
    return new Promise(resolve => {
      const before = this.#onWarm
      this.#onWarm = () => {
        before()
        resolve()
      }
      this.summon()
    })
  }

  /** The freshest connection at rest. */
  take(): LaneConnection | undefined {
    for (;;) {
      const connection = this.#idle.pop()
      if (connection === undefined) return undefined
      // Whatever it carries next will show whether it is alive.
      this.#stale.delete(connection)
      if (connection.isIdle) return connection
    }
  }

  /** As {@link take}, but leaves one that is as good for the next order, or takes none. */
  takeSpare(): LaneConnection | undefined {
    return this.#idle.length - this.#stale.size >= 2 ? this.take() : undefined
  }

  /** One that was taken, and carried nothing after all. */
  giveBack(connection: LaneConnection): void {
    this.#rest.lay(connection)
  }

  /** How long the server promises to keep an unused connection. */
  trustFor(ms: number): void {
    const trustMs = Math.max(MIN_TRUST_MS, Math.min(TRUST_MS, ms))
    if (trustMs === this.#trustMs) return
    this.#trustMs = trustMs
    this.#distrust.expect(this.#clock.monotonicMs())
  }

  /** Dials what is lacking, unless attempts have just failed. */
  keepSpares(): void {
    if (!this.#isOpen || this.#redial !== null) return
    const idle = this.#idle.length - this.#stale.size
    // One stays free for the next order while others wait for answers; an order by itself dials nothing.
    const lacking = Math.max(KEPT_CONNECTIONS - this.#trusted(), 1 + this.#events.waiting() - idle - this.#connecting)
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
    this.#distrust.stop()
  }

  destroy(): void {
    for (const connection of [...this.#connections.keys()]) connection.destroy(new Error('closed by this program'))
  }

  #trusted(): number {
    return this.#connections.size - this.#stale.size
  }

  #dialFresh(): void {
    const nowMs = this.#clock.monotonicMs()
    for (const [connection, { dialledAtMs }] of [...this.#connections]) {
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
      ready: ready => this.#ready(ready),
      free: free => this.#rest.lay(free),
      gone: (gone, was, cause) => this.#gone(gone, was, cause),
    })
    const dialledAtMs = this.#clock.monotonicMs()
    const dialTimer = this.#clock.at(dialledAtMs + this.#dialTimeoutMs, () =>
      connection.destroy(new Error(`no connection within ${this.#dialTimeoutMs} ms`)),
    )
    this.#connections.set(connection, { dialledAtMs, dialTimer, idleSinceMs: Number.POSITIVE_INFINITY })
    this.#connecting++
  }

  #ready(connection: LaneConnection): void {
    this.#connecting--
    this.#connections.get(connection)?.dialTimer.cancel()
    for (const stale of [...this.#stale]) this.#replace(stale)
    this.#offer(connection)
    this.#tellWarm()
    // The others follow, one at a time.
    if (this.#failures > 0) this.#pauseDialling()
  }

  #tellWarm(): void {
    const tell = this.#onWarm
    this.#onWarm = () => {}
    tell()
  }

  #replace(connection: LaneConnection): void {
    this.#stale.add(connection)
    connection.destroy(new Error('replaced by a fresh one'))
  }

  #offer(connection: LaneConnection): void {
    // Its end may have been heard of while it was at rest.
    if (!connection.isIdle || this.#events.offer(connection)) return
    const known = this.#connections.get(connection)
    if (known === undefined) return
    known.idleSinceMs = this.#clock.monotonicMs()
    this.#idle.push(connection)
    if (this.#isOpen) this.#distrust.expect(known.idleSinceMs + this.#trustMs)
    while (this.#idle.length > KEPT_CONNECTIONS) this.#idle.shift()?.destroy(new Error('replaced by a fresher one'))
  }

  /** A connection idle for long may be dead without our knowing: a fresh one takes its place before an order needs it. */
  #replaceOld(nowMs: number): number {
    let nextMs = Number.POSITIVE_INFINITY
    for (const connection of [...this.#idle]) {
      const known = this.#connections.get(connection)
      if (known === undefined) continue
      const dueMs = known.idleSinceMs + this.#trustMs
      if (dueMs > nowMs) {
        nextMs = Math.min(nextMs, dueMs)
        continue
      }
      known.idleSinceMs = Number.POSITIVE_INFINITY
      this.#dial()
    }
    return nextMs
  }

  #gone(connection: LaneConnection, was: Parameters<ConnectionEvents['gone']>[1], cause: Error): void {
    const known = this.#connections.get(connection)
    if (known === undefined) return
    known.dialTimer.cancel()
    if (was === 'connecting') this.#connecting--
    const ageMs = this.#clock.monotonicMs() - known.dialledAtMs
    this.#connections.delete(connection)
    const index = this.#idle.indexOf(connection)
    if (index !== -1) this.#idle.splice(index, 1)
    const isReplaced = this.#stale.delete(connection)
    this.#tellWarm()
    if (!this.#isOpen) return
    if (was === 'called-off') return this.keepSpares()
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
