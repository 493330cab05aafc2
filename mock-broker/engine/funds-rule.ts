import type { Decimal } from 'decimal.js'
import { minus, plus } from './cents.ts'
import { isCurrency } from './currency.ts'
import { totalSize } from './deal-size.ts'
import type { Ledger } from './ledger.ts'
import type { Market } from './market.ts'
import type { DealPlan } from './open-position.ts'
import type { Reason } from './reason.ts'
import { marginInCents } from './valuation.ts'

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
  const { available, deposit } = account.funds()
  const availableThen =
    netted.length === 0 ? available : minus(plus(available, deposit), account.depositWithout(netted))
  if (availableThen < 0) return 'MARGIN_ERROR'
  const others = account.positions().filter(each => each.epic === market.epic && !netted.includes(each))
  const needed = marginInCents(market, fresh, levelUnits, totalSize(others), from, account.terms.currency)
  return needed > availableThen ? 'INSUFFICIENT_FUNDS' : null
}

/** So much can stand behind guaranteed stops on one market. */
export function refuseGuaranteedSize(
  { size }: { readonly size: Decimal },
  market: Market,
  account: Ledger,
): Reason | null {
  const guaranteed = account.positions().filter(each => each.epic === market.epic && each.isStopGuaranteed)
  return totalSize(guaranteed).plus(size).gt(market.maxGuaranteedSize) ? 'OVER_NORMAL_MARKET_SIZE' : null
}
