import type { Decimal } from '@scalpdesk/sdk'
import { Exact, plain } from '../exact.ts'
import type { Close, Position } from '../join/position.ts'
import { dealingSide, gain, opposite, type PriceLine } from './price-line.ts'
import type { RoundTrip } from './round-trips.ts'

/** From the price seen at the key to the level of the deal, in points, weighted by size; below zero: worse. null: a key is not known. */
export function entrySlippage(trip: RoundTrip, pointsPerUnit: number): Decimal | null {
  return weighted(
    trip.map(({ press, level, direction, size }) => ({
      size,
      moved: press?.seenLevel && level ? gain(direction, level, press.seenLevel) : null,
    })),
    pointsPerUnit,
  )
}

/** As {@link entrySlippage}; of a stop or limit from its level. */
export function exitSlippage(trip: RoundTrip, line: PriceLine | null, pointsPerUnit: number): Decimal | null {
  return weighted(
    trip.flatMap(position =>
      position.closes.map(close => ({ size: close.size, moved: exitMove(position, close, line) })),
    ),
    pointsPerUnit,
  )
}

function exitMove(position: Position, close: Close, line: PriceLine | null): Decimal | null {
  const wanted = wantedLevel(position, close, line)
  return wanted && close.level ? gain(position.direction, wanted, close.level) : null
}

function wantedLevel({ direction }: Position, { legLevel, press }: Close, line: PriceLine | null): Decimal | null {
  if (legLevel) return legLevel
  if (press?.seenLevel) return press.seenLevel
  const quote = press && line?.at(press.atMs)
  return quote ? dealingSide(opposite(direction), quote) : null
}

function weighted(
  deals: readonly { readonly size: Decimal; readonly moved: Decimal | null }[],
  pointsPerUnit: number,
): Decimal | null {
  let size: Decimal = new Exact(0)
  let sum: Decimal = new Exact(0)
  for (const deal of deals) {
    if (!deal.moved) return null
    size = size.plus(deal.size)
    sum = sum.plus(deal.moved.times(deal.size))
  }
  return size.isZero() ? null : plain(sum.times(pointsPerUnit).div(size).toDecimalPlaces(4))
}
