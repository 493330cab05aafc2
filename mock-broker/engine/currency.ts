import type { Decimal } from 'decimal.js'
import { Exact } from './exact-decimal.ts'

export type CurrencyCode = 'EUR' | 'USD' | 'GBP' | 'JPY' | 'CHF' | 'AUD' | 'CAD'

/** Half a cent rounds away from zero (our choice). */
export function convert(amount: Decimal, from: CurrencyCode, to: CurrencyCode): Decimal {
  if (from === to) return amount.toDecimalPlaces(2, Exact.ROUND_HALF_UP)
  return new Exact(amount.times(currencies[to].perEuro).div(currencies[from].perEuro).toFixed(2, Exact.ROUND_HALF_UP))
}

/** Units of one currency for one of another, as IG prints `baseExchangeRate`; five decimals. */
export function exchangeRate(of: CurrencyCode, against: CurrencyCode): Decimal {
  return currencies[of].perEuro.div(currencies[against].perEuro).toDecimalPlaces(5)
}

/** How many of one currency one of another buys, as nearly as a double holds it: never for money that is booked. */
export function exchangeFactor(from: CurrencyCode, to: CurrencyCode): number {
  return currencies[to].perEuro.div(currencies[from].perEuro).toNumber()
}

/** IG writes the euro as `E`. */
export function currencySymbol(code: CurrencyCode): string {
  return currencies[code].symbol
}

export function isCurrency(text: string): text is CurrencyCode {
  return Object.hasOwn(currencies, text)
}

/** Rates are fixed, so that money is repeatable; every figure is our choice. */
const currencies: Readonly<Record<CurrencyCode, { readonly symbol: string; readonly perEuro: Decimal }>> = {
  EUR: { symbol: 'E', perEuro: new Exact(1) },
  USD: { symbol: '$', perEuro: new Exact('1.08') },
  GBP: { symbol: '£', perEuro: new Exact('0.85') },
  JPY: { symbol: 'Y', perEuro: new Exact(165) },
  CHF: { symbol: 'SF', perEuro: new Exact('0.96') },
  AUD: { symbol: 'A$', perEuro: new Exact('1.64') },
  CAD: { symbol: 'C$', perEuro: new Exact('1.48') },
}
