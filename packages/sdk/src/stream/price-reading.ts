import type { Row } from '@scalpdesk/tlcp'
import { parsePrice, widen } from './price-units.ts'

/** Reads price fields as whole numbers of 10^-decimals, and widens when one carries more decimals. */
export class PriceReading {
  decimals: number
  /** Whether the decimals are those of a market; else the prices show them, zeros at their end included. */
  readonly #isKnown: boolean
  #hasRead: boolean
  readonly #onWiden: (from: number, to: number) => void

  /** @param onWiden whatever was read before has to be told in finer units from now on. */
  constructor(decimals: number | null, onWiden: (from: number, to: number) => void) {
    this.decimals = decimals ?? 0
    this.#isKnown = decimals !== null
    this.#hasRead = this.#isKnown
    this.#onWiden = onWiden
  }

  /** `null` for no price, and for one that cannot be read exactly: no price is better than a wrong one. */
  read(row: Row, field: number): number | null {
    // Without a text: this is the way of nearly every price.
    const units = this.#hasRead ? row.units(field, this.decimals) : null
    if (units !== null) return units
    const text = row.value(field)
    if (text === null || text === '') return null
    const price = parsePrice(text, this.#isKnown ? this.decimals : Math.max(this.decimals, placesOf(text)))
    if (price === null) return null
    this.#hasRead = true
    this.atLeast(price.decimals)
    return price.units
  }

  atLeast(decimals: number): void {
    const before = this.decimals
    if (decimals <= before) return
    this.decimals = decimals
    this.#onWiden(before, decimals)
  }
}

export function widened(units: number | null, from: number, to: number): number | null {
  return units === null ? null : widen(units, from, to)
}

/** Our choice: no market has more, and a text of zeros must not use up the digits of a safe integer. */
const MAX_PLACES = 8

function placesOf(text: string): number {
  const dot = text.indexOf('.')
  return dot === -1 ? 0 : Math.min(MAX_PLACES, text.length - dot - 1)
}
