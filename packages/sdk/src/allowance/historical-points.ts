/**
 * What IG said of the week's price points (our time of its end, monotonic milliseconds).
 * Source: IG Labs, REST API reference, "Prices", `metadata.allowance`.
 */
export interface HistoricalPointsView {
  readonly remaining: number
  readonly total: number
  readonly resetsAtMs: number
}

/** `allowance` of a price answer. */
export interface HistoricalPointsTold {
  readonly remaining: number
  readonly total: number
  readonly resetsInSeconds: number
}

/** Our choice, for a refusal that names no time: some points may be left for a smaller question. */
const HOLD_MS = 60 * 60_000

/** The week's historical price points, known only from IG's answers. Pure: time is a parameter. */
export class HistoricalPoints {
  #told: HistoricalPointsView | null = null
  #heldUntilMs = Number.NEGATIVE_INFINITY

  learn({ remaining, total, resetsInSeconds }: HistoricalPointsTold, nowMs: number): void {
    this.#told = { remaining, total, resetsAtMs: nowMs + resetsInSeconds * 1_000 }
    // An answer with points is newer than the refusal.
    if (remaining > 0) this.#heldUntilMs = Number.NEGATIVE_INFINITY
  }

  /** IG refused for want of points. Returns until when to hold back. */
  refused(nowMs: number): number {
    const told = this.view(nowMs)
    const byHoldMs = nowMs + HOLD_MS
    if (told === null) this.#heldUntilMs = byHoldMs
    else this.#heldUntilMs = told.remaining > 0 ? Math.min(told.resetsAtMs, byHoldMs) : told.resetsAtMs
    return this.#heldUntilMs
  }

  /** `null` while points may be left. */
  spentUntilMs(nowMs: number): number | null {
    if (this.#heldUntilMs > nowMs) return this.#heldUntilMs
    const told = this.view(nowMs)
    return told !== null && told.remaining <= 0 ? told.resetsAtMs : null
  }

  /** `null` before the first answer, and from the renewal on, when nobody has told the new figure yet. */
  view(nowMs: number): HistoricalPointsView | null {
    return this.#told !== null && this.#told.resetsAtMs > nowMs ? this.#told : null
  }
}
