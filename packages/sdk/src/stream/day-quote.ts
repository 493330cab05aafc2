import { type DayFigures, type QuotePrice, type QuoteTerms, SharingQuote } from '../quote.ts'
import { dayFigures, type Figure, type FixedFigures } from './day-reader.ts'

/** What changes with nearly every quote where the figures of the day are wanted. */
export interface DayPrice extends QuotePrice {
  readonly net: Figure
  readonly percent: Figure
}

export interface DayTerms extends QuoteTerms {
  readonly fixed: FixedFigures
}

/** The figures of the day are in their row, and made when somebody looks. */
export class DayQuote extends SharingQuote {
  declare protected readonly terms: DayTerms
  protected readonly net: Figure
  protected readonly percent: Figure

  constructor(price: DayPrice, terms: DayTerms) {
    super(price, terms)
    this.net = price.net
    this.percent = price.percent
  }

  override get day(): DayFigures | null {
    return this.terms.gap === null ? dayFigures(this.terms.fixed, this.net, this.percent) : null
  }
}
