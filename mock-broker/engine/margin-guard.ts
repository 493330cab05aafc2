import type { LiveBook } from './book.ts'
import { closingUnits } from './valuation.ts'

/**
 * Says when it is worth asking whether an account is short of margin: exact money for every tick would be most of a tick's
 * cost. It looks when a price went further against a position than at any look before, by a share of the level, and once in a
 * while for what several markets do together.
 */
export interface MarginGuard {
  isWorthALook(book: LiveBook, atMs: number): boolean
}

export function marginGuard(): MarginGuard {
  const worstSeen = new Map<
    string,
    { readonly positions: LiveBook['positions']; worstLossUnits: number; atMs: number }
  >()
  return {
    isWorthALook(book, atMs) {
      const { quote, positions } = book
      if (!quote) return false
      let lossUnits = Number.NEGATIVE_INFINITY
      for (const { direction, levelUnits } of positions) {
        const exitUnits = closingUnits(direction, quote)
        const loss = direction === 'BUY' ? levelUnits - exitUnits : exitUnits - levelUnits
        if (loss > lossUnits) lossUnits = loss
      }
      const seen = worstSeen.get(book.market.epic)
      const step = quote.bidUnits / LOOKS_PER_PRICE
      const isOfNow = seen?.positions === positions && Math.abs(atMs - seen.atMs) < LOOK_AGAIN_MS
      if (isOfNow && lossUnits < seen.worstLossUnits + step) return false
      worstSeen.set(book.market.epic, { positions, worstLossUnits: lossUnits, atMs })
      return true
    },
  }
}

/** One look for each twenty-thousandth of the price (our choice): half a basis point late at most. */
const LOOKS_PER_PRICE = 20_000
const LOOK_AGAIN_MS = 10_000
