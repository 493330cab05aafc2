import { Decimal } from 'decimal.js'

/**
 * The engine's own Decimal: wide enough that sums and products of prices, sizes and contract sizes are never rounded.
 * Only the conversion into the account currency divides, and that is rounded to cents at once. Our choice.
 */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP })

export const ZERO = new Exact(0)

/** The same number with no more room than its digits need, which a product has: for what is kept by the thousand. */
export function compact(value: Decimal): Decimal {
  return new Exact(value)
}
