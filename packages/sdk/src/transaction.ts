import type { Decimal } from 'decimal.js'
import type { Other } from './other.ts'

/**
 * Money booked on the account. What IG did not say in a way that can be read is `null`; the money itself is always
 * there. Source: IG Labs, REST API reference, "Accounts", GET /history/transactions version 2.
 */
export interface Transaction {
  /** When it was booked; of a trade, when it was closed. Milliseconds since 1970, whole seconds. Version 1 has none. */
  readonly closedAtMs: number | null
  /** Milliseconds since 1970. Version 1 has none. */
  readonly openedAtMs: number | null
  /** The account's own day, such as `2021-01-28`; as IG wrote it where that is no day. */
  readonly date: string
  /** In the account's language; funding lines carry long texts. There is no epic. */
  readonly instrumentName: string | null
  /** The market's expiry, such as `-`, `DFB` or `02-SEP-24`, sometimes a stamp. As IG wrote it. */
  readonly period: string | null
  readonly profitAndLoss: BookedMoney
  readonly type: TransactionType
  /** 8 characters: neither the deal id of the opening nor the deal reference. */
  readonly reference: string
  readonly openLevel: Decimal | null
  /** 0 where there was no closing, as for funding. */
  readonly closeLevel: Decimal | null
  /** The sign is the direction of the opening deal: below 0 for a sale. */
  readonly size: Decimal | null
  /** IG's own symbol, such as `£`, or `E` for the euro: no ISO code. */
  readonly currencySymbol: string | null
  readonly isCash: boolean
}

export interface BookedMoney {
  /** Below 0: taken from the account. Exact, to the last digit that IG printed. */
  readonly amount: Decimal
  /** The currency symbol before the amount; empty where there is none. */
  readonly symbol: string
}

/** `withdrawal` and `deposit` are IG's `WITH` and `DEPO`: money out and in, funding charges among them. */
export type TransactionType = 'trade' | 'deal' | 'withdrawal' | 'deposit' | 'dividend' | 'chart' | 'exchange' | Other
