import type { MoneyView } from './figure-view.ts'

export interface MarketView {
  readonly name: string
  readonly epic: string
}

/** A market in a word or two, also while another one is looked at. */
export interface MarketTab {
  readonly name: string
  readonly epic: string
  readonly freshness: Freshness
  readonly bid: string | null
  readonly offer: string | null
  readonly spread: string | null
  /** `+2 0.5`: signed size of what is held, and its result; null: nothing held. */
  readonly held: string | null
  readonly profit: MoneyView | null
  readonly isChosen: boolean
}

export interface MarketFeed {
  readonly epic: string
  /** Mid prices in units of 10^-decimals: first, lowest, highest, last. */
  readonly first: number
  readonly low: number
  readonly high: number
  readonly last: number
  readonly decimals: number
  /** The last prices of the time, at most 20, the newest last. Texts as in the quote. */
  readonly ticks: readonly TickView[]
}

/** A candle of mid prices, in units of 10^-decimals. */
export interface PastCandle {
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly decimals: number
}

export interface TickView {
  /** The broker's time, `12:30:05`, or when it came. */
  readonly time: string
  readonly bid: string
  readonly offer: string
  /** The mid against the one before. */
  readonly move: 'up' | 'down' | 'even'
}

/** The best first. */
export interface DepthView {
  readonly bids: readonly DepthLevel[]
  readonly offers: readonly DepthLevel[]
}

export interface DepthLevel {
  readonly level: string
  /** null: the broker does not say. */
  readonly size: string | null
}

export interface QuoteView {
  readonly freshness: Freshness
  /** Prices as text with the market's decimals; null when the broker gives none. */
  readonly bid: string | null
  readonly offer: string | null
  /** Spread in points as text; null when there is none to show: no price, or offer below bid. */
  readonly spread: string | null
  /** Milliseconds since this quote arrived; null before the first. */
  readonly ageMs: number | null
  /** The broker's time of the quote, `12:30:05` UTC; null when it gives none. */
  readonly brokerTime: string | null
  /** `tradeable`, `closed`, `auction`…, as the broker names it; null while not known. */
  readonly marketState: string | null
  /** Of the mid since prices began here; null before the first. */
  readonly high: string | null
  readonly low: string | null
}

/** `live` trades; every other word says why entries are refused. */
export type Freshness = 'live' | 'stale' | 'crossed' | 'closed' | 'none'
