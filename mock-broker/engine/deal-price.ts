import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { Book, BookQuote } from './book.ts'
import type { DealingConditions } from './dealing-conditions.ts'
import { Exact } from './exact-decimal.ts'
import { ladderPrice, ladderSize, ladderTier } from './ladder.ts'
import { type Market, unitsPerPoint } from './market.ts'
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
 * A buy deals at the offer, a sell at the bid, a large one as a whole at its tier of the ladder. A LIMIT order deals at its
 * level or better now and never rests: beyond what its level reaches it is cut or refused, by its time in force.
 */
export function dealNow(wish: Wish, book: Book, conditions: DealingConditions): Dealt | { readonly reason: Reason } {
  const { market, quote } = book
  if (!quote) return { reason: 'MARKET_OFFLINE' }
  if (conditions.isRequoted()) return { reason: 'LEVEL_TOLERANCE_ERROR' }
  const dealt =
    wish.price.type === 'MARKET'
      ? atMarket(wish, book, quote, conditions)
      : atLimit(wish, wish.price.level, book, quote)
  return 'reason' in dealt ? dealt : whatIsLeft(wish, dealt, conditions.shareLeft(), market)
}

function atMarket(
  { direction, size }: Wish,
  { market }: Book,
  quote: BookQuote,
  conditions: DealingConditions,
): Dealt | { readonly reason: Reason } {
  if (market.marketOrders === 'NOT_AVAILABLE') return { reason: 'MARKET_ORDERS_NOT_ALLOWED_ON_INSTRUMENT' }
  const shownUnits = ladderPrice(market, quote, direction, ladderTier(market, size))
  const slippedUnits = conditions.slippagePoints() * unitsPerPoint(market)
  return { levelUnits: direction === 'BUY' ? shownUnits + slippedUnits : shownUnits - slippedUnits, size }
}

function atLimit(
  { direction, size, timeInForce }: Wish,
  level: Decimal,
  { market }: Book,
  quote: BookQuote,
): Dealt | { readonly reason: Reason } {
  const limit = level.times(10 ** market.decimals)
  const reaches = (tier: number): boolean => {
    const units = ladderPrice(market, quote, direction, tier)
    return direction === 'BUY' ? limit.gte(units) : limit.lte(units)
  }
  if (!reaches(1)) return { reason: 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET' }
  let tier = ladderTier(market, size)
  while (!reaches(tier)) tier--
  const dealt = {
    levelUnits: ladderPrice(market, quote, direction, tier),
    size: Exact.min(size, ladderSize(market, tier)),
  }
  return timeInForce === 'FILL_OR_KILL' && dealt.size.lt(size) ? { reason: 'ORDER_SIZE_CANNOT_BE_FILLED' } : dealt
}

/** A part is dealt in whole steps, and never less than the market's least unless that is all that was asked for. */
function whatIsLeft(
  { timeInForce }: Wish,
  dealt: Dealt,
  share: number,
  { sizeStep, minSize }: Market,
): Dealt | { readonly reason: Reason } {
  if (share >= 1) return dealt
  if (timeInForce === 'FILL_OR_KILL') return { reason: 'ORDER_SIZE_CANNOT_BE_FILLED' }
  const part = dealt.size.times(share).div(sizeStep).floor().times(sizeStep)
  return { ...dealt, size: Exact.min(dealt.size, Exact.max(part, minSize)) }
}
