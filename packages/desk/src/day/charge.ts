import type { DealId, Decimal } from '@scalpdesk/sdk'
import type { Day } from './day.ts'
import { Exact, plain } from './exact.ts'

/** Fees and funding of one deal, by currency; below zero: paid. */
export function dealCharges({ charges }: Day, dealId: DealId): ReadonlyMap<string, Decimal> {
  const found = new Map<string, Decimal>()
  for (const { dealId: of, currency, amount } of charges) {
    if (of === dealId) found.set(currency, plain(new Exact(found.get(currency) ?? 0).plus(amount)))
  }
  return found
}
