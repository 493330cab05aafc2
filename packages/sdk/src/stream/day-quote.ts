import { type DayFigures, type QuotePrice, type QuoteTerms, SharingQuote } from '../quote.ts'
import { dayFigures, type Figure, type FixedFigures } from './day-reader.ts'

/** What changes with nearly every quote where the figures of the day are wanted. */
export interface DayPrice extends QuotePrice {
  readonly net: Figure
  readonly percent: Figure
}

/** The figures of the day are in their row, and made when somebody looks. */
export class DayQuote extends SharingQuote {
  protected readonly fixed: FixedFigures
  protected readonly net: Figure
  protected readonly percent: Figure

  constructor(price: DayPrice, terms: QuoteTerms, fixed: FixedFigures) {
    super(price, terms)
    this.fixed = fixed
    this.net = price.net
    this.percent = price.percent
  }

  override get day(): DayFigures | null {
    return this.terms.gap === null ? dayFigures(this.fixed, this.net, this.percent) : null
  }
}
