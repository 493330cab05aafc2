import type { Ledger } from './ledger.ts'
import type { Market } from './market.ts'
import { type HoursLook, noLook } from './market-hours.ts'
import type { MarketState } from './market-state.ts'
import type { Position } from './position.ts'
import { closedBand, type QuietBand } from './quiet-band.ts'
import type { TickQuote } from './tick.ts'
import type { WorkingOrder } from './working-order.ts'

/** One market as the engine sees it now. */
export interface Book {
  readonly market: Market
  readonly state: MarketState
  /** The last good quote; null before the first. */
  readonly quote: BookQuote | null
  /** Its contract has ended: what was open is closed, and nothing is dealt any more. */
  readonly isSettled: boolean
  /** Of every account, each account's oldest first. */
  readonly positions: readonly Position[]
  readonly orders: readonly WorkingOrder[]
  /** Quotes whose offer lay below the bid: held back, never published and never filled on. */
  readonly crossed: number
  /** Grows with every published change of quote or state. */
  readonly revision: number
  /** Quotes that were published. */
  readonly quotes: number
}

export interface BookQuote {
  readonly bidUnits: number
  readonly offerUnits: number
  readonly atMs: number
  /** Highest and lowest bid since the start. */
  readonly highUnits: number
  readonly lowUnits: number
  /** Bid + offer of the first quote: twice the opening mid, which may lie between two units. */
  readonly openUnitsTwice: number
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** The engine's own copy: changed in place, because a new object for each tick would be most of a tick's cost. */
export type LiveBook = Omit<Mutable<Book>, 'quote'> & {
  quote: Mutable<BookQuote> | null
  /** The accounts that have positions here. */
  holders: readonly Ledger[]
  /** Null for a market that is always open. */
  hours: HoursLook | null
  readonly quiet: QuietBand
}

export function openBook(market: Market, keepsHours: boolean): LiveBook {
  return {
    market,
    state: 'TRADEABLE',
    quote: null,
    isSettled: false,
    positions: [],
    orders: [],
    crossed: 0,
    revision: 0,
    quotes: 0,
    holders: [],
    hours: keepsHours && market.hours.spells.length > 0 ? noLook : null,
    quiet: closedBand(),
  }
}

export function takeQuote(book: LiveBook, { atMs, bidUnits, offerUnits }: TickQuote): void {
  const { quote } = book
  book.revision++
  book.quotes++
  if (!quote) {
    const openUnitsTwice = bidUnits + offerUnits
    book.quote = { bidUnits, offerUnits, atMs, highUnits: bidUnits, lowUnits: bidUnits, openUnitsTwice }
    return
  }
  quote.bidUnits = bidUnits
  quote.offerUnits = offerUnits
  quote.atMs = atMs
  if (bidUnits > quote.highUnits) quote.highUnits = bidUnits
  if (bidUnits < quote.lowUnits) quote.lowUnits = bidUnits
}
