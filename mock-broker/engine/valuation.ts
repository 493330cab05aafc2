import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import { Exact } from './exact-decimal.ts'
import { contractUnits, type Market } from './market.ts'
import type { Position } from './position.ts'
import { unitsToDecimal } from './scaled-number.ts'

/** (exit - entry) x direction x size x contract size: in the position's currency, exact. */
export function profitOf(position: Position, market: Market, exitUnits: number, size: Decimal): Decimal {
  const gainedUnits = position.direction === 'BUY' ? exitUnits - position.levelUnits : position.levelUnits - exitUnits
  return notionalOf(market, size, gainedUnits)
}

/** size x contract size x price, exact. */
export function notionalOf(market: Market, size: Decimal, levelUnits: number): Decimal {
  return unitsToDecimal(levelUnits, market.decimals).times(size).times(contractUnits(market))
}

/**
 * Margin of one deal at its opening level, exact: each part of its size at the percentage of the band that it falls in
 * (IG Labs, REST API reference, "Markets": `marginDepositBands`; that the level is the opening one is our choice).
 * @param before the size that is open in the market already and fills the lower bands.
 */
export function marginOf(market: Market, size: Decimal, levelUnits: number, before: Decimal): Decimal {
  const end = before.plus(size)
  const percentTimesSize = market.marginBands.reduce<Decimal>((sum, { from, percent }, index) => {
    const upper = market.marginBands[index + 1]?.from
    const low = Exact.max(from, before)
    const high = upper === undefined ? end : Exact.min(upper, end)
    return high.gt(low) ? sum.plus(high.minus(low).times(percent)) : sum
  }, new Exact(0))
  return notionalOf(market, new Exact(1), levelUnits).times(percentTimesSize).div(100)
}

/** The price at which this direction would be closed. */
export function closingUnits(direction: DirectionJson, quote: { bidUnits: number; offerUnits: number }): number {
  return direction === 'BUY' ? quote.bidUnits : quote.offerUnits
}
