import type { Clock } from './ports.ts'
import type { SessionState } from './session-state.ts'

export interface TimerEvents {
  /** Neither connected nor refused in time. */
  overdue(): void
  quiet(): void
  dead(): void
  /** A heartbeat is due. */
  beat(): void
}

// All of these are our choice.
const HANDSHAKE_MS = 4_000
/** Two may be lost before a promise of 5 s is broken. */
const HEARTBEAT_MS = 2_000
/** How much earlier than dead a connection counts as stalled. */
const WARNING_MS = 1_000
/** What a server may be late with its keepalive. */
const GRACE_MS = 2_000

/** The timers that a session state implies: follow the states, and no timer is left behind. */
export class SessionTimers {
  readonly #clock: Clock
  readonly #silenceMs: number
  readonly #events: TimerEvents
  #deadline: { cancel(): void } | null = null
  #pulse: { cancel(): void } | null = null
  #heartbeat: { cancel(): void } | null = null
  #lastChunkMs = 0

  constructor(clock: Clock, silenceMs: number, events: TimerEvents) {
    this.#clock = clock
    this.#silenceMs = silenceMs
    this.#events = events
  }

  /** Something came. Costs no timer: the running one looks at this time when it fires. */
  heard(atMs: number): void {
    this.#lastChunkMs = atMs
  }

  follow(state: SessionState): void {
    switch (state.kind) {
      case 'dialling':
        this.#stop()
        this.#deadline = this.#clock.at(this.#clock.monotonicMs() + HANDSHAKE_MS, () => this.#events.overdue())
        return
      case 'handshaking':
      case 'recovering':
        return
      case 'live':
        if (this.#pulse !== null) return
        this.#stop()
        this.#lastChunkMs = this.#clock.monotonicMs()
        this.#watch(Math.max(this.#silenceMs, state.session.keepaliveMs + GRACE_MS))
        this.#beat()
        return
      default:
        return this.#stop()
    }
  }

  #watch(deadMs: number): void {
    const quietMs = deadMs - WARNING_MS
    const isQuiet = this.#clock.monotonicMs() - this.#lastChunkMs >= quietMs
    this.#pulse = this.#clock.at(this.#lastChunkMs + (isQuiet ? deadMs : quietMs), () => {
      const silentMs = this.#clock.monotonicMs() - this.#lastChunkMs
      if (silentMs >= deadMs) return this.#events.dead()
      // Watches on first: whoever is told may end the session, and with it this timer.
      this.#watch(deadMs)
      if (silentMs >= quietMs) this.#events.quiet()
    })
  }

  #beat(): void {
    this.#heartbeat = this.#clock.at(this.#clock.monotonicMs() + HEARTBEAT_MS, () => {
      this.#beat()
      this.#events.beat()
    })
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
