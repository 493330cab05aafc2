import type { Row } from '@scalpdesk/tlcp'
import type { Decimal } from 'decimal.js'
import type { DayFigures } from '../quote.ts'
import { decimalOf } from './decimal-text.ts'

/** Reads five neighbouring fields, in the order of the figures. Keeps what it made while nothing changes. */
export class DayReader {
  readonly #first: number
  #made: DayFigures | null = null

  /** @param first the place of the first field. */
  constructor(first: number) {
    this.#first = first
  }

  read(row: Row): DayFigures {
    if (this.#made !== null && isUnchanged(row, this.#first)) return this.#made
    const value = (place: number) => row.value(this.#first + place)
    this.#made = new TextFigures(value(0), value(1), value(2), value(3), value(4))
    return this.#made
  }
}

function isUnchanged(row: Row, first: number): boolean {
  for (let field = first; field < first + 5; field++) if (row.isChanged(field)) return false
  return true
}

class TextFigures implements DayFigures {
  readonly #texts: readonly (string | null)[]

  constructor(...texts: readonly (string | null)[]) {
    this.#texts = texts
  }

  get midOpen(): Decimal | null {
    return this.#at(0)
  }

  get high(): Decimal | null {
    return this.#at(1)
  }

  get low(): Decimal | null {
    return this.#at(2)
  }

  get netChange(): Decimal | null {
    return this.#at(3)
  }

  get percentChange(): Decimal | null {
    return this.#at(4)
  }

  #at(index: number): Decimal | null {
    return decimalOf(this.#texts[index] ?? null)
  }
}
