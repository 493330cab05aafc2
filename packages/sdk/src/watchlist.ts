import type { Decimal } from 'decimal.js'
import type { Epic } from './ids.ts'
import type { MarketSummary } from './market.ts'
import type { Other } from './other.ts'

/** Source: IG Labs, REST API reference, "Watchlists". */
export interface Watchlist {
  /** Digits for a list of the user's own, a name such as `Popular Markets` for IG's. */
  readonly id: string
  /** In the language of the account. */
  readonly name: string
  readonly isEditable: boolean
  /** A hint: IG was seen to say false of lists that it then deleted. */
  readonly isDeletable: boolean
  /** One of IG's own. */
  readonly isSystemDefault: boolean
}

export interface WatchlistMarket extends MarketSummary {
  readonly lotSize: Decimal | null
}

export interface NewWatchlist {
  /** IG refuses a name that is in use. */
  readonly name: string
  readonly epics?: readonly Epic[]
}

export interface CreatedWatchlist {
  readonly id: string
  /** Whether IG put every market that was asked for on it. */
  readonly added: 'all' | 'not-all' | Other
}
