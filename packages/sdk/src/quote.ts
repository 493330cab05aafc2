import type { Decimal } from 'decimal.js'
import type { Epic } from './ids.ts'
import type { MarketState } from './market.ts'
import type { LadderSizes } from './market-ladder.ts'
import type { StreamGap } from './stream-gap.ts'
import { unitsToDecimal } from './units.ts'

/** One price of one market. Immutable; a new one per update. How old it is, and whether it may be believed: `freshness()`. */
export interface Quote {
  readonly epic: Epic
  /** Decimals of all units fields. Starts at the market's and widens when a price carries more; nothing is rounded. */
  readonly decimals: number
  /** Whole numbers of 10^-decimals, safe integers; `null` where IG gives no price. */
  readonly bidUnits: number | null
  readonly offerUnits: number | null
  /** As IG told it last; with a {@link gap} it is `{ other: reason }`, because nobody knows. */
  readonly state: MarketState
  readonly isDelayed: boolean
  /** Milliseconds since 1970, IG's own clock; `null` where IG gives none. */
  readonly brokerTimeMs: number | null
  /** Monotonic. */
  readonly receivedAtMs: number
  /** The state of things at the subscription, not a change. */
  readonly isSnapshot: boolean
  /** In which session of the stream it came, counted from 1; 0 outside of a stream. */
  readonly session: number
  /** Why there is no price here; `null`: nothing is wrong with its feed. */
  readonly gap: StreamGap | null
  /** The best first, as many as were asked for; `null` when none were. */
  readonly levels: readonly QuoteLevel[] | null
  /**
   * The sizes of the levels by currency, the default one first, then the others that the ladder has; `null` unless asked for.
   * The n-th size belongs to the n-th level.
   */
  readonly sizes: readonly LadderSizes[] | null
  /** `null` unless asked for. */
  readonly quoteIds: QuoteIds | null
  /** `null` unless asked for. */
  readonly day: DayFigures | null
  /** Made when asked for. */
  readonly bid: Decimal | null
  readonly offer: Decimal | null
}

/** A tier of the ladder. Source: IG Labs, Streaming API reference, "PRICE". */
export interface QuoteLevel {
  /** In the units of the quote; `null` where IG gives none. */
  readonly bidUnits: number | null
  readonly offerUnits: number | null
  /** Deals up to this size get this price; what was dealt lately counts towards it. `null`: the market has no ladder. */
  readonly bidSize: Decimal | null
  readonly offerSize: Decimal | null
}

/**
 * What IG calls this price; `null` where it gives none. An order of the kind `quote` deals on it: a buy on the offer's, a sell on the
 * bid's. Source: IG Labs, Streaming API reference, "PRICE", BIDQUOTEID and ASKQUOTEID.
 */
export interface QuoteIds {
  readonly bid: string | null
  readonly offer: string | null
}

/** Of the trading day. Made when asked for; `null` where IG gives none. */
export interface DayFigures {
  /** Between bid and offer, at the open. */
  readonly midOpen: Decimal | null
  readonly high: Decimal | null
  readonly low: Decimal | null
  /** Since the open, in the scale of the levels. */
  readonly netChange: Decimal | null
  readonly percentChange: Decimal | null
}

type Added = 'session' | 'gap' | 'levels' | 'sizes' | 'quoteIds' | 'day'

/** Everything of a quote but what is worked out from it. */
export type QuoteFields = Omit<Quote, 'bid' | 'offer' | Added> & Partial<Pick<Quote, Added>>

/** Makes a quote; the stream does, and so can a test or a recorded tape. */
export function createQuote(fields: QuoteFields): Quote {
  const { epic, decimals, state, isDelayed, isSnapshot } = fields
  const { session = 0, gap = null, levels = null, sizes = null, quoteIds = null, day = null } = fields
  const terms = { epic, decimals, state, isDelayed, isSnapshot, session, gap, levels, sizes, quoteIds, day }
  return new SharingQuote(fields, terms)
}

/** What changes with nearly every quote. */
export type QuotePrice = Pick<Quote, 'bidUnits' | 'offerUnits' | 'brokerTimeMs' | 'receivedAtMs'>

/** What seldom changes, unless levels are wanted. */
export type QuoteTerms = Pick<Quote, 'epic' | 'decimals' | 'state' | 'isDelayed' | 'isSnapshot' | Added>

/** Shares with the other quotes of its market what has not changed: thousands a second are smaller by half. */
export class SharingQuote implements Quote {
  readonly bidUnits: number | null
  readonly offerUnits: number | null
  readonly brokerTimeMs: number | null
  readonly receivedAtMs: number
  /** A property, so that whatever compares or prints quotes sees it. Never changed: replaced. */
  protected readonly terms: QuoteTerms

  constructor(price: QuotePrice, terms: QuoteTerms) {
    this.bidUnits = price.bidUnits
    this.offerUnits = price.offerUnits
    this.brokerTimeMs = price.brokerTimeMs
    this.receivedAtMs = price.receivedAtMs
    this.terms = terms
  }

  get epic(): Epic {
    return this.terms.epic
  }

  get decimals(): number {
    return this.terms.decimals
  }

  get state(): MarketState {
    return this.terms.state
  }

  get isDelayed(): boolean {
    return this.terms.isDelayed
  }

  get isSnapshot(): boolean {
    return this.terms.isSnapshot
  }

  get session(): number {
    return this.terms.session
  }

  get gap(): StreamGap | null {
    return this.terms.gap
  }

  get levels(): readonly QuoteLevel[] | null {
    return this.terms.levels
  }

  get sizes(): readonly LadderSizes[] | null {
    return this.terms.sizes
  }

  get quoteIds(): QuoteIds | null {
    return this.terms.quoteIds
  }

  get day(): DayFigures | null {
    return this.terms.day
  }

  get bid(): Decimal | null {
    return unitsToDecimal(this.bidUnits, this.terms.decimals)
  }

  get offer(): Decimal | null {
    return unitsToDecimal(this.offerUnits, this.terms.decimals)
  }
}
