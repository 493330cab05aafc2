import type { Decimal } from '@scalpdesk/sdk'
import { plain } from './distance-rule.ts'
import { Wide } from './wide-decimal.ts'

/**
 * Units of the deal's currency for one of the account's. Source: IG Labs, REST API reference, "Markets",
 * `currencies[].baseExchangeRate`.
 * @returns null when it cannot be known
 */
export function ratePerBase(
  market: { readonly currency: string; readonly currencyPerBase: Decimal | null },
  accountCurrency: string,
): Decimal | null {
  if (market.currency === accountCurrency) return new Wide(1)
  const rate = market.currencyPerBase
  return rate?.isFinite() && rate.gt(0) ? rate : null
}

/** Money of a deal in the account's currency, to eight decimals, away from zero for losses; null without a rate. */
export function toAccountMoney(
  money: Decimal,
  market: { readonly currency: string; readonly currencyPerBase: Decimal | null },
  accountCurrency: string,
): Decimal | null {
  if (market.currency === accountCurrency) return money
  const rate = ratePerBase(market, accountCurrency)
  return rate && plain(new Wide(money).div(rate).toDecimalPlaces(8, Wide.ROUND_FLOOR))
}
