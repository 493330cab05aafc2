import type { Decimal, Direction } from '@scalpdesk/sdk'
import { message } from '../words/message.ts'
import { type Price, rulePoints } from './distance-rule.ts'
import type { MarketTerms } from './market-terms.ts'
import { type Problem, problem } from './problem.ts'

export interface RestingLevel {
  readonly direction: Direction
  readonly restsAs: 'limit' | 'stop'
  readonly level: Decimal
}

/**
 * What the least distance of a stop or limit has against the level of an order that rests; null: nothing, or nobody knows. A limit order
 * waits for a better price than that of now, a stop order for a worse one.
 * Source: IG Labs, REST API reference, "Positions", GET /confirms/{dealReference}: the reason ATTACHED_ORDER_LEVEL_ERROR is about the
 * order's own level, too; that the distance is taken from the price at which it would deal is our reading of it.
 */
export function levelProblem(
  terms: MarketTerms,
  price: Price,
  { direction, restsAs, level }: RestingLevel,
): Problem<'level-too-near'> | null {
  const least = rulePoints(terms.minStopDistance, terms, price, 'least')
  if (typeof least === 'string') return null
  const from = direction === 'BUY' ? price.offer : price.bid
  const waitsBelow = (direction === 'BUY') === (restsAs === 'limit')
  const away = (waitsBelow ? from.minus(level) : level.minus(from)).times(terms.pointsPerUnit)
  if (away.gte(least)) return null
  const told = { market: terms.name, isBelow: waitsBelow, least: least.toFixed(), points: away.toFixed() }
  return problem('level-too-near', message('level-too-near', told))
}
