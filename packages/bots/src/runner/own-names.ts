import { type DeskState, dealsOf } from '@scalpdesk/desk'
import type { PressResult } from './bot-desk.ts'
import type { EarlierRun } from './earlier-run.ts'

/** Which deals of the account are one bot's: those of its own orders, and what became of them. */
export class OwnNames {
  readonly #references: Set<string>
  readonly #deals: Set<string>
  readonly #earlier: ReadonlyMap<string, number>

  constructor({ references, deals }: Pick<EarlierRun, 'references' | 'deals'> = NOTHING_EARLIER) {
    this.#references = new Set(references)
    this.#deals = new Set(deals.keys())
    this.#earlier = deals
  }

  /** What a press of its own brought. */
  learn({ orders }: PressResult): void {
    for (const { id, action, dealId } of orders) {
      if (action !== 'open' && action !== 'place') continue
      this.#references.add(id)
      if (dealId !== null) this.#deals.add(dealId)
    }
  }

  /** A working order that filled is a position with a name of its own, under the reference of its request. */
  look({ holdings, day }: Pick<DeskState, 'holdings' | 'day'>): void {
    for (const { dealId, reference } of [...holdings.values(), ...dealsOf(day)]) {
      if (reference === null) continue
      if (this.#references.has(reference)) this.#deals.add(dealId)
      // A broker that began anew may name another's position as it named one of ours.
      else if (this.#earlier.has(dealId)) this.#deals.delete(dealId)
    }
  }

  /** Of a run before this one: when it was written down, milliseconds since 1970. */
  earlierMs(dealId: string): number | null {
    return (this.#deals.has(dealId) && this.#earlier.get(dealId)) || null
  }

  has(dealId: string): boolean {
    return this.#deals.has(dealId)
  }
}

const NOTHING_EARLIER = { references: new Set<string>(), deals: new Map<string, number>() }
