import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import { Exact } from './exact-decimal.ts'
import type { Market } from './market.ts'
import type { Position } from './position.ts'
import { unitsToDecimal } from './scaled-number.ts'

/** (exit - entry) x direction x size x contract size: in the market's currency, exact. */
export function profitOf(position: Position, market: Market, exitUnits: number, size: Decimal): Decimal {
  const gainedUnits = position.direction === 'BUY' ? exitUnits - position.levelUnits : position.levelUnits - exitUnits
  return unitsToDecimal(gainedUnits, market.decimals).times(size).times(market.contractSize)
}

/** size x contract size x price x margin percent: in the account's currency, to the cent, at the opening level (our choice). */
export function marginOf(market: Market, size: Decimal, levelUnits: number): Decimal {
  const notional = unitsToDecimal(levelUnits, market.decimals).times(size).times(market.contractSize)
  return toAccountCurrency(notional.times(market.marginPercent).div(100), market)
}

/** Half a cent rounds away from zero (our choice). */
export function toAccountCurrency(amount: Decimal, market: Market): Decimal {
  return new Exact(amount.div(market.baseExchangeRate).toFixed(2, Exact.ROUND_HALF_UP))
}

/** The price at which this direction would be closed. */
export function closingUnits(direction: DirectionJson, quote: { bidUnits: number; offerUnits: number }): number {
  return direction === 'BUY' ? quote.bidUnits : quote.offerUnits
}
