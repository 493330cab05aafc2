import type { ManualClock } from '@scalpdesk/testkit'

/** The machine that the desk runs on: its monotonic clock stands still while it sleeps, and begins anew with each program. */
export class Machine {
  readonly #clock: ManualClock
  /** What the simulation's clock shows when this program's monotonic time is 0. */
  #zeroMs = 0
  #asleepSinceMs: number | null = null
  #setByMs = 0

  constructor(clock: ManualClock) {
    this.#clock = clock
  }

  readonly monotonicMs = (): number => (this.#asleepSinceMs ?? this.#clock.monotonicMs()) - this.#zeroMs

  readonly nowMs = (): number => this.#clock.nowMs() + this.#setByMs

  /** Somebody, or a time server, sets its clock: its monotonic time does not notice. */
  setClock(byMs: number): void {
    this.#setByMs += byMs
  }

  get isAsleep(): boolean {
    return this.#asleepSinceMs !== null
  }

  startProgram(): void {
    this.#asleepSinceMs = null
    this.#zeroMs = this.#clock.monotonicMs()
  }

  fallAsleep(): void {
    this.#asleepSinceMs ??= this.#clock.monotonicMs()
  }

  /** @returns for how long it slept */
  wakeUp(): number {
    const since = this.#asleepSinceMs
    if (since === null) return 0
    const sleptMs = this.#clock.monotonicMs() - since
    this.#asleepSinceMs = null
    this.#zeroMs += sleptMs
    return sleptMs
  }

  /** When a monotonic time of the program comes, by the simulation's clock, if it does not sleep before. */
  dueMs(monotonicMs: number): number {
    return monotonicMs + this.#zeroMs
  }
}
