import type { Activity } from '../activity.ts'
import type { DealRequest } from '../deal-request.ts'

/** Our choice: IG stamps activity with whole seconds of its own clock, which may be so much ahead of ours. */
export const CLOCK_DIFFERENCE_MS = 2_000
/** Our choice: more rows than any reading of them has. */
const KEPT = 5_000

interface Seen {
  /** Milliseconds since 1970 of our clock, when a reading that had it was over. */
  readonly firstAtMs: number
  claimedBy: DealRequest | null
}

/** Remembers the rows of the account's history: which were there before a request, and whose they are. */
export class SeenActivity {
  readonly #rows = new Map<string, Seen>()
  #areDatesOdd = false

  /**
   * A row was dated after the moment in which it was read: IG writes another zone than UTC, or its clock and ours disagree. No
   * date of a row says then whether it came after a request.
   */
  get areDatesOdd(): boolean {
    return this.#areDatesOdd
  }

  note(rows: readonly Activity[], nowMs: number): void {
    for (const row of rows) {
      if (row.atMs !== null && row.atMs > nowMs + CLOCK_DIFFERENCE_MS) this.#areDatesOdd = true
      const key = keyOf(row)
      if (this.#rows.has(key)) continue
      this.#rows.set(key, { firstAtMs: nowMs, claimedBy: null })
      const [oldest] = this.#rows.keys()
      if (this.#rows.size > KEPT && oldest !== undefined) this.#rows.delete(oldest)
    }
  }

  wasThereBefore(row: Activity, sentAtMs: number): boolean {
    const seen = this.#rows.get(keyOf(row))
    return seen !== undefined && seen.firstAtMs < sentAtMs
  }

  /** Who was told that this row is the trace of its request. */
  claimantOf(row: Activity): DealRequest | null {
    return this.#rows.get(keyOf(row))?.claimedBy ?? null
  }

  claim(row: Activity, request: DealRequest): void {
    const seen = this.#rows.get(keyOf(row))
    if (seen !== undefined) seen.claimedBy ??= request
  }
}

function keyOf({ dateText, atMs, epic, dealId, details }: Activity): string {
  const { dealReference, actions, size, level } = details ?? {}
  return JSON.stringify([dateText, atMs, epic, dealId, dealReference, actions, size, level])
}
