import type { Confirm } from '../confirm.ts'
import type { DealReference } from '../ids.ts'

/** Our choice: far more than a minute of dealing; confirms that nobody asked for by then are of no use. */
const KEPT = 300

/** Remembers the confirms that the stream told, for whoever asks before or after they came. */
export class ConfirmInbox {
  readonly #heard = new Map<DealReference, Confirm>()
  readonly #waiting = new Map<DealReference, Set<(confirm: Confirm) => void>>()

  /** A confirm was heard. One that says accepted is not replaced by one that does not: that was a repetition's. */
  note(confirm: Confirm): void {
    const { reference } = confirm
    const before = this.#heard.get(reference)
    if (before?.outcome.kind === 'accepted' && confirm.outcome.kind !== 'accepted') return
    this.#heard.delete(reference)
    this.#heard.set(reference, confirm)
    const [oldest] = this.#heard.keys()
    if (this.#heard.size > KEPT && oldest !== undefined) this.#heard.delete(oldest)
    for (const run of [...(this.#waiting.get(reference) ?? [])]) run(confirm)
  }

  find(reference: DealReference): Confirm | null {
    return this.#heard.get(reference) ?? null
  }

  /** Runs at each confirm of that reference from now on, until the function that it returns is called. */
  when(reference: DealReference, run: (confirm: Confirm) => void): () => void {
    const runs = this.#waiting.get(reference) ?? new Set()
    this.#waiting.set(reference, runs.add(run))
    return () => {
      runs.delete(run)
      if (runs.size === 0 && this.#waiting.get(reference) === runs) this.#waiting.delete(reference)
    }
  }
}
