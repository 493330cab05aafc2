import type { Decimal } from 'decimal.js'
import type { AccountId } from './ids.ts'

/**
 * What was dealt lately. IG prices or refuses (`FINANCE_REPEAT_DEALING`) further deals by these sums, per market, direction and
 * currency.
 * Source: IG Labs, REST API reference, "Repeat deal window".
 */
export interface RepeatDealingWindow {
  readonly accountId: AccountId
  /** When IG took the request, milliseconds since 1970, UTC. */
  readonly atMs: number
  readonly entries: readonly RepeatDealingEntry[]
}

export interface RepeatDealingEntry {
  /** The epic, as long as {@link source} is `E`. */
  readonly instrument: string
  readonly source: string
  readonly currencies: readonly RepeatDealingCurrency[]
}

export interface RepeatDealingCurrency {
  /** ISO code. */
  readonly currency: string
  readonly buys: readonly RepeatDeal[]
  readonly sells: readonly RepeatDeal[]
}

export interface RepeatDeal {
  readonly size: Decimal
  /** When it no longer counts, milliseconds since 1970, UTC; `null` where IG's number is no such time. */
  readonly countsUntilMs: number | null
}
