import { Decimal } from '@scalpdesk/sdk'

/**
 * Wide enough that sums and products of prices, sizes and contract sizes are never rounded; a division rounds at its sixtieth digit, and
 * at the cent where it is booked (our choice). Halves go away from zero.
 */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP })

export const ZERO = new Decimal(0)

/** As a decimal of the SDK, no digit lost. */
export const plain = (value: Decimal): Decimal => (value.constructor === Decimal ? value : new Decimal(value))

/** To the cent, as brokers book. */
export const toCents = (money: Decimal): Decimal => plain(money.toDecimalPlaces(2, Decimal.ROUND_HALF_UP))

/** Exact; zero for none. */
export function sumOf(amounts: readonly Decimal[]): Decimal {
  if (amounts.length === 1) return plain(amounts[0]!)
  let sum: Decimal = new Exact(0)
  for (const amount of amounts) sum = sum.plus(amount)
  return plain(sum)
}

/** `null` when one of them is. */
export function sumOfKnown(amounts: readonly (Decimal | null)[]): Decimal | null {
  if (amounts.length === 1) return amounts[0] ? plain(amounts[0]) : null
  let sum: Decimal = new Exact(0)
  for (const amount of amounts) {
    if (!amount) return null
    sum = sum.plus(amount)
  }
  return plain(sum)
}

/** Without its sign. */
export const absolute = (value: Decimal): Decimal => (value.isNegative() ? value.abs() : value)

/** As `lt` does: rows share their figures, and a figure that is compared is copied. */
export const isLess = (one: Decimal, other: Decimal): boolean => one !== other && one.lt(other)

/** Both known and equal. */
export const isSame = (one: Decimal | null, other: Decimal | null): boolean =>
  one !== null && other !== null && (one === other || one.eq(other))

/** Both known and not equal. */
export const differs = (one: Decimal | null, other: Decimal | null): boolean =>
  one !== null && other !== null && one !== other && !one.eq(other)
