import type { Decimal } from 'decimal.js'
import { Exact, ZERO } from './exact-decimal.ts'

export type CurrencyCode = 'EUR' | 'USD' | 'GBP' | 'JPY' | 'CHF' | 'AUD' | 'CAD'

/** Half a cent rounds away from zero (our choice). */
export function convert(amount: Decimal, from: CurrencyCode, to: CurrencyCode): Decimal {
  if (from === to) return amount.toDecimalPlaces(2, Exact.ROUND_HALF_UP)
  const rate = currencies[from].perEuroHundredths
  // Twice the amount in cents, times the rate, and half a cent: what is left is a whole division, which is quick.
  const doubled = amount.times(200 * currencies[to].perEuroHundredths)
  const cents = (doubled.isNegative() ? doubled.minus(rate) : doubled.plus(rate)).divToInt(2 * rate)
  return cents.isZero() ? ZERO : cents.times(ONE_CENT)
}

/**
 * An amount in the fewest whole parts that it comes in, converted to whole cents.
 * @param parts of 1 / `perCent` cents each.
 * @returns null beyond the safe integers.
 */
export function convertParts(parts: number, perCent: number, from: CurrencyCode, to: CurrencyCode): number | null {
  const whole = 2 * perCent * currencies[from].perEuroHundredths
  const doubled = 2 * Math.abs(parts) * currencies[to].perEuroHundredths + whole / 2
  if (!Number.isSafeInteger(doubled)) return null
  const cents = (doubled - (doubled % whole)) / whole
  return parts < 0 ? 0 - cents : cents
}

/** Units of one currency for one of another, as IG prints `baseExchangeRate`; five decimals. */
export function exchangeRate(of: CurrencyCode, against: CurrencyCode): Decimal {
  return new Exact(currencies[of].perEuroHundredths).div(currencies[against].perEuroHundredths).toDecimalPlaces(5)
}

/** How many of one currency one of another buys, as nearly as a double holds it: never for money that is booked. */
export function exchangeFactor(from: CurrencyCode, to: CurrencyCode): number {
  return currencies[to].perEuroHundredths / currencies[from].perEuroHundredths
}

/** IG writes the euro as `E`. */
export function currencySymbol(code: CurrencyCode): string {
  return currencies[code].symbol
}

export function isCurrency(text: string): text is CurrencyCode {
  return Object.hasOwn(currencies, text)
}

/** Rates are fixed, so that money is repeatable; every figure is our choice. */
const currencies: Readonly<Record<CurrencyCode, { readonly symbol: string; readonly perEuroHundredths: number }>> = {
  EUR: { symbol: 'E', perEuroHundredths: 100 },
  USD: { symbol: '$', perEuroHundredths: 108 },
  GBP: { symbol: '£', perEuroHundredths: 85 },
  JPY: { symbol: 'Y', perEuroHundredths: 16_500 },
  CHF: { symbol: 'SF', perEuroHundredths: 96 },
  AUD: { symbol: 'A$', perEuroHundredths: 164 },
  CAD: { symbol: 'C$', perEuroHundredths: 148 },
}

const ONE_CENT = new Exact('0.01')
