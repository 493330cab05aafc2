import type { Decimal } from 'decimal.js'
import type { AccountId } from './ids.ts'
import type { Other } from './other.ts'

/** One of the login's accounts as IG lists it. Source: IG Labs, REST API reference, "Accounts", GET /accounts. */
export interface ListedAccount {
  readonly id: AccountId
  /** `null` where IG says nothing; so for the others. */
  readonly name: string | null
  /** The holder's own name for it; `null` where there is none. */
  readonly alias: string | null
  /** `{ other: '' }` where IG says nothing. */
  readonly status: 'enabled' | 'disabled' | 'suspended-from-dealing' | Other
  /** `{ other: '' }` where IG says nothing. */
  readonly type: 'cfd' | 'spread-bet' | 'physical' | Other
  /** ISO code. */
  readonly currency: string | null
  /** The one IG signs in to by default. False also where IG does not say; so for the transfers. */
  readonly isPreferred: boolean
  readonly canTransferFrom: boolean
  readonly canTransferTo: boolean
  /** `null` where IG gives no figures for the account. */
  readonly balance: Balance | null
}

/** An account that can be acted on: the currency of its money is known. */
export interface Account extends ListedAccount {
  readonly currency: string
}

/** Money in the account's currency. */
export interface Balance {
  readonly cash: Decimal
  /** Margin in use. */
  readonly deposit: Decimal
  /** Of the open positions. */
  readonly profitLoss: Decimal
  readonly available: Decimal
}

/** Source: IG Labs, REST API reference, "Accounts", GET /accounts/preferences. */
export interface AccountPreferences {
  readonly trailingStopsEnabled: boolean
}

/**
 * The account's figures as the stream gives them; `null` where IG sent none. Account currency.
 * Source: IG Labs, Streaming API reference, "ACCOUNT".
 */
export interface AccountFigures {
  /** Of the open positions. */
  readonly profitLoss: Decimal | null
  /** The part of positions with a guaranteed stop. */
  readonly profitLossLimitedRisk: Decimal | null
  /** The part of the others. */
  readonly profitLossNormalRisk: Decimal | null
  readonly funds: Decimal | null
  readonly equity: Decimal | null
  /** Percent of the equity that is in use. */
  readonly equityUsedPercent: Decimal | null
  readonly deposit: Decimal | null
  /** To deal with. */
  readonly available: Decimal | null
  readonly availableCash: Decimal | null
  readonly margin: Decimal | null
  readonly marginLimitedRisk: Decimal | null
  readonly marginNormalRisk: Decimal | null
  /** Monotonic. */
  readonly receivedAtMs: number
}
