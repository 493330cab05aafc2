import type { LiveBook } from './book.ts'
import { spellAt, type TradingSpell } from './trading-hours.ts'

/** Where a market that keeps its hours is in them. */
export interface HoursLook {
  readonly spell: TradingSpell
  /** It was open, and its hours closed it: it opens again with them. What was closed by hand stays so. */
  readonly wasClosed: boolean
}

/**
 * Opens and closes a market by its hours. Outside of them it takes edits only, as IG shows shares in the evening. A market
 * that has not shown a price yet waits for its first.
 */
export function followHours(book: LiveBook, atMs: number): void {
  const { hours } = book
  if (hours === null || (hours.spell.fromMs <= atMs && atMs < hours.spell.untilMs)) return
  const spell = spellAt(book.market.hours, atMs)
  if (spell.isOpen) {
    if (hours.wasClosed && book.state === 'EDITS_ONLY') changeState(book, 'TRADEABLE')
    book.hours = { spell, wasClosed: false }
  } else if (book.quote) {
    const closes = book.state === 'TRADEABLE'
    if (closes) changeState(book, 'EDITS_ONLY')
    book.hours = { spell, wasClosed: closes || (hours.wasClosed && book.state === 'EDITS_ONLY') }
  }
}

/** Before the first look. */
export const noLook: HoursLook = {
  spell: { isOpen: true, fromMs: Number.POSITIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY },
  wasClosed: false,
}

function changeState(book: LiveBook, state: LiveBook['state']): void {
  book.state = state
  book.revision++
}
