import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { Book } from './book.ts'
import type { DealingConditions } from './dealing-conditions.ts'
import { Exact } from './exact-decimal.ts'
import { ladderPrice, ladderTier } from './ladder.ts'
import { unitsPerPoint } from './market.ts'
import type { OrderPrice, TimeInForce } from './order.ts'
import type { Reason } from './reason.ts'

/** What an order that deals now gets: a level, and how much of its size. */
export interface Dealt {
  readonly levelUnits: number
  readonly size: Decimal
}

interface Wish {
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly price: OrderPrice
  readonly timeInForce: TimeInForce
}

/**
 * A buy deals at the offer, a sell at the bid, a large one at its tier of the ladder. A LIMIT order deals at its level or better now and never rests; beyond what
 * stands at the touch it is cut or refused, by its time in force. How much that is IG does not say: our choice.
 */
export function dealNow(wish: Wish, book: Book, conditions: DealingConditions): Dealt | { readonly reason: Reason } {
  const { market, quote } = book
  if (!quote) return { reason: 'MARKET_OFFLINE' }
  const touchUnits = wish.direction === 'BUY' ? quote.offerUnits : quote.bidUnits
  if (conditions.isRequoted()) return { reason: 'LEVEL_TOLERANCE_ERROR' }
  if (wish.price.type === 'MARKET') {
    if (market.marketOrders === 'NOT_AVAILABLE') return { reason: 'MARKET_ORDERS_NOT_ALLOWED_ON_INSTRUMENT' }
    const shownUnits = ladderPrice(market, quote, wish.direction, ladderTier(market, wish.size))
    const slippedUnits = conditions.slippagePoints() * unitsPerPoint(market)
    return {
      levelUnits: wish.direction === 'BUY' ? shownUnits + slippedUnits : shownUnits - slippedUnits,
      size: wish.size,
    }
  }
  const scaled = wish.price.level.times(10 ** market.decimals)
  const isFillable = wish.direction === 'BUY' ? scaled.gte(touchUnits) : scaled.lte(touchUnits)
  if (!isFillable) return { reason: 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET' }
  if (wish.size.gt(market.touchSize) && wish.timeInForce === 'FILL_OR_KILL')
    return { reason: 'ORDER_SIZE_CANNOT_BE_FILLED' }
  return { levelUnits: touchUnits, size: Exact.min(wish.size, market.touchSize) }
}
