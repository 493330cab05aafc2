import type { Row } from '@scalpdesk/tlcp'
import { Decimal } from 'decimal.js'
import type { DayFigures } from '../quote.ts'
import { decimalOf } from './decimal-text.ts'

/** Our choice: finer than any figure, and room for hundreds of millions in a safe integer. */
const DECIMALS = 7

/** A figure as it was read: a whole number of 10^-DECIMALS, or where it is none, its text. */
export type Figure = number | string | null

/** What seldom changes in a day. */
export interface FixedFigures {
  readonly midOpen: Figure
  readonly high: Figure
  readonly low: Figure
}

export const NO_FIGURES: FixedFigures = { midOpen: null, high: null, low: null }

/**
 * Reads five neighbouring fields, in the order of the figures. Two of them change with every price, so they are read as numbers,
 * and made into decimals only for who looks.
 */
export class DayReader {
  readonly #first: number
  #made: DayFigures | null = null
  /** As read last. */
  fixed: FixedFigures = NO_FIGURES
  net: Figure = null
  percent: Figure = null

  /** @param first the place of the first field. */
  constructor(first: number) {
    this.#first = first
  }

  /** What the row changed, or all of it. @returns whether that is something of the fixed figures. */
  take(row: Row, isWhole: boolean): boolean {
    const first = this.#first
    if (isWhole || row.isChanged(first + 3)) this.net = figure(row, first + 3)
    if (isWhole || row.isChanged(first + 4)) this.percent = figure(row, first + 4)
    if (!(isWhole || row.isChanged(first) || row.isChanged(first + 1) || row.isChanged(first + 2))) return false
    this.fixed = { midOpen: figure(row, first), high: figure(row, first + 1), low: figure(row, first + 2) }
    return true
  }

  /** All five, the same object while none of them changes. */
  read(row: Row): DayFigures {
    const { net, percent } = this
    const isNews = this.take(row, this.#made === null)
    if (this.#made === null || isNews || net !== this.net || percent !== this.percent) {
      this.#made = dayFigures(this.fixed, this.net, this.percent)
    }
    return this.#made
  }
}

export function dayFigures(fixed: FixedFigures, net: Figure, percent: Figure): DayFigures {
  return new ReadFigures(fixed, net, percent)
}

class ReadFigures implements DayFigures {
  readonly #fixed: FixedFigures
  readonly #net: Figure
  readonly #percent: Figure

  constructor(fixed: FixedFigures, net: Figure, percent: Figure) {
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
