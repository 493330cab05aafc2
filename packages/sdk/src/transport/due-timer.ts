import type { Clock } from '../ports.ts'

/**
 * One timer for many due times, of which nearly all are called off before they come: it is set anew only for one that comes
 * earlier, and finds out when it fires what is due by then. Exact, and without a timer for each request.
 */
export class DueTimer {
  readonly #clock: Clock
  readonly #check: (nowMs: number) => number
  #timer: { cancel(): void } | null = null
  #setForMs = Number.POSITIVE_INFINITY
  readonly #fire = (): void => {
    this.#timer = null
    this.#setForMs = Number.POSITIVE_INFINITY
    this.expect(this.#check(this.#clock.monotonicMs()))
  }

  /** @param check does what is due by then, and gives the next due time; Infinity for none. */
  constructor(clock: Clock, check: (nowMs: number) => number) {
    this.#clock = clock
    this.#check = check
  }

  /** Something is due then. @param dueMs monotonic milliseconds. */
  expect(dueMs: number): void {
    if (dueMs >= this.#setForMs) return
    this.#timer?.cancel()
    this.#setForMs = dueMs
    this.#timer = this.#clock.at(dueMs, this.#fire)
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
    this.#setForMs = Number.POSITIVE_INFINITY
  }
}
