import type { Decimal } from '@scalpdesk/sdk'
import { Decimal as Plain } from '@scalpdesk/sdk'

/**
 * Amounts as whole numbers of one unit, so that thousands of them are summed exactly and quickly. The unit is the finest digit that any of
 * them has.
 */
export interface Scale {
  readonly decimals: number
  unitsOf(amount: Decimal): bigint
  amountOf(units: bigint): Decimal
}

export function scaleOf(amounts: Iterable<Decimal>): Scale {
  let decimals = 2
  for (const amount of amounts) {
    const own = amount.decimalPlaces()
    if (own > decimals) decimals = own
  }
  return {
    decimals,
    unitsOf: amount => BigInt(amount.toFixed(decimals).replace('.', '')),
    amountOf: units => new Plain(`${units}e-${decimals}`),
  }
}
