import type { Clock, Random } from '../ports.ts'
import { backoffMs } from '../rest/backoff.ts'

/** What wants other tokens: nobody yet, or the streams alone; a call that cannot go on; a way out of the market. */
export type Urgency = 'background' | 'call' | 'exit'

/** Our choice: the longest pause between two attempts. */
const LONGEST_MS = 60_000
/** Our choice: signing in is tried so many times less often than a read; for an exit as often. */
const PATIENCE = 4
/** Our choice: attempts in a row after which the pauses grow further. */
const LONG_TRIED = 4

const RANKS = { background: 0, call: 1, exit: 2 } as const

export function isMoreUrgent(one: Urgency, other: Urgency): boolean {
  return RANKS[one] > RANKS[other]
}

/** How long to pause after so many attempts in a row, from 1: growing up to a longest one, for an exit to 4 s. */
export function renewalPauseMs(attempts: number, urgency: Urgency, random: Random): number {
  const pauseMs = backoffMs(attempts, random)
  if (urgency === 'exit') return pauseMs
  return Math.min(LONGEST_MS, PATIENCE * pauseMs * Math.max(1, attempts - LONG_TRIED))
}

/** How soon a renewal that failed may be tried again: after a pause, but at once for what is more urgent than what failed. */
export class RenewalPace {
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #random: Random
  #failures = 0
  #urgency: Urgency = 'background'
  #isHeld = false
  /** Monotonic; no attempt before, but for something more urgent. */
  nextAtMs = 0
  /** `null` when the last one worked. */
  lastFailure: Error | null = null

  constructor(clock: Pick<Clock, 'monotonicMs'>, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  /** What is still owed an attempt, because the last one was none. */
  get owed(): Urgency {
    return this.#isHeld ? this.#urgency : 'background'
  }

  /** Why there is to be no attempt now; `null`: there may be one. */
  refusal(urgency: Urgency): Error | null {
    if (isMoreUrgent(urgency, this.#urgency)) return null
    return this.#clock.monotonicMs() < this.nextAtMs ? this.lastFailure : null
  }

  succeeded(): void {
    this.#failures = 0
    this.nextAtMs = 0
    this.lastFailure = null
  }

  failed(error: unknown, urgency: Urgency): void {
    this.#failures += 1
    const pauseMs = renewalPauseMs(this.#failures, urgency, this.#random)
    this.#pause(error, urgency, this.#clock.monotonicMs() + pauseMs)
    this.#isHeld = false
  }

  /** Nobody was asked: it is too soon. */
  held(error: Error, urgency: Urgency, untilMs: number): void {
    this.#pause(error, urgency, untilMs)
    this.#isHeld = true
  }

  #pause(error: unknown, urgency: Urgency, untilMs: number): void {
    this.lastFailure = error instanceof Error ? error : new Error('the session could not be renewed')
    this.#urgency = urgency
    this.nextAtMs = untilMs
  }
}
