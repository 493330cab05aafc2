import { Decimal, type Direction } from '@scalpdesk/sdk'
import type { PriceMarks } from '../day-facts.ts'
import { Exact, plain } from '../exact.ts'

export interface SeenQuote {
  readonly bid: Decimal
  readonly offer: Decimal
}

/** The recorded prices of one market, to be asked. */
export interface PriceLine {
  /** In force at a moment; null: before the first, in a gap, or without a price. */
  at(atMs: number): SeenQuote | null
  /** Of those in force while `[fromMs, toMs]` the one whose side for this direction is nearest to a level: for deals of which the second is known alone. */
  nearest(direction: Direction, level: Decimal, fromMs: number, toMs: number): SeenQuote | null
  /** Lowest and highest price of the side that closes a position, while `[fromMs, toMs]`, the one in force at its beginning among them. */
  reach(direction: Direction, fromMs: number, toMs: number): { readonly low: Decimal; readonly high: Decimal } | null
  /** Prices were there from the one moment to the other. */
  isWhole(fromMs: number, toMs: number): boolean
}

export function priceLine(marks: PriceMarks): PriceLine {
  const { atMs, bidUnits, offerUnits, decimals, gaps } = marks
  const price = (units: number): Decimal => new Decimal(`${units}e-${decimals}`)

  /** The last mark at or before; -1: none. */
  function indexAt(moment: number): number {
    let [low, high] = [0, atMs.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (atMs[middle]! <= moment) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  const isInGap = (moment: number): boolean => gaps.some(({ fromMs, toMs }) => moment >= fromMs && moment < toMs)

  function quoteOf(index: number): SeenQuote | null {
    const [bid, offer] = [bidUnits[index], offerUnits[index]]
    if (bid === undefined || offer === undefined || !Number.isFinite(bid) || !Number.isFinite(offer)) return null
    return { bid: price(bid), offer: price(offer) }
  }

  return {
    at: moment => (isInGap(moment) ? null : quoteOf(indexAt(moment))),
    nearest(direction, level, fromMs, toMs) {
      if (isInGap(fromMs)) return null
      const side = direction === 'BUY' ? offerUnits : bidUnits
      const wanted = level.times(10 ** decimals)
      let best: { readonly index: number; readonly away: Decimal } | null = null
      for (let index = Math.max(0, indexAt(fromMs)), last = indexAt(toMs); index <= last; index++) {
        const units = side[index]!
        if (!Number.isFinite(units)) continue
        const away = wanted.minus(units).abs()
        if (!best || away.lt(best.away)) best = { index, away }
      }
      return best && quoteOf(best.index)
    },
    reach(direction, fromMs, toMs) {
      const side = direction === 'BUY' ? bidUnits : offerUnits
      const last = indexAt(toMs)
      // The mark before the beginning is still in force then.
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (let index = Math.max(0, indexAt(fromMs)); index <= last; index++) {
        const units = side[index]!
        if (units < low) low = units
        if (units > high) high = units
      }
      return low <= high ? { low: price(low), high: price(high) } : null
    },
    isWhole: (fromMs, toMs) => indexAt(fromMs) >= 0 && !gaps.some(gap => gap.fromMs < toMs && gap.toMs > fromMs),
  }
}

export const middle = ({ bid, offer }: SeenQuote): Decimal => plain(new Exact(bid).plus(offer).div(2))

/** Where an order of this direction deals. */
export const dealingSide = (direction: Direction, { bid, offer }: SeenQuote): Decimal =>
  direction === 'BUY' ? offer : bid

export const opposite = (direction: Direction): Direction => (direction === 'BUY' ? 'SELL' : 'BUY')

/** How much better the second price is than the first for somebody who is long, or short. */
export function gain(direction: Direction, from: Decimal, to: Decimal): Decimal {
  return direction === 'BUY' ? new Exact(to).minus(from) : new Exact(from).minus(to)
}
