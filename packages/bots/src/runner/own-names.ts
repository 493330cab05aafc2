import { type DeskState, dealsOf } from '@scalpdesk/desk'
import type { PressResult } from './bot-desk.ts'

/** Which deals of the account are one bot's: those of its own orders, and what became of them. */
export class OwnNames {
  readonly #references = new Set<string>()
  readonly #deals = new Set<string>()

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
    for (const { dealId, reference } of [...holdings.values(), ...dealsOf(day)])
      if (reference !== null && this.#references.has(reference)) this.#deals.add(dealId)
  }

  has(dealId: string): boolean {
    return this.#deals.has(dealId)
  }
}
