import type { Random } from '../ports.ts'

/**
 * How long evidence is waited for, from the sending on: IG keeps a confirm for about a minute (IG Labs, REST API reference,
 * "Positions", GET /confirms), and the last look comes when even a confirm made late is gone (our choice).
 */
export const EVIDENCE_WITHIN_MS = 75_000
/** Our choice: what was sent long ago is still looked for this long, because a read may fail. */
const LEAST_MS = 10_000
/** The list of positions was seen to be up to so much behind the confirm. Source: users of client libraries. */
export const LIST_LAG_MS = 5_000

// Our choice, so that a minute of settling one order takes less than IG's 30 reads a minute. Polls of the confirm come close
// together at first, when it is probable, and lists are looked at when a confirm should long have been there.
const FIRST_POLL_MS = 250
/** Our choice: the stream tells a confirm within a fraction of it, and then no read is spent. */
const HEARING_MS = 400
const POLL_GROWTH = 1.6
const SLOWEST_POLL_MS = 8_000
const FIRST_LOOK_MS = 3_000
/** What has no reference can only be looked for. */
const FIRST_UNNAMED_LOOK_MS = 500
const LOOK_GROWTH = 2.5
/** Looks after a doubtful rejection: at once, and again when the lists have had their time. */
const DOUBT_LOOKS_MS = [1_000, LIST_LAG_MS, 2 * LIST_LAG_MS]

export type Step = { readonly kind: 'poll' | 'look'; readonly atMs: number }

/** When to ask for what; monotonic milliseconds. */
export class SettlePace {
  readonly #sentAtMs: number
  readonly #random: Random
  #endAtMs: number
  #pollAtMs: number
  #polls = 0
  #lookAtMs: number
  #doubtLooks: readonly number[] = []
  #heldUntilMs = 0

  /**
   * @param ageMs how long ago the request was sent.
   * @param isHearing whether the stream would tell its confirm.
   */
  constructor(nowMs: number, ageMs: number, isNamed: boolean, isHearing: boolean, random: Random) {
    this.#sentAtMs = nowMs - ageMs
    this.#random = random
    this.#endAtMs = Math.max(this.#sentAtMs + EVIDENCE_WITHIN_MS, nowMs + LEAST_MS)
    this.#pollAtMs = isNamed ? nowMs + (isHearing ? HEARING_MS : 0) : Number.POSITIVE_INFINITY
    this.#lookAtMs = Math.max(nowMs, this.#sentAtMs + (isNamed ? FIRST_LOOK_MS : FIRST_UNNAMED_LOOK_MS))
  }

  get next(): Step {
    const kind = this.#pollAtMs <= this.#lookAtMs ? 'poll' : 'look'
    return { kind, atMs: Math.max(Math.min(this.#pollAtMs, this.#lookAtMs), this.#heldUntilMs) }
  }

  /** Whether a look that began then was the last. */
  isLast(lookAtMs: number): boolean {
    return lookAtMs >= this.#endAtMs
  }

  polled(nowMs: number): void {
    const waitMs = Math.min(FIRST_POLL_MS * POLL_GROWTH ** this.#polls++, SLOWEST_POLL_MS)
    // Up to a fifth more: several orders sent at once do not ask in step.
    this.#pollAtMs = nowMs + waitMs * (1 + this.#random.next() / 5)
  }

  looked(nowMs: number): void {
    const [doubtLook, ...others] = this.#doubtLooks
    this.#doubtLooks = others
    const laterMs = this.#sentAtMs + Math.max((nowMs - this.#sentAtMs) * LOOK_GROWTH, FIRST_LOOK_MS)
    const nextMs = doubtLook ?? laterMs
    this.#lookAtMs = Math.max(nowMs + 250, Math.min(nextMs, this.#endAtMs))
  }

  /** The confirm has been heard; it is the lists' turn. */
  doubted(nowMs: number): void {
    this.#pollAtMs = Number.POSITIVE_INFINITY
    this.#lookAtMs = nowMs
    this.#doubtLooks = DOUBT_LOOKS_MS.map(afterMs => nowMs + afterMs)
    this.#endAtMs = Math.max(this.#endAtMs, nowMs + 2 * LIST_LAG_MS)
  }

  /** IG's allowance is used up: nothing is asked before. */
  heldBack(untilMs: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, untilMs)
  }
}
