import type { Decimal } from 'decimal.js'
import { Exact } from './exact-decimal.ts'

/**
 * Reads plain decimal text (`1.08417`) as a whole number of 10^-`decimals`.
 * @returns null when the text is no plain unsigned decimal, needs more decimals, or exceeds the safe integers: a price is
 * never rounded to fit. Trailing zeros do not count as decimals.
 */
export function parseUnits(text: string, decimals: number): number | null {
  let units = 0
  let fraction = -1
  let digits = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === DOT) {
      if (fraction >= 0 || digits === 0) return null
      fraction = 0
      continue
    }
    const digit = code - ZERO
    if (digit < 0 || digit > 9) return null
    digits++
    if (fraction >= 0) {
      if (fraction === decimals) {
        if (digit !== 0) return null
        continue
      }
      fraction++
    }
    units = units * 10 + digit
    if (units > Number.MAX_SAFE_INTEGER) return null
  }
  if (digits === 0 || text.charCodeAt(text.length - 1) === DOT) return null
  for (let missing = decimals - Math.max(fraction, 0); missing > 0; missing--) units *= 10
  return Number.isSafeInteger(units) ? units : null
}

/** Prints a whole number of 10^-`decimals` with exactly that many decimals: `(108417, 5)` is `1.08417`. */
export function formatUnits(units: number, decimals: number): string {
  if (decimals === 0) return String(units)
  const sign = units < 0 ? '-' : ''
  const text = String(Math.abs(units)).padStart(decimals + 1, '0')
  return `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`
}

export function unitsToDecimal(units: number, decimals: number): Decimal {
  return new Exact(formatUnits(units, decimals))
}

/** @returns null when the value does not lie on the grid of 10^-`decimals`, or exceeds the safe integers. */
export function decimalToUnits(value: Decimal, decimals: number): number | null {
  const units = value.times(10 ** decimals).toNumber()
  return Number.isSafeInteger(units) && unitsToDecimal(units, decimals).eq(value) ? units : null
}

const DOT = 46
const ZERO = 48
