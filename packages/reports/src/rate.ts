import type { Decimal } from '@scalpdesk/sdk'
import type { MarketFacts } from './day-facts.ts'

/**
 * Units of the market's currency for one of the account's, as it was told last before a moment; where nothing was told before, the first that
 * was told after, and where no moment is known what is told of the market itself. So what a past day is made of stays as it was when rates move.
 */
export function perUnitAt({ perUnit, rates = [] }: MarketFacts, atMs: number | null): Decimal | null {
  if (atMs === null || rates.length === 0) return perUnit
  let [low, high] = [0, rates.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rates[middle]!.fromMs <= atMs) low = middle + 1
    else high = middle
  }
  return rates[Math.max(0, low - 1)]!.perUnit
}
