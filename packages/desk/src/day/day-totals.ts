import { Decimal } from '@scalpdesk/sdk'
import { type Day, dealsOf } from './day.ts'
import { sumOf } from './deal-figures.ts'

/** What the day's closes and charges brought. */
export interface DayTotals {
  /** In the account's currency, each result to the cent as the broker books it; null when one of them is not known. */
  readonly realised: Decimal | null
  /** The same without those that are not known. */
  readonly realisedKnown: Decimal
  /** In the currencies of the deals; null when one of them is not known. */
  readonly byCurrency: ReadonlyMap<string, Decimal | null>
  /** In the account's currency; null when one is in another currency. */
  readonly charges: Decimal | null
  /** How the results are known: told by the broker, computed from levels, or not at all. */
  readonly results: { readonly told: number; readonly computed: number; readonly unknown: number }
  /** Results whose amount in the account's currency is ours, by the market's rate. */
  readonly converted: number
}

export function dayTotals(day: Day): DayTotals {
  const parts = dealsOf(day).flatMap(deal => deal.parts.map(part => ({ part, currency: deal.currency })))
  const booked = parts.map(({ part }) => part.booked)
  const currencies = new Set(parts.flatMap(({ currency }) => currency ?? []))
  const inCurrency = (wanted: string) =>
    sumOf(parts.filter(({ currency }) => currency === wanted).map(({ part }) => part.profit))
  const isOwn = day.charges.every(({ currency }) => currency === day.currency)
  const count = (source: string) => parts.filter(({ part }) => part.source === source).length
  return {
    realised: sumOf(booked),
    realisedKnown: sumOf(booked.filter(amount => amount !== null)) ?? ZERO,
    byCurrency: new Map([...currencies].map(currency => [currency, inCurrency(currency)])),
    charges: isOwn ? sumOf(day.charges.map(({ amount }) => amount)) : null,
    results: { told: count('broker'), computed: count('computed'), unknown: count('unknown') },
    converted: parts.filter(({ part }) => part.bookedBy === 'converted' && part.source !== 'unknown').length,
  }
}

const ZERO = new Decimal(0)
