import type { Decimal } from 'decimal.js'

/** Money that moved on an account (IG Labs, REST API reference, "Transaction history"). Together they are its cash. */
export interface Transaction {
  readonly atMs: number
  readonly openedAtMs: number
  readonly account: string
  readonly type: 'TRADE' | 'WITH' | 'DEPO'
  readonly name: string
  readonly expiry: string
  /** In the account's currency, to the cent. */
  readonly amount: Decimal
  /** Eight characters: the last of the closing deal's id, as activity texts print ids (IG's rule is unconfirmed). */
  readonly reference: string
  readonly openLevel: Decimal | null
  readonly closeLevel: Decimal | null
  /** Signed by the direction of the opening deal; null where no size applies. */
  readonly size: Decimal | null
}
