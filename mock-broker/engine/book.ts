import type { Ledger } from './ledger.ts'
import type { Market } from './market.ts'
import { type HoursLook, noLook } from './market-hours.ts'
import type { MarketState } from './market-state.ts'
import type { Position } from './position.ts'
import type { Tick } from './tick.ts'
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
  }
}

export function takeQuote(book: LiveBook, tick: Tick): void {
  const { quote } = book
  book.revision++
  book.quotes++
  if (!quote) {
    book.quote = {
      bidUnits: tick.bidUnits,
      offerUnits: tick.offerUnits,
      atMs: tick.atMs,
      highUnits: tick.bidUnits,
      lowUnits: tick.bidUnits,
      openUnitsTwice: tick.bidUnits + tick.offerUnits,
    }
    return
  }
  quote.bidUnits = tick.bidUnits
  quote.offerUnits = tick.offerUnits
  quote.atMs = tick.atMs
  if (tick.bidUnits > quote.highUnits) quote.highUnits = tick.bidUnits
  if (tick.bidUnits < quote.lowUnits) quote.lowUnits = tick.bidUnits
}
