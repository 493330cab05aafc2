import type { Decimal } from '@scalpdesk/sdk'

export interface Money {
  readonly amount: Decimal
  /** ISO code; IG's own symbol where no source tells the code. */
  readonly currency: string
}
