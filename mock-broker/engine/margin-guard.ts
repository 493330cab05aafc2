import type { LiveBook } from './book.ts'

/** When a book's positions were last looked at for a lack of margin, and what they stood at then. */
export interface MarginLook {
  readonly positions: LiveBook['positions']
  /** The bids between which another look finds nothing new. */
  readonly lowestUnits: number
  readonly highestUnits: number
  readonly atMs: number
}

/**
 * Says when it is worth asking whether an account is short of margin: exact money for every tick would be most of a tick's
 * cost. It looks when the price left the range of the looks before by a share of itself, and once in a while for what several
 * markets do together.
 */
export function isWorthALook(book: LiveBook, bidUnits: number, atMs: number): boolean {
  const { look, positions } = book
  if (
    look?.positions === positions &&
    bidUnits >= look.lowestUnits &&
    bidUnits <= look.highestUnits &&
    atMs < look.atMs + LOOK_AGAIN_MS &&
    atMs >= look.atMs
  ) {
    return false
  }
  const step = bidUnits / LOOKS_PER_PRICE
  const isOfNow = look?.positions === positions
  book.look = {
    positions,
    lowestUnits: Math.min(isOfNow ? look.lowestUnits : bidUnits, bidUnits - step),
    highestUnits: Math.max(isOfNow ? look.highestUnits : bidUnits, bidUnits + step),
    atMs,
  }
  return true
}

/** One look for each twenty-thousandth of the price (our choice): half a basis point late at most. */
const LOOKS_PER_PRICE = 20_000
const LOOK_AGAIN_MS = 60_000
