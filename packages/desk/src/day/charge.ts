import type { DealId, Decimal } from '@scalpdesk/sdk'
import type { Day } from './day.ts'
import { Exact, plain } from './exact.ts'
import type { ChargeCause, Charged } from './fact.ts'

/** Fees and funding of one deal, by currency; below zero: paid. */
export function dealCharges({ charges }: Day, dealId: DealId): ReadonlyMap<string, Decimal> {
  return sums(
    charges.filter(charge => charge.dealId === dealId),
    ({ currency }) => currency,
  )
}

/** Of the day, in the account's currency, by cause; those in another currency are left out: the broker books in this one. */
export function chargesByCause({ charges, currency }: Day): ReadonlyMap<ChargeCause, Decimal> {
  return sums(
    charges.filter(charge => charge.currency === currency),
    ({ cause }) => cause,
  )
}

function sums<Key>(charges: readonly Charged[], keyOf: (charge: Charged) => Key): ReadonlyMap<Key, Decimal> {
  const found = new Map<Key, Decimal>()
  for (const charge of charges) {
    const key = keyOf(charge)
    found.set(key, plain(new Exact(found.get(key) ?? 0).plus(charge.amount)))
  }
  return found
}
