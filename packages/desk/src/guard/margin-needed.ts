import type { Decimal } from '@scalpdesk/sdk'
import { ratePerBase } from '../presets/account-money.ts'
import { plain } from '../presets/distance-rule.ts'
import type { MarketTerms } from '../presets/market-terms.ts'
import { Wide } from '../presets/wide-decimal.ts'

/**
 * What the broker sets aside for a deal, in the account's currency, rounded up to the cent: each part of the size at the
 * percentage of the band that it falls in. That what is held already fills the lower bands is our choice, the careful
 * one. Source: IG Labs, REST API reference, "Markets", `marginDepositBands` and `marginFactor`.
 * @returns null when it cannot be worked out
 */
export function marginNeeded(
  terms: MarketTerms,
  level: Decimal,
  heldSize: Decimal,
  size: Decimal,
  accountCurrency: string,
): Decimal | null {
  const rate = ratePerBase(terms, accountCurrency)
  const percentSizes = weighedSize(terms, heldSize, size)
  if (!rate || percentSizes === null) return null
  const value = new Wide(percentSizes).times(level).times(terms.contractSize)
  return plain(value.div(new Wide(rate).times(100)).toDecimalPlaces(2, Wide.ROUND_CEIL))
}

/** The sum of size times percent. */
function weighedSize({ marginBands, marginFactor }: MarketTerms, from: Decimal, size: Decimal): Decimal | null {
  if (!marginBands || marginBands.length === 0)
    return marginFactor?.unit === 'PERCENTAGE' ? new Wide(size).times(marginFactor.value) : null
  const until = new Wide(from).plus(size)
  let covered = new Wide(0)
  let weighed = new Wide(0)
  for (const { fromSize, toSize, marginPercentage } of marginBands) {
    const start = Wide.max(fromSize, from)
    const end = toSize === null ? until : Wide.min(toSize, until)
    if (end.lte(start)) continue
    covered = covered.plus(end.minus(start))
    weighed = weighed.plus(end.minus(start).times(marginPercentage))
  }
  return covered.eq(size) ? weighed : null
}
