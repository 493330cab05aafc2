import { type LiveBook, takeQuote } from './book.ts'
import { hasLivePrices } from './market-state.ts'
import type { Position } from './position.ts'
import { closeBand, closedBand, type QuietBand } from './quiet-band.ts'
import type { TickQuote } from './tick.ts'
import type { WorkingOrder } from './working-order.ts'

/** Takes a quote of its market, if the band holds it. @returns whether it does */
export function passQuietly(book: LiveBook, quote: TickQuote): boolean {
  const { quiet } = book
  const { atMs, bidUnits, offerUnits } = quote
  const isQuiet =
    bidUnits >= quiet.bidFrom &&
    bidUnits <= quiet.bidTo &&
    offerUnits >= quiet.offerFrom &&
    offerUnits <= quiet.offerTo &&
    offerUnits >= bidUnits &&
    atMs >= quiet.fromMs &&
    atMs < quiet.untilMs
  if (isQuiet) takeQuote(book, quote)
  return isQuiet
}

/** Finds the band around the last quote, after it has set off what it could. */
export function openBand(book: LiveBook): void {
  const { quiet, quote, hours } = book
  if (quiet.rest > 0) {
    quiet.rest--
    return
  }
  closeBand(quiet)
  if (!quote || !hasLivePrices(book.state)) return
  const found = closedBand()
  found.bidFrom = Number.NEGATIVE_INFINITY
  found.bidTo = Number.POSITIVE_INFINITY
  if (hours !== null) {
    found.fromMs = hours.spell.fromMs
    found.untilMs = hours.spell.untilMs
  }
  for (const position of book.positions) keepClearOfLegs(found, position)
  for (const order of book.orders) keepClearOfOrder(found, order)
  if (book.holders.length === 0 || keepsMargin(book, found, quote)) Object.assign(quiet, found)
  else quiet.rest = LOOKS_APART
}

/** Of `exitAt` and `trailedStop`: whole units, so that the next unit is the next price. */
function keepClearOfLegs(band: QuietBand, { direction, stopUnits, limitUnits, trailing }: Position): void {
  const isLong = direction === 'BUY'
  if (stopUnits !== null) {
    if (isLong) band.bidFrom = Math.max(band.bidFrom, stopUnits + 1)
    else band.offerTo = Math.min(band.offerTo, stopUnits - 1)
  }
  if (limitUnits !== null) {
    if (isLong) band.bidTo = Math.min(band.bidTo, limitUnits - 1)
    else band.offerFrom = Math.max(band.offerFrom, limitUnits + 1)
  }
  if (trailing === null || stopUnits === null) return
  const stays = trailing.distanceUnits + trailing.stepUnits - 1
  if (isLong) band.bidTo = Math.min(band.bidTo, stopUnits + stays)
  else band.offerFrom = Math.max(band.offerFrom, stopUnits - stays)
}

/** Of `triggeredAt` and `expireOrders`. */
function keepClearOfOrder(band: QuietBand, { direction, type, levelUnits, goodTillMs }: WorkingOrder): void {
  if (goodTillMs !== null) band.untilMs = Math.min(band.untilMs, goodTillMs)
  if (direction === 'BUY') {
    if (type === 'LIMIT') band.offerFrom = Math.max(band.offerFrom, levelUnits + 1)
    else band.offerTo = Math.min(band.offerTo, levelUnits - 1)
  } else if (type === 'LIMIT') band.bidTo = Math.min(band.bidTo, levelUnits - 1)
  else band.bidFrom = Math.max(band.bidFrom, levelUnits + 1)
}

/**
 * Narrows the band until every account that holds something here has margin to spare where it is worst off: at the lowest bid and
 * the highest offer, since a long gains with the bid and a short with a lower offer. @returns false where there is no such band
 */
function keepsMargin(book: LiveBook, band: QuietBand, quote: { bidUnits: number; offerUnits: number }): boolean {
  const { bidFrom, offerTo } = band
  let reach = Math.max(LEAST_REACH, Math.floor(quote.bidUnits / 100))
  for (let tries = 0; tries < TRIES; tries++) {
    band.bidFrom = Math.max(bidFrom, quote.bidUnits - reach)
    band.offerTo = Math.min(offerTo, quote.offerUnits + reach)
    if (book.holders.every(account => account.hasToSpareAt(book, band.bidFrom, band.offerTo))) return true
    reach = Math.floor(reach / 8)
  }
  return false
}

/** Our choices: a percent of the price is more than most moves of an hour. */
const LEAST_REACH = 64
const TRIES = 3
const LOOKS_APART = 64
