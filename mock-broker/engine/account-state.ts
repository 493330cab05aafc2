import type { Decimal } from 'decimal.js'

/** An account's money, in its currency, to the cent. */
export interface AccountState {
  readonly id: string
  readonly cash: Decimal
  /** Margin of everything open. */
  readonly deposit: Decimal
  readonly profitLoss: Decimal
  /** The part of both that stands behind guaranteed stops. */
  readonly limitedRisk: { readonly deposit: Decimal; readonly profitLoss: Decimal }
  /** cash + profitLoss - deposit (how IG shows it; for other kinds of account unconfirmed). */
  readonly available: Decimal
}
