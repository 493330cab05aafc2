import type { Engine } from '@scalpdesk/mock-broker/engine'

export type Positions = ReturnType<Engine['positions']>
export type WorkingOrders = ReturnType<Engine['workingOrders']>

interface Shown {
  readonly atMs: number
  readonly positions: Positions
  readonly orders: WorkingOrders
}

/**
 * What the broker's lists show: they follow the truth after a while, each by its own, as where several servers answer. So one may
 * show again what was before the one before it.
 */
export class ListHistory {
  readonly #lagMs: number
  #shown: Shown[] = [{ atMs: Number.NEGATIVE_INFINITY, positions: [], orders: [] }]
  #asked = 0

  /** @param lagMs the longest */
  constructor(lagMs: number) {
    this.#lagMs = lagMs
  }

  note(atMs: number, { positions, workingOrders }: Pick<Engine, 'positions' | 'workingOrders'>): void {
    this.#shown.push({ atMs, positions: positions(), orders: workingOrders() })
  }

  at(atMs: number): Omit<Shown, 'atMs'> {
    this.#shown = this.#shown.slice(this.#placeAt(atMs - this.#lagMs))
    const behind = 1 - (this.#asked % SERVERS) / (SERVERS - 1)
    this.#asked += 1
    return this.#shown[this.#placeAt(atMs - this.#lagMs * behind)]!
  }

  #placeAt(shownMs: number): number {
    let place = this.#shown.length - 1
    while (place > 0 && this.#shown[place]!.atMs > shownMs) place -= 1
    return place
  }
}

/** The last of them follows at once. An odd number, so that each answers for both lists. */
const SERVERS = 7
