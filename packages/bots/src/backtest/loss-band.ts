import { type DeskState, process } from '@scalpdesk/desk'
import type { MarketState, Quote } from '@scalpdesk/sdk'

/** A quote of the one market of a run. */
export interface Told {
  readonly bidUnits: number
  readonly offerUnits: number
  readonly atMs: number
  readonly state: MarketState
}

/**
 * Prices of the one market of a run between which no loss locks the desk's day, so that the desk need not hear of them at once. A long loses
 * with a lower bid, a short with a higher offer: where the worst of both locks nothing, nothing in between does. Good for one state of the
 * desk alone.
 */
export class LossBand {
  #desk: DeskState | null = null
  #market: MarketState = 'closed'
  #bidFrom = 0
  #offerTo = 0

  holds(desk: DeskState, { bidUnits, offerUnits, state }: Told): boolean {
    return desk === this.#desk && bidUnits >= this.#bidFrom && offerUnits <= this.#offerTo && state === this.#market
  }

  /** Asks the desk itself, which is pure, what it would do at prices around these. */
  find(desk: DeskState, told: Told, quoteOf: (told: Told) => Quote): void {
    this.#desk = null
    for (let reach = Math.max(LEAST_REACH, Math.floor(told.bidUnits / 100)); reach > 0; reach = Math.floor(reach / 8)) {
      const worst = { ...told, bidUnits: Math.max(1, told.bidUnits - reach), offerUnits: told.offerUnits + reach }
      const then = process(desk, { kind: 'quote', quote: quoteOf(worst) })
      if (then.effects.length > 0 || then.state.memory !== desk.memory) continue
      this.#desk = desk
      this.#market = told.state
      this.#bidFrom = worst.bidUnits
      this.#offerTo = worst.offerUnits
      return
    }
  }
}

/** Our choice: a percent of the price is more than most moves of an hour. */
const LEAST_REACH = 64
