/** A price that is only looked at, as text, and how long after the one before. */
export interface ShownPrice {
  readonly afterMs: number
  readonly bid: string
  readonly offer: string
}

/** Prices without end. */
export interface PriceFeed {
  /** What they are of: a market, and where they come from. */
  readonly name: string
  next(): ShownPrice
}

/** Plays a list over and over. @param prices at least one */
export function repeating(name: string, prices: readonly ShownPrice[]): PriceFeed {
  let at = 0
  return {
    name,
    next() {
      const price = prices[at++ % prices.length]
      if (!price) throw new Error('expected prices to show, but there are none; give at least one')
      return price
    },
  }
}
