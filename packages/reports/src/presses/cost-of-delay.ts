import type { Decimal, Direction } from '@scalpdesk/sdk'
import type { Surroundings } from '../bridge/result-parts.ts'
import { Exact, plain, toCents } from '../exact.ts'
import type { Position, Press } from '../join/position.ts'
import { dealingSide, gain, opposite, type PriceLine } from '../trades/price-line.ts'
import { worthOf } from '../trades/worth.ts'

/**
 * What the market moved between the key and the moment at which the outcome was heard, on the side that each order of ours dealt at, in the account's
 * currency; below zero: it moved against the trader. Of the orders of the span whose prices are recorded; null: of none.
 */
export function costOfDelay(
  positions: readonly Position[],
  { markets, priceLineOf, accountCurrency }: Surroundings,
  isInside: (atMs: number) => boolean,
): Decimal | null {
  let sum: Decimal = new Exact(0)
  let orders = 0
  const add = (line: PriceLine, press: Press | null, direction: Direction, size: Decimal, worth: Decimal): void => {
    if (!press || press.filledAtMs === null || !isInside(press.atMs)) return
    const [seen, dealt] = [line.at(press.atMs), line.at(press.filledAtMs)]
    if (!seen || !dealt) return
    const moved = gain(direction, dealingSide(direction, dealt), dealingSide(direction, seen))
    sum = sum.plus(toCents(moved.times(size).times(worth)))
    orders++
  }
  for (const position of positions) {
    const line = priceLineOf(position.epic)
    const worth = line && worthOf(position, markets, accountCurrency)
    if (!line || !worth) continue
    add(line, position.press, position.direction, position.size, worth)
    for (const close of position.closes) add(line, close.press, opposite(position.direction), close.size, worth)
  }
  return orders === 0 ? null : plain(sum)
}
