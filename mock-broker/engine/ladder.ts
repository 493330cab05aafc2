import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { BookQuote } from './book.ts'
import { compareSizes } from './deal-size.ts'
import type { Market } from './market.ts'

/**
 * Five tiers of prices for larger sizes: an order deals as a whole at the price of the tier that its size belongs to (IG Labs,
 * Streaming API reference, "PRICE": `ASKSIZE1` and its like are thresholds). How wide and how deep they are is our choice: each
 * holds what stands at the touch once more, a quarter of the usual spread further out.
 */
export const LADDER_TIERS = 5

/** Most that deals at this tier, counted from 1. */
export function ladderSize(market: Market, tier: number): Decimal {
  return market.touchSize.times(tier)
}

export function ladderPrice(market: Market, quote: BookQuote, direction: DirectionJson, tier: number): number {
  const awayUnits = (tier - 1) * Math.max(1, Math.round((market.synthetic?.spreadUnits ?? 1) / 4))
  return direction === 'BUY' ? quote.offerUnits + awayUnits : quote.bidUnits - awayUnits
}

export function ladderTier(market: Market, size: Decimal): number {
  if (compareSizes(size, market.touchSize) <= 0) return 1
  return Math.min(LADDER_TIERS, size.div(market.touchSize).ceil().toNumber())
}
