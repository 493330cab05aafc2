import type { Confirm, DealReference } from '@scalpdesk/sdk'

/** IG keeps a confirm for about a minute (IG Labs, REST API reference, "Positions", GET /confirms). */
const KEPT_MS = 60_000

/** Confirms that can be asked for. */
export class ConfirmShelf {
  readonly #kept = new Map<DealReference, { readonly confirm: Confirm; readonly untilMs: number }>()
  readonly #barred = new Set<string>()

  put(confirm: Confirm, atMs: number): void {
    if (!this.#kept.has(confirm.reference)) this.#kept.set(confirm.reference, { confirm, untilMs: atMs + KEPT_MS })
  }

  find(reference: DealReference, atMs: number): Confirm | null {
    const kept = this.#kept.get(reference)
    return kept && atMs < kept.untilMs && !this.#barred.has(reference) ? kept.confirm : null
  }

  /** Asking for it is answered 405 for ever. */
  bar(reference: string): void {
    this.#barred.add(reference)
  }

  forgetAll(): void {
    this.#kept.clear()
  }
}
