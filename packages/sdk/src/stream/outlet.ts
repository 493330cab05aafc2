import type { Listener } from '../live-stream.ts'

/** Where the values of a feed go. */
export interface Outlet<Value> {
  /**
   * @param key what the value is the present state of: a newer one of the same may replace it. `null`: an event of its own.
   * @param make gives the value; of a state the present one, whenever it is called.
   */
  tell(key: object | null, make: () => Value): void
  /** Nothing comes any more. */
  end(): void
}

/** Calls a listener, until it is closed. What it throws is thrown again, outside: others hear of the same value. */
export class ListenerOutlet<Value> implements Outlet<Value> {
  readonly #listener: Listener<Value>
  #isOpen = true

  constructor(listener: Listener<Value>) {
    this.#listener = listener
  }

  tell(_key: object | null, make: () => Value): void {
    if (!this.#isOpen) return
    try {
      this.#listener(make())
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }

  end(): void {
    this.#isOpen = false
  }
}
