import type { Clock, Random } from '../ports.ts'
import { backoffMs } from '../rest/backoff.ts'

/** Our choice: signing in is tried so many times less often than a read. */
const PATIENCE = 4
/** Our choice: failures after which the pauses grow further. */
const LONG_FAILED = 4

/** How soon a renewal that failed may be tried again: pauses that grow, up to a longest one. */
export class RenewalPace {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #random: Random
  readonly #longestMs: number
  #failures = 0
  /** Monotonic; no attempt before. */
  nextAtMs = 0
  /** `null` when the last one worked. */
  lastFailure: Error | null = null

  constructor(clock: Pick<Clock, 'monotonicMs'>, random: Random, longestMs: number) {
    this.#clock = clock
    this.#random = random
    this.#longestMs = longestMs
  }

  /** Why there is to be no attempt now; `null`: there may be one. */
  get refusal(): Error | null {
    return this.#clock.monotonicMs() < this.nextAtMs ? this.lastFailure : null
  }

  succeeded(): void {
    this.#failures = 0
    this.nextAtMs = 0
    this.lastFailure = null
  }

  failed(error: unknown): void {
    this.lastFailure = error instanceof Error ? error : new Error('the session could not be renewed')
    this.#failures += 1
    const pauseMs = PATIENCE * backoffMs(this.#failures, this.#random) * Math.max(1, this.#failures - LONG_FAILED)
    this.nextAtMs = this.#clock.monotonicMs() + Math.min(this.#longestMs, pauseMs)
  }
}
