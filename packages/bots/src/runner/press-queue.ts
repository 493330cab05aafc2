/** `waits` for those before it · `first`: others wait for it · `alone`: neither. */
export type Turn = 'waits' | 'first' | 'alone'

/**
 * The presses of one bot. An entry waits for the entries and closes that were wanted before it in its market, so that a close and an entry
 * that were wanted together come one after the other; everything else waits for nothing.
 */
export class PressQueue {
  readonly #last = new Map<string, Promise<unknown>>()
  readonly #under = new Map<string, number>()
  readonly #all = new Set<Promise<unknown>>()

  add(epic: string, turn: Turn, press: () => Promise<void>): void {
    const before = this.#last.get(epic)
    this.#under.set(epic, (this.#under.get(epic) ?? 0) + 1)
    const pressed = turn === 'waits' && before ? before.then(press) : press()
    const over = pressed.finally(() => {
      this.#under.set(epic, (this.#under.get(epic) ?? 1) - 1)
      this.#all.delete(over)
    })
    this.#all.add(over)
    if (turn === 'alone') return
    const done = Promise.allSettled([before, over]).then(() => {
      if (this.#last.get(epic) === done) this.#last.delete(epic)
    })
    this.#last.set(epic, done)
  }

  isBusy(epic: string): boolean {
    return (this.#under.get(epic) ?? 0) > 0
  }

  /** Without an outcome so far. */
  get size(): number {
    return [...this.#under.values()].reduce((sum, each) => sum + each, 0)
  }

  async settled(): Promise<void> {
    while (this.#all.size > 0) await Promise.allSettled(this.#all)
  }
}
