import type { Decimal } from 'decimal.js'
import { isCurrency } from './currency.ts'
import { ZERO } from './exact-decimal.ts'
import type { Ledger } from './ledger.ts'
import type { Market } from './market.ts'
import type { Reason } from './reason.ts'
import { marginOf } from './valuation.ts'

/**
 * Margin against what is available. An account that has less than nothing available already fails its margin check, any other
 * lacks funds: which of the two IG names when is our reading of their texts.
 */
export function refuseFunds(
  size: Decimal,
  levelUnits: number,
  currency: string,
  market: Market,
  account: Ledger,
): Reason | null {
  const from = isCurrency(currency) ? currency : market.currencies[0]
  const { available } = account.state()
  if (available.isNegative()) return 'MARGIN_ERROR'
  const before = account
    .positions()
    .filter(({ epic }) => epic === market.epic)
    .reduce<Decimal>((sum, position) => sum.plus(position.size), ZERO)
  const needed = account.inOwnCurrency(marginOf(market, size, levelUnits, before), from)
  return needed.gt(available) ? 'INSUFFICIENT_FUNDS' : null
}
