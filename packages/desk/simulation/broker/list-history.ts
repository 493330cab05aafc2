import type { Engine } from '@scalpdesk/mock-broker/engine'

export type Positions = ReturnType<Engine['positions']>
export type WorkingOrders = ReturnType<Engine['workingOrders']>

interface Shown {
  readonly atMs: number
  readonly positions: Positions
  readonly orders: WorkingOrders
}

/** What the broker's lists show: they follow the truth after a while. */
export class ListHistory {
  readonly #lagMs: number
  #shown: Shown[] = [{ atMs: Number.NEGATIVE_INFINITY, positions: [], orders: [] }]

  constructor(lagMs: number) {
    this.#lagMs = lagMs
  }

  note(atMs: number, { positions, workingOrders }: Pick<Engine, 'positions' | 'workingOrders'>): void {
    this.#shown.push({ atMs, positions: positions(), orders: workingOrders() })
  }

  at(atMs: number): Omit<Shown, 'atMs'> {
    const shownMs = atMs - this.#lagMs
    let index = this.#shown.length - 1
    while (index > 0 && this.#shown[index]!.atMs > shownMs) index -= 1
    this.#shown = this.#shown.slice(index)
    return this.#shown[0]!
  }
}
