import { Decimal } from '@scalpdesk/sdk'
import { type Day, perUnitOf } from './day.ts'
import { type Deal, positionOf } from './deal.ts'
import { plain } from './exact.ts'
import { centsAt, profitCents } from './mark-scale.ts'
import { closingUnits, type Price, type Prices } from './price.ts'

/** What closing everything that is open now would bring, each position rounded to the cent as it would be booked. */
export interface OpenProfit {
  /** In the account's currency; null when a price, a level or a rate is missing. */
  readonly account: Decimal | null
  /** In the currencies of the deals; null when a price or a level of one is missing. */
  readonly byCurrency: ReadonlyMap<string, Decimal | null>
  /** Positions that are not part of {@link account}. */
  readonly unknown: number
}

export function openProfit(day: Day, prices: Prices): OpenProfit {
  const account = new CentSum()
  const currencies = new Map<string, CentSum>()
  let unknown = 0
  for (const deal of day.open) {
    const price = prices.get(deal.epic)
    const booked = price ? openCents(day, deal, price) : null
    if (booked === null) unknown++
    else account.add(booked)
    if (deal.currency === null) continue
    const sum = currencies.get(deal.currency) ?? new CentSum()
    sum.add(price ? ownCents(deal, price) : null)
    currencies.set(deal.currency, sum)
  }
  const byCurrency = new Map([...currencies].map(([currency, sum]) => [currency, sum.money()]))
  return { account: unknown > 0 ? null : account.money(), byCurrency, unknown }
}

/**
 * The account's part of {@link openProfit} in whole cents, making nothing on the way: for a look at each price.
 * @returns null when it is not known, or takes more than whole numbers: {@link openProfit} says
 */
export function openAccountCents({ open }: Day, prices: Prices): number | null {
  let sum = 0
  for (let index = 0; index < open.length; index++) {
    const { epic, direction, accountScale } = open[index]!
    const price = prices.get(epic)
    if (!price || !accountScale || price.decimals !== accountScale.decimals) return null
    const units = closingUnits(direction, price)
    if (units === null) return null
    sum += profitCents(accountScale, units)
  }
  return Number.isSafeInteger(sum) ? sum : null
}

/** In whole cents of the account's currency; null when it cannot be worked out. A number unless it is beyond 2^53. */
export function openCents(day: Day, deal: Deal, price: Price): number | Decimal | null {
  const position = positionOf(deal)
  const perUnit = perUnitOf(day, deal.currency)
  return position && perUnit && centsAt(position, deal.accountScale, price, perUnit)
}

/** In whole cents of the deal's currency. */
export function ownCents(deal: Deal, price: Price): number | Decimal | null {
  const position = positionOf(deal)
  return position && centsAt(position, deal.ownScale, price)
}

/** Cents as money. */
export const moneyOf = (cents: number | Decimal): Decimal =>
  typeof cents === 'number' ? new Decimal(`${cents}e-2`) : plain(cents.div(100))

/** Adds whole numbers for as long as they are safe, and is unknown as soon as one of its parts is. */
class CentSum {
  #cents = 0
  #more: Decimal | null = null
  #isKnown = true

  add(cents: number | Decimal | null): void {
    if (cents === null) {
      this.#isKnown = false
      return
    }
    const sum = typeof cents === 'number' ? this.#cents + cents : Number.NaN
    if (Number.isSafeInteger(sum)) this.#cents = sum
    else this.#more = (this.#more ?? new Decimal(0)).plus(cents)
  }

  money(): Decimal | null {
    if (!this.#isKnown) return null
    return moneyOf(this.#more ? this.#more.plus(this.#cents) : this.#cents)
  }
}
