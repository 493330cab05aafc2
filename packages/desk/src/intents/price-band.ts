import { createQuote, type Quote } from '@scalpdesk/sdk'
import { pricedQuote } from '../book/quotes.ts'

/**
 * Prices around one, none of them crossed. What the guard works out of a price goes with a single side of it, and with the distance of
 * the two: what passes at both ends and at the widest spread passes everywhere in between.
 */
export interface PriceBand {
  readonly around: Quote
  readonly lowestUnits: number
  readonly highestUnits: number
  readonly widestUnits: number
}

/** Our choice: in the second between two looks a price hardly moves so far, and no limit is nearer but by chance. */
const SPREADS_AWAY = 50

/**
 * @param widening how many of its spreads the widest one is
 * @returns null when there is no whole price to go around
 */
export function bandAround(quote: Quote, widening: number): PriceBand | null {
  const { bidUnits, offerUnits } = quote
  // At and below zero a rule in percent means nothing, and would pass what it forbids above.
  if (bidUnits === null || offerUnits === null || offerUnits < bidUnits || bidUnits <= 0) return null
  const awayUnits = SPREADS_AWAY * (offerUnits - bidUnits + 1)
  const [lowestUnits, highestUnits] = [Math.max(1, bidUnits - awayUnits), offerUnits + awayUnits]
  if (!Number.isSafeInteger(lowestUnits) || !Number.isSafeInteger(highestUnits)) return null
  return { around: quote, lowestUnits, highestUnits, widestUnits: widening * (offerUnits - bidUnits) }
}

/** The prices that stand for all of the band. */
export function cornersOf({ around, lowestUnits, highestUnits, widestUnits }: PriceBand): readonly Quote[] {
  const at = (bidUnits: number, offerUnits: number) =>
    pricedQuote(createQuote({ ...termsOf(around), bidUnits, offerUnits }))
  const lower = Math.floor((lowestUnits + highestUnits - widestUnits) / 2)
  return [at(lowestUnits, lowestUnits), at(highestUnits, highestUnits), at(lower, lower + widestUnits)]
}

/** Whether a quote differs from the one in the middle by nothing but its time, and its price within the band. */
export function isInBand({ around, lowestUnits, highestUnits, widestUnits }: PriceBand, quote: Quote): boolean {
  const { bidUnits, offerUnits } = quote
  return (
    bidUnits !== null &&
    offerUnits !== null &&
    bidUnits >= lowestUnits &&
    offerUnits <= highestUnits &&
    offerUnits >= bidUnits &&
    offerUnits - bidUnits <= widestUnits &&
    quote.decimals === around.decimals &&
    quote.state === around.state &&
    quote.isDelayed === around.isDelayed &&
    quote.session === around.session &&
    quote.gap === around.gap
  )
}

function termsOf({ epic, decimals, state, isDelayed, brokerTimeMs, receivedAtMs, isSnapshot, session, gap }: Quote) {
  return { epic, decimals, state, isDelayed, brokerTimeMs, receivedAtMs, isSnapshot, session, gap }
}
