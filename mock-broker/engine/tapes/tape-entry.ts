import type { MarketState } from '../market-state.ts'
import type { Tick } from '../tick.ts'

/** What a tape makes a market do. Engine inputs as they stand. */
export type TapeInput =
  | Tick
  | { readonly kind: 'market-state'; readonly atMs: number; readonly epic: string; readonly state: MarketState }
  /** The market shows no price until its next quote. */
  | { readonly kind: 'quote-loss'; readonly atMs: number; readonly epic: string }

/** What a tape of Scalpdesk's own holds: what markets did, and what happened to an account meanwhile. */
export type TapeEntry = TapeInput | TapeEvent

/** A trade, a change of the account, a remark: for reports. Markets do not hear of it. */
export interface TapeEvent {
  readonly kind: 'event'
  readonly atMs: number
  /** Lower-case letters, digits and dashes: `trade`, `account`. */
  readonly name: string
  readonly data: JsonValue
}

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/** The first line of a tape of Scalpdesk's own. */
export interface TapeHeader {
  /** UTC, milliseconds since 1970. Times inside the tape count from here. */
  readonly startMs: number
  /** At least one; inside the tape they are called by their places in this list. */
  readonly markets: readonly TapeMarket[]
}

export interface TapeMarket {
  readonly epic: string
  /** Prices of this market are whole units of 10^-`decimals`. */
  readonly decimals: number
}
