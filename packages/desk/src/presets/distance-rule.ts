import { Decimal, type DistanceRule } from '@scalpdesk/sdk'
import type { MarketTerms } from './market-terms.ts'
import { Wide } from './wide-decimal.ts'

export interface Price {
  readonly bid: Decimal
  readonly offer: Decimal
}

/**
 * A dealing rule in points. A rule in percent is taken of the side that makes it stricter: IG does not publish of which
 * level it takes it (our choice).
 * @returns `unknown-price` when a rule in percent has no price to be taken of, `unknown-unit` when IG named another unit
 */
export function rulePoints(
  rule: DistanceRule,
  terms: MarketTerms,
  price: Price | null,
  stricter: 'least' | 'most',
): Decimal | 'unknown-price' | 'unknown-unit' {
  if (rule.unit === 'POINTS') return rule.value
  if (rule.unit !== 'PERCENTAGE') return 'unknown-unit'
  if (price === null) return 'unknown-price'
  const level = stricter === 'least' ? Decimal.max(price.bid, price.offer) : Decimal.min(price.bid, price.offer)
  return plain(new Wide(rule.value).times(level).times(terms.pointsPerUnit).div(100))
}

/**
 * Whether points are below a largest distance in percent by more than any rounding of a double: markets allow half of the
 * price and more, a scalp's stop is a thousandth of it, and working out the rule exactly is half of what a key costs.
 */
export function isFarBelow(points: Decimal, rule: DistanceRule, terms: MarketTerms, price: Price | null): boolean {
  if (rule.unit !== 'PERCENTAGE' || price === null) return false
  const level = Math.min(price.bid.toNumber(), price.offer.toNumber())
  return points.toNumber() < (rule.value.toNumber() * level * terms.pointsPerUnit * 0.99) / 100
}

/** Read from text, decimal.js keeps every digit. */
export const plain = (value: Decimal): Decimal => new Decimal(value.toFixed())
