import type { Amount } from './amount.ts'

/**
 * What a strategy wants. Each is one intent of the desk: judged by the same guard as a key, sent once, written into the same
 * journal. `epic` is the market of the tick unless told. Distances are in points of the market.
 */
export type BotIntent = TradeIntent | WordIntent

export type TradeIntent =
  | BotEntry
  /** All of one position. */
  | { readonly kind: 'close'; readonly dealId: string }
  | { readonly kind: 'close-part'; readonly dealId: string; readonly part: 'half' | 'quarter' | Amount }
  /**
   * Cancels the strategy's working orders and closes its positions, in the market or everywhere. What others opened on the account stays:
   * only the person at the keys flattens that, with `f` of `bot run` or `scalpdesk flatten`.
   */
  | { readonly kind: 'flatten'; readonly epic?: string; readonly isAccount?: boolean }
  | BotReverse
  /** For one position, or all of the market. */
  | { readonly kind: 'move-stop'; readonly to: StopPlace; readonly dealId?: string; readonly epic?: string }
  | { readonly kind: 'move-limit'; readonly to: LimitPlace; readonly dealId?: string; readonly epic?: string }
  /** The stop follows the price; null: it stays where it is. */
  | { readonly kind: 'trail'; readonly trailing: BotTrailing | null; readonly dealId?: string; readonly epic?: string }
  | BotPlace
  /** One working order, or all of the market. */
  | { readonly kind: 'cancel'; readonly dealId?: string; readonly epic?: string }

/** What only the human hears. */
export type WordIntent =
  /** A line for the screen and the log. */
  | { readonly kind: 'say'; readonly text: string }
  /** The strategy is done: its exit policy is applied, and it is asked nothing more. */
  | { readonly kind: 'stop'; readonly why: string }

/** At market, its legs in the same request. */
export interface BotEntry {
  readonly kind: 'buy' | 'sell'
  readonly size: Amount
  /** None when null or left out: the guard of a live account may refuse that. */
  readonly stop?: BotStop | null
  readonly limitPoints?: Amount | null
  readonly epic?: string
}

/** Closes what is held in the market, and when that is confirmed enters once the other way, as large as it was. */
interface BotReverse {
  readonly kind: 'reverse'
  /** Of the new position; none unless told. */
  readonly stop?: BotStop | null
  readonly limitPoints?: Amount | null
  readonly epic?: string
}

/** A distance in points; or more than that. */
export type BotStop =
  | Amount
  | { readonly points: Amount; readonly isGuaranteed: true }
  | { readonly points: Amount; readonly stepPoints: Amount }

export interface BotTrailing {
  readonly points: Amount
  readonly stepPoints: Amount
}

/** A working order: `limit` waits for a better price, `stop` for a worse one. */
export interface BotPlace {
  readonly kind: 'place-buy' | 'place-sell'
  readonly order: 'limit' | 'stop'
  readonly size: Amount
  readonly level: Amount
  readonly stopPoints?: Amount | null
  readonly limitPoints?: Amount | null
  /** Milliseconds since 1970; until cancelled unless told. */
  readonly goodTillMs?: number
  readonly epic?: string
}

export type StopPlace =
  /** Where the position was opened. */
  | 'entry'
  | { readonly level: Amount }
  /** From where the position was opened, towards a loss. */
  | { readonly points: Amount }
  /** Nearer to the price, never past it. */
  | { readonly nearerByPoints: Amount }

export type LimitPlace =
  | 'none'
  | { readonly level: Amount }
  /** From where the position was opened, towards a profit. */
  | { readonly points: Amount }

export const buy = (size: Amount, legs: Omit<BotEntry, 'kind' | 'size'> = {}): BotEntry => ({
  kind: 'buy',
  size,
  ...legs,
})

export const sell = (size: Amount, legs: Omit<BotEntry, 'kind' | 'size'> = {}): BotEntry => ({
  kind: 'sell',
  size,
  ...legs,
})

export const close = (dealId: string): BotIntent => ({ kind: 'close', dealId })

export const flatten = (epic?: string): BotIntent =>
  epic === undefined ? { kind: 'flatten' } : { kind: 'flatten', epic }

export const moveStop = (dealId: string, to: StopPlace): BotIntent => ({ kind: 'move-stop', dealId, to })

export const say = (text: string): BotIntent => ({ kind: 'say', text })

export const stop = (why: string): BotIntent => ({ kind: 'stop', why })
