import type { Clock } from './ports.ts'

/** Things to be run later, until everything is called off. */
export class Pauses {
  readonly #clock: Clock
  readonly #timers = new Set<{ cancel(): void }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  after(delayMs: number, run: () => void): { cancel(): void } {
    const timer = this.#clock.at(this.#clock.monotonicMs() + delayMs, () => {
      this.#timers.delete(timer)
      run()
    })
    this.#timers.add(timer)
    return {
      cancel: () => {
        timer.cancel()
        this.#timers.delete(timer)
      },
    }
  }

  cancelAll(): void {
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
  }
}
