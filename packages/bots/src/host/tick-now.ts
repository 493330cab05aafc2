import type { TickView } from '../strategy/view.ts'

/** The tick of one market, changed in place. */
export class TickNow implements TickView {
  readonly epic: string
  readonly #scale: number
  readonly #unitsPerPoint: number
  atMs = 0
  bidUnits = 0
  offerUnits = 0

  constructor(epic: string, decimals: number, unitsPerPoint: number) {
    this.epic = epic
    this.#scale = 10 ** decimals
    this.#unitsPerPoint = unitsPerPoint
  }

  get bid(): number {
    return this.bidUnits / this.#scale
  }

  get offer(): number {
    return this.offerUnits / this.#scale
  }

  get mid(): number {
    return (this.bidUnits + this.offerUnits) / 2 / this.#scale
  }

  get spreadPoints(): number {
    return (this.offerUnits - this.bidUnits) / this.#unitsPerPoint
  }
}
