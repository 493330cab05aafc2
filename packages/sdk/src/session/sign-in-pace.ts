import type { Clock, Random } from '../ports.ts'
import { renewalPauseMs, type Urgency } from './renewal-pace.ts'

/**
 * Our choice: IG may answer a second POST /session within about a minute with the first one's tokens, and locks logins that
 * try often. So nobody signs in within a minute of the last time without need.
 */
const CALM_MS = 60_000

/**
 * How soon after signing in that may be done again. Tokens that a call finds dead are replaced at once, also right after the
 * sign-in that gave them; where those die as well, after pauses that grow.
 */
export class SignInPace {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #random: Random
  #lastAtMs: number
  /** Sign-ins within a minute of the one before. */
  #inARow = 0
  #pausesMs: Readonly<Record<Urgency, number>> = { background: CALM_MS, call: 0, exit: 0 }

  constructor(clock: Pick<Clock, 'monotonicMs'>, random: Random) {
    this.#clock = clock
    this.#random = random
    this.#lastAtMs = clock.monotonicMs()
  }

  /** Monotonic; not before. */
  nextAtMs(urgency: Urgency): number {
    return this.#lastAtMs + this.#pausesMs[urgency]
  }

  signedIn(): void {
    const nowMs = this.#clock.monotonicMs()
    this.#inARow = nowMs - this.#lastAtMs < CALM_MS ? this.#inARow + 1 : 0
    this.#lastAtMs = nowMs
    const pauseMs = (urgency: Urgency): number =>
      this.#inARow === 0 ? 0 : renewalPauseMs(this.#inARow, urgency, this.#random)
    this.#pausesMs = { background: CALM_MS, call: pauseMs('call'), exit: pauseMs('exit') }
  }
}
