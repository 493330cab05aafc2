import type { Epic, Quote } from '@scalpdesk/sdk'

const priced = new WeakMap<Quote, Quote>()

/** The same quote, with its prices worked out once: an entry is judged by them many times, and each costs a microsecond. */
export function pricedQuote(quote: Quote): Quote {
  const known = priced.get(quote)
  if (known) return known
  const { epic, decimals, bidUnits, offerUnits, state, isDelayed, brokerTimeMs, receivedAtMs } = quote
  const { isSnapshot, session, gap, levels, sizes, quoteIds, day, bid, offer } = quote
  const price = { epic, decimals, bidUnits, offerUnits, bid, offer, brokerTimeMs, receivedAtMs, isSnapshot }
  const same: Quote = { ...price, state, isDelayed, session, gap, levels, sizes, quoteIds, day }
  priced.set(quote, same)
  return same
}

/**
 * The last quote of each market. Immutable, and cheap to go on from: thousands come a second, and copying a Map of forty
 * markets for each costs ten times as much as this.
 */
export class Quotes {
  readonly #places: ReadonlyMap<Epic, number>
  readonly #quotes: readonly Quote[]

  constructor(places: ReadonlyMap<Epic, number> = new Map(), quotes: readonly Quote[] = []) {
    this.#places = places
    this.#quotes = quotes
  }

  get(epic: Epic): Quote | undefined {
    const place = this.#places.get(epic)
    return place === undefined ? undefined : this.#quotes[place]
  }

  /** In the order in which their markets were first quoted. */
  values(): readonly Quote[] {
    return this.#quotes
  }

  with(quote: Quote): Quotes {
    const place = this.#places.get(quote.epic)
    if (place !== undefined) {
      const quotes = this.#quotes.slice()
      quotes[place] = quote
      return new Quotes(this.#places, quotes)
    }
    return new Quotes(new Map(this.#places).set(quote.epic, this.#quotes.length), [...this.#quotes, quote])
  }
}
