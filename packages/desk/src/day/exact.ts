import { Decimal, type Direction } from '@scalpdesk/sdk'

/**
 * Wide enough that sums and products of prices, sizes and contract sizes are never rounded, and that what is divided rounds at
 * the cent only (our choice). Halves go away from zero.
 */
export const Exact = Decimal.clone({ precision: 200, rounding: Decimal.ROUND_HALF_UP })

/** How far a price went in the favour of a position, per unit of it; below zero: against it. Exact. */
export function gained(direction: Direction, from: Decimal, to: Decimal): Decimal {
  return direction === 'BUY' ? new Exact(to).minus(from) : new Exact(from).minus(to)
}

/** As a decimal of the SDK, no digit lost. */
export const plain = (value: Decimal): Decimal => new Decimal(value.toFixed())

/** To the cent, as the broker books it. */
export const toCents = (money: Decimal): Decimal => new Decimal(money.toFixed(2, Decimal.ROUND_HALF_UP))
