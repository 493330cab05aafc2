import type { Book } from '../book.ts'
import type { Charge, EngineEvent, Fill } from '../engine-event.ts'
import { unitsToDecimal } from '../scaled-number.ts'
import type { Transaction } from './transaction.ts'

/** The money that an event moved; null when it moved none. */
export function transactionOf(event: EngineEvent, books: ReadonlyMap<string, Book>): Transaction | null {
  if (event.kind === 'fill') return event.closed && closeOf(event, event.closed, books.get(event.epic)!)
  return event.kind === 'charge' ? chargeOf(event, books.get(event.epic)!) : null
}

function closeOf(fill: Fill, closed: NonNullable<Fill['closed']>, { market }: Book): Transaction {
  const { position } = fill
  return {
    atMs: fill.atMs,
    openedAtMs: position.openedAtMs,
    account: fill.account,
    type: 'TRADE',
    name: market.name,
    expiry: market.expiry,
    amount: closed.booked,
    reference: shortId(fill.dealId),
    openLevel: unitsToDecimal(position.levelUnits, market.decimals),
    closeLevel: unitsToDecimal(fill.levelUnits, market.decimals),
    size: position.direction === 'BUY' ? fill.size : fill.size.negated(),
  }
}

function chargeOf(charge: Charge, { market }: Book): Transaction {
  return {
    atMs: charge.atMs,
    openedAtMs: charge.atMs,
    account: charge.account,
    type: 'WITH',
    name: `${chargeNames[charge.cause]} ${market.name}`,
    expiry: market.expiry,
    amount: charge.booked,
    reference: shortId(charge.dealId),
    openLevel: null,
    closeLevel: null,
    size: null,
  }
}

/** The last eight characters, as activity texts print an id. */
export function shortId(dealId: string): string {
  return dealId.slice(-8)
}

const chargeNames: Readonly<Record<Charge['cause'], string>> = {
  commission: 'Commission',
  'overnight-funding': 'Overnight funding',
  'guaranteed-stop-premium': 'Guaranteed stop premium',
  'negative-balance-protection': 'Negative balance protection',
}
