import type { Decimal } from 'decimal.js'
import type { CurrencyCode } from './currency.ts'

/** What an account is and what it may do (IG Labs, REST API reference, "Accounts"). */
export interface AccountTerms {
  readonly id: string
  readonly name: string
  readonly type: 'CFD' | 'SPREADBET'
  readonly currency: CurrencyCode
  /** Cash at the start, to the cent. */
  readonly cash: Decimal
  readonly dealing: 'enabled' | 'closings-only' | 'suspended'
  /** Long and short positions of one market side by side. */
  readonly allowsHedging: boolean
  /** Every position needs a guaranteed stop. */
  readonly isLimitedRisk: boolean
  /** Retail clients owe nothing: what is below zero when the last position has been closed is made good. */
  readonly isRetail: boolean
}

/** An ordinary account in euros: for an engine of one account. */
export function cashAccount(cash: Decimal, changes: Partial<AccountTerms> = {}): AccountTerms {
  return {
    id: 'CASH1',
    name: 'CFD',
    type: 'CFD',
    currency: 'EUR',
    cash,
    dealing: 'enabled',
    allowsHedging: true,
    isLimitedRisk: false,
    isRetail: true,
    ...changes,
  }
}
