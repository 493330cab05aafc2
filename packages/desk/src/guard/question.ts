import type { DealId, Decimal, Direction, Epic, Quote, StreamHealth } from '@scalpdesk/sdk'
import type { DealTerms } from '../presets/dealing-problems.ts'
import type { MarketTerms } from '../presets/market-terms.ts'
import type { Message } from '../words/message.ts'
import type { DayMemory } from './memory/day-memory.ts'

/** What is asked, and all that is known when it is: a check reads nothing else. */
export interface Question {
  readonly ask: Ask
  readonly known: Known
  readonly memory: DayMemory
  readonly now: Now
}

/** Only what can raise the risk is asked about. Exits are not. */
export type Ask = EntryAsk | LoosenAsk

/** Opens a position, or places an order that may. */
export interface EntryAsk {
  readonly kind: 'open' | 'place'
  readonly epic: Epic
  readonly direction: Direction
  readonly deal: DealTerms
  /** Of an order that does not deal at the market. */
  readonly level: Decimal | null
  /** How an order waits for its level; null: it does not wait. */
  readonly restsAs: 'limit' | 'stop' | null
  /** It was worked out from the price of now, which therefore has to be a live one. */
  readonly followsPrice: boolean
  /** Of the press that asks for it (monotonic). */
  readonly pressedAtMs: number
}

/** Moves a stop away from the price, or removes it. */
interface LoosenAsk {
  readonly kind: 'loosen'
  readonly epic: Epic
  readonly dealId: DealId
}

export interface Now {
  /** Monotonic. */
  readonly atMs: number
  /** The broker's own time as it was told last, in milliseconds since 1970; `null`: never. */
  readonly brokerMs: number | null
}

export interface Known {
  readonly isArmed: boolean
  /** The broker has said what is open. */
  readonly isBookKnown: boolean
  /** The account, or the market that is asked about. */
  readonly isFlattening: boolean
  /** Of the market that is asked about; `null`: it is not one of this desk's. */
  readonly terms: MarketTerms | null
  readonly quote: Quote | null
  readonly health: StreamHealth
  /** When prices last began from nothing (monotonic). */
  readonly pricesSinceMs: number
  /** Of all markets, as the next two. */
  readonly positions: readonly HeldDeal[]
  /** `null`: their list could not be read. */
  readonly workingOrders: readonly RestingOrder[] | null
  readonly pending: readonly PendingOrder[]
  /** Of all that is held, by the desk's own book now, in the account's currency; `null`: it cannot be worked out. */
  readonly openProfit: Decimal | null
  /** To deal with, in the account's currency. */
  readonly availableMargin: Decimal | null
  /** ISO code. */
  readonly accountCurrency: string
  /** Why the preset gives no order now, as `choose` says it; empty when it does, or when no preset is asked. */
  readonly presetProblems: readonly { readonly message: Message }[]
}

export interface HeldDeal {
  readonly dealId: DealId
  readonly epic: Epic
  readonly direction: Direction
  readonly size: Decimal
  readonly stopLevel: Decimal | null
}

interface RestingOrder {
  readonly epic: Epic
  /** `null`: the broker did not say. */
  readonly size: Decimal | null
}

/** One of our own orders that has no settled outcome. */
export interface PendingOrder {
  readonly epic: Epic
  readonly purpose: 'open' | 'close' | 'amend' | 'place' | 'cancel'
  /** `in-flight`: no answer yet, or acknowledged. `checking`, `unresolved`: it may have been dealt. */
  readonly stage: 'in-flight' | 'checking' | 'unresolved'
  readonly size: Decimal
}

/** Two presses are identical when they would send the same order. */
export function pressOf({ kind, epic, direction, deal, level }: EntryAsk): string {
  return [kind, epic, direction, deal.size.toFixed(), level?.toFixed() ?? 'market'].join(' ')
}
