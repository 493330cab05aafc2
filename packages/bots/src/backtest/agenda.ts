/** What happens at a time that is not a tick's: an order arrives, its answer comes back. */
export class Agenda {
  readonly #items: { readonly dueMs: number; readonly run: () => void }[] = []
  /** Of the next one; infinity when there is none. */
  dueMs = Number.POSITIVE_INFINITY

  /** After those that are due at the same time. */
  add(dueMs: number, run: () => void): void {
    const items = this.#items
    let place = items.length
    while (place > 0 && items[place - 1]!.dueMs > dueMs) place--
    items.splice(place, 0, { dueMs, run })
    this.dueMs = items[0]!.dueMs
  }

  runNext(): void {
    const next = this.#items.shift()
    this.dueMs = this.#items[0]?.dueMs ?? Number.POSITIVE_INFINITY
    next?.run()
  }
}
