import type { Clock } from './ports.ts'
import type { SessionState } from './session-state.ts'

export interface TimerEvents {
  /** Neither connected nor refused in time. */
  overdue(): void
  quiet(): void
  dead(): void
  /** A heartbeat is due. */
  beat(): void
  /** A sign of life is wanted. */
  ping(): void
}

// All of these are our choice.
/** Two may be lost before a promise of 5 s is broken. */
const HEARTBEAT_MS = 2_000
/** How much earlier than dead a connection counts as stalled: this part of the silence allowed. */
const WARNING_PART = 3
/** A server that promises less is not waited for any longer; far above what servers are set to. */
const LONGEST_KEEPALIVE_MS = 60_000
/** A timer as late as this tells that we were not running: what came meanwhile is to be read first. */
const LATE_MS = 250

export interface Patience {
  /** Neither connected nor refused for so long: the attempt has failed. */
  readonly connectMs: number
  /** Nothing at all for so long: the connection is dead. */
  readonly silenceMs: number
  /** What a server may be late with its keepalive. */
  readonly graceMs: number
}

/** The timers that a session state implies: follow the states, and no timer is left behind. */
export class SessionTimers {
  readonly #clock: Clock
  readonly #patience: Patience
  readonly #events: TimerEvents
  #deadline: { cancel(): void } | null = null
  #pulse: { cancel(): void } | null = null
  #heartbeat: { cancel(): void } | null = null
  /** Without a line for so long, the connection is dead. */
  #deadMs = 0
  #lastChunkMs = 0
  #lastSignMs = 0
  /** Whether this connection has answered a ping. */
  #answersPings = false
  /** How late the timers were at worst: for so long this program did nothing else. */
  worstLatenessMs = 0

  constructor(clock: Clock, patience: Patience, events: TimerEvents) {
    this.#clock = clock
    this.#patience = patience
    this.#events = events
  }

  /** Something came. Costs no timer: the running one looks at this time when it fires. */
  heard(atMs: number): void {
    // Not back behind the end of a pause.
    if (atMs > this.#lastChunkMs) this.#lastChunkMs = atMs
    if (atMs > this.#lastSignMs) this.#lastSignMs = atMs
  }

  /** Nothing is to come before then: between two polls. */
  expect(fromMs: number): void {
    this.heard(fromMs)
  }

  /** A ping was answered: the other end lives, whatever the server behind it does. */
  answered(atMs: number): void {
    if (atMs > this.#lastSignMs) this.#lastSignMs = atMs
    if (this.#answersPings || this.#pulse === null) return
    this.#answersPings = true
    // From here on silence counts sooner than the timer that runs would tell.
    this.#pulse.cancel()
    this.#watch()
  }

  follow(state: SessionState): void {
    switch (state.kind) {
      case 'dialling':
        this.#stop()
        this.#deadline = this.#clock.at(this.#clock.monotonicMs() + this.#patience.connectMs, () =>
          this.#events.overdue(),
        )
        return
      case 'handshaking':
      case 'recovering':
        return
      case 'live':
        // By the keepalive that the server promised, when that is longer than our own patience. Polls promise each their own.
        this.#deadMs = Math.max(
          this.#patience.silenceMs,
          Math.min(state.session.keepaliveMs, LONGEST_KEEPALIVE_MS) + this.#patience.graceMs,
        )
        if (this.#pulse !== null) return
        this.#stop()
        this.#answersPings = false
        this.#lastChunkMs = this.#clock.monotonicMs()
        this.#lastSignMs = this.#lastChunkMs
        this.#watch()
        this.#beat()
        return
      default:
        return this.#stop()
    }
  }

  #watch(isSecondLook = false): void {
    const { silenceMs } = this.#patience
    const warningMs = silenceMs / WARNING_PART
    const atMs = this.#clock.monotonicMs()
    // Where pings are answered, silence of the whole connection ends it sooner than a late keepalive.
    const dueMs = Math.min(
      this.#lastChunkMs + this.#deadMs,
      this.#answersPings ? this.#lastSignMs + silenceMs : Number.POSITIVE_INFINITY,
    )
    const nextMs = isSecondLook ? atMs + LATE_MS : atMs < dueMs - warningMs ? dueMs - warningMs : dueMs
    this.#pulse = this.#clock.at(nextMs, () => {
      const lateMs = this.#clock.monotonicMs() - nextMs
      this.worstLatenessMs = Math.max(this.worstLatenessMs, lateMs)
      const quietFor = this.#quietMs()
      if (quietFor >= 0 && (lateMs < LATE_MS || isSecondLook)) return this.#events.dead()
      // Watches on first: whoever is told may end the session, and with it this timer.
      this.#watch(quietFor >= 0)
      if (quietFor >= -warningMs) this.#events.quiet()
    })
  }

  /** How long the connection has been dead; negative while it is not. */
  #quietMs(): number {
    const atMs = this.#clock.monotonicMs()
    const byLines = atMs - this.#lastChunkMs - this.#deadMs
    return this.#answersPings ? Math.max(byLines, atMs - this.#lastSignMs - this.#patience.silenceMs) : byLines
  }

  #beat(): void {
    const pingMs = this.#patience.silenceMs / 3
    let beats = 0
    const tick = (dueMs: number): void => {
      this.#heartbeat = this.#clock.at(dueMs, () => {
        const atMs = this.#clock.monotonicMs()
        this.worstLatenessMs = Math.max(this.worstLatenessMs, atMs - dueMs)
        tick(atMs + pingMs)
        // Also while data comes: a ping that waits for silence comes too late to tell a slow answer from none.
        this.#events.ping()
        beats += pingMs
        if (beats < HEARTBEAT_MS) return
        beats -= HEARTBEAT_MS
        this.#events.beat()
      })
    }
    tick(this.#clock.monotonicMs() + pingMs)
  }

  #stop(): void {
    this.#deadline?.cancel()
    this.#pulse?.cancel()
    this.#heartbeat?.cancel()
    this.#deadline = null
    this.#pulse = null
    this.#heartbeat = null
  }
}
