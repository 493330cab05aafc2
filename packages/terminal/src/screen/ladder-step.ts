import { decimalsOf, scaledFromText } from './scaled-text.ts'
import type { QuoteView } from './view.ts'

/** Distance of two rows of a ladder, in units of 10^-decimals. */
export interface LadderStep {
  readonly units: number
  readonly decimals: number
}

/** Markets whose point is remembered, so that a quote without a spread changes nothing (our choice). */
const MARKETS_KEPT = 100

/** The point of each market, found out from its quotes: the spread is given in prices and in points. */
export class LadderSteps {
  readonly #points = new Map<string, LadderStep>()

  /** One point; the last decimal of the price where the point is not known. Null without a price. */
  stepFor(epic: string, quote: QuoteView): LadderStep | null {
    const decimals = Math.max(
      quote.bid === null ? -1 : decimalsOf(quote.bid),
      quote.offer === null ? -1 : decimalsOf(quote.offer),
    )
    const known = this.#points.get(epic)
    if (known && known.decimals >= decimals) return known
    if (decimals < 0) return null
    const units = pointUnits(quote, decimals)
    if (units === null) return { units: 1, decimals }
    const step = { units, decimals }
    if (this.#points.size >= MARKETS_KEPT) this.#points.clear()
    this.#points.set(epic, step)
    return step
  }
}

/**
 * Units of one point; null when the quote does not tell. Prices and points of the same spread are both exact.
 * @see IG Labs, REST API reference, "Markets": scalingFactor, which is a power of ten
 */
function pointUnits({ bid, offer, spread }: QuoteView, decimals: number): number | null {
  const [bidUnits, offerUnits] = [bid, offer].map(price => (price === null ? null : scaledFromText(price, decimals)))
  const [figure = ''] = spread?.split(' ', 1) ?? []
  const spreadDecimals = decimalsOf(figure)
  const points = scaledFromText(figure, spreadDecimals)
  if (bidUnits == null || offerUnits == null || points === null || points <= 0) return null
  const units = ((offerUnits - bidUnits) * 10 ** spreadDecimals) / points
  return /^10*$/.test(String(units)) ? units : null
}
