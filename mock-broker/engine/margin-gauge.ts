import type { LiveBook } from './book.ts'
import { type CurrencyCode, exchangeFactor } from './currency.ts'
import { contractUnits } from './market.ts'
import type { Position } from './position.ts'

/**
 * Says at each quote, for the price of a few multiplications, whether an account certainly has margin to spare. It reckons in
 * floating point and deducts more than that can err by, so that exact money is asked for only where it could decide otherwise.
 */
export interface MarginGauge {
  hasToSpare(): boolean
  /** The same at other prices of one market; false for an account that holds something elsewhere too. */
  hasToSpareAt(book: LiveBook, bidUnits: number, offerUnits: number): boolean
}

export interface GaugedAccount {
  readonly positions: Iterable<Position>
  readonly books: ReadonlyMap<string, LiveBook>
  readonly currency: CurrencyCode
  /** What the account must at least be worth, less its cash; in its currency. */
  readonly needed: number
}

export function marginGauge({ positions, books, currency, needed }: GaugedAccount): MarginGauge {
  const exposures = new Map<string, Exposure>()
  let slack = CENT
  for (const position of positions) {
    const book = books.get(position.epic)
    if (!book) continue
    const exposure = exposures.get(position.epic) ?? { book, perBidUnit: 0, perOfferUnit: 0, constant: 0 }
    exposures.set(position.epic, exposure)
    const perUnit =
      (position.size.toNumber() * contractUnits(book.market) * exchangeFactor(position.currency, currency)) /
      10 ** book.market.decimals
    if (position.direction === 'BUY') exposure.perBidUnit += perUnit
    else exposure.perOfferUnit -= perUnit
    exposure.constant += perUnit * (position.direction === 'BUY' ? -position.levelUnits : position.levelUnits)
    // Each position's profit is rounded to the cent; and far more than what doubles lose of its value.
    slack += CENT + perUnit * position.levelUnits * 1e-11
  }
  const watched = [...exposures.values()]
  return {
    hasToSpare() {
      let spare = -needed - slack
      for (const { book, perBidUnit, perOfferUnit, constant } of watched) {
        const { quote } = book
        if (quote) spare += quote.bidUnits * perBidUnit + quote.offerUnits * perOfferUnit + constant
      }
      return spare >= 0
    },
    hasToSpareAt(book, bidUnits, offerUnits) {
      const [only, ...others] = watched
      if (only?.book !== book || others.length > 0) return false
      // The same steps as above, so that what holds here holds there at every better price: rounding keeps the order of figures.
      return -needed - slack + (bidUnits * only.perBidUnit + offerUnits * only.perOfferUnit + only.constant) >= 0
    },
  }
}

/** What the positions of one market together gain with each price unit. */
interface Exposure {
  readonly book: LiveBook
  perBidUnit: number
  perOfferUnit: number
  constant: number
}

const CENT = 0.01
