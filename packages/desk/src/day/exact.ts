import { Decimal } from '@scalpdesk/sdk'

/**
 * Wide enough that sums and products of prices, sizes and contract sizes are never rounded, and that what is divided rounds at
 * the cent only (our choice). Halves go away from zero.
 */
export const Exact = Decimal.clone({ precision: 200, rounding: Decimal.ROUND_HALF_UP })

/** As a decimal of the SDK, no digit lost. */
export const plain = (value: Decimal): Decimal => new Decimal(value.toFixed())

/** To the cent, as the broker books it. */
export const toCents = (money: Decimal): Decimal => new Decimal(money.toFixed(2, Decimal.ROUND_HALF_UP))
