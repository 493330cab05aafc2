import type { Row } from '@scalpdesk/tlcp'
import { Decimal } from 'decimal.js'
import type { DayFigures } from '../quote.ts'
import { decimalOf } from './decimal-text.ts'

/** Our choice: finer than any figure, and room for hundreds of millions in a safe integer. */
const DECIMALS = 7

/** A figure as it was read: a whole number of 10^-DECIMALS, or where it is none, its text. */
type Figure = number | string | null

/**
 * Reads five neighbouring fields, in the order of the figures. Two of them change with every price, so they are read as numbers,
 * and made into decimals only for who looks.
 */
export class DayReader {
  readonly #first: number
  #fixed: Fixed | null = null
  #made: DayFigures | null = null

  /** @param first the place of the first field. */
  constructor(first: number) {
    this.#first = first
  }

  read(row: Row): DayFigures {
    const first = this.#first
    const isSame = !(row.isChanged(first) || row.isChanged(first + 1) || row.isChanged(first + 2))
    if (this.#fixed === null || !isSame) {
      this.#fixed = { midOpen: figure(row, first), high: figure(row, first + 1), low: figure(row, first + 2) }
    } else if (this.#made !== null && !row.isChanged(first + 3) && !row.isChanged(first + 4)) {
      return this.#made
    }
    this.#made = new ReadFigures(this.#fixed, figure(row, first + 3), figure(row, first + 4))
    return this.#made
  }
}

interface Fixed {
  readonly midOpen: Figure
  readonly high: Figure
  readonly low: Figure
}

class ReadFigures implements DayFigures {
  readonly #fixed: Fixed
  readonly #net: Figure
  readonly #percent: Figure

  constructor(fixed: Fixed, net: Figure, percent: Figure) {
    this.#fixed = fixed
    this.#net = net
    this.#percent = percent
  }

  get midOpen(): Decimal | null {
    return decimal(this.#fixed.midOpen)
  }

  get high(): Decimal | null {
    return decimal(this.#fixed.high)
  }

  get low(): Decimal | null {
    return decimal(this.#fixed.low)
  }

  get netChange(): Decimal | null {
    return decimal(this.#net)
  }

  get percentChange(): Decimal | null {
    return decimal(this.#percent)
  }
}

function figure(row: Row, field: number): Figure {
  return row.units(field, DECIMALS) ?? row.value(field)
}

function decimal(read: Figure): Decimal | null {
  return typeof read === 'number' ? new Decimal(`${read}e-${DECIMALS}`) : decimalOf(read)
}
