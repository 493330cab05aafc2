import type { Decimal } from '@scalpdesk/sdk'
import type { MarketFacts } from '../day-facts.ts'
import { Exact } from '../exact.ts'
import { beganAtMs, type Close, type Position } from '../join/position.ts'
import type { MarketBook } from '../market-terms.ts'
import { perUnitAt } from '../rate.ts'
import { gain } from './price-line.ts'

/**
 * Money of the account for one unit of the price and one of the size; null: no source tells. By the contract and the rate of the market;
 * where these are not known, by what the broker booked for the closes of the position, the largest move first.
 */
export function worthOf(position: Position, markets: MarketBook, accountCurrency: string): Decimal | null {
  return byContract(position, markets, accountCurrency) ?? byResults(position)
}

/** By what is told of the market alone: without what the broker took for the conversion. */
function byContract(position: Position, markets: MarketBook, accountCurrency: string): Decimal | null {
  const market = markets.of(position.epic)
  if (!market?.contractSize) return null
  const currency = position.currency ?? market.currency
  if (currency === accountCurrency) return market.contractSize
  const perUnit = perUnitAt(market, beganAtMs(position))
  if (!perUnit || (market.currency !== null && currency !== market.currency)) return null
  const known = converted.get(market) ?? new Map<Decimal, Decimal>()
  converted.set(market, known)
  const worth = known.get(perUnit) ?? Worth.div(market.contractSize, perUnit)
  known.set(perUnit, worth)
  return worth
}

/** For parts of a result, of which one takes the rest: what is rounded here is no money that was booked. Our choice. */
const Worth = Exact.clone({ precision: 20 })

/** By market and rate: a market's terms never change within a report, and are asked for with each deal. */
const converted = new WeakMap<MarketFacts, Map<Decimal, Decimal>>()

/** What a result was in the market's currency, exact; null: the contract is not known. */
export function ownProfit({ level, direction, epic }: Position, close: Close, markets: MarketBook): Decimal | null {
  const contract = markets.of(epic)?.contractSize
  if (!contract || !level || !close.level) return null
  return gain(direction, level, close.level).times(close.size).times(contract)
}

function byResults({ level, direction, closes }: Position): Decimal | null {
  let best: { readonly moved: Decimal; readonly booked: Decimal } | null = null
  for (const { level: at, booked, size } of closes) {
    if (!level || !at || !booked) continue
    const moved = gain(direction, level, at).times(size)
    if (!moved.isZero() && (best === null || moved.abs().gt(best.moved.abs()))) best = { moved, booked }
  }
  // A result of a few cents says too little about what a point is worth.
  if (!best || best.booked.abs().lt(LEAST_TOLD) || best.booked.isNegative() !== best.moved.isNegative()) return null
  return Worth.div(best.booked, best.moved)
}

const LEAST_TOLD = '0.5'
