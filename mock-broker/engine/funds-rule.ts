import type { Decimal } from 'decimal.js'
import { isCurrency } from './currency.ts'
import { ZERO } from './exact-decimal.ts'
import type { Ledger } from './ledger.ts'
import type { Market } from './market.ts'
import type { DealPlan } from './open-position.ts'
import type { Reason } from './reason.ts'
import { marginOf } from './valuation.ts'

/**
 * Margin against what is available, once the positions that the deal nets off have given theirs back. An account that has less
 * than nothing available already fails its margin check, any other lacks funds: which of the two IG names when is our reading
 * of their texts.
 */
export function refuseFunds(
  { netted, fresh }: DealPlan,
  levelUnits: number,
  currency: string,
  market: Market,
  account: Ledger,
): Reason | null {
  const from = isCurrency(currency) ? currency : market.currencies[0]
  const { available, deposit } = account.state()
  const availableThen = netted.length === 0 ? available : available.plus(deposit).minus(account.depositWithout(netted))
  if (availableThen.isNegative()) return 'MARGIN_ERROR'
  const before = account
    .positions()
    .filter(position => position.epic === market.epic && !netted.includes(position))
    .reduce<Decimal>((sum, position) => sum.plus(position.size), ZERO)
  const needed = account.inOwnCurrency(marginOf(market, fresh, levelUnits, before), from)
  return needed.gt(availableThen) ? 'INSUFFICIENT_FUNDS' : null
}

/** So much can stand behind guaranteed stops on one market. */
export function refuseGuaranteedSize(
  { size }: { readonly size: Decimal },
  market: Market,
  account: Ledger,
): Reason | null {
  const guaranteed = account
    .positions()
    .filter(({ epic, isStopGuaranteed }) => epic === market.epic && isStopGuaranteed)
    .reduce<Decimal>((sum, position) => sum.plus(position.size), ZERO)
  return guaranteed.plus(size).gt(market.maxGuaranteedSize) ? 'OVER_NORMAL_MARKET_SIZE' : null
}
