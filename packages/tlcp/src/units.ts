const MINUS = 0x2d
const DOT = 0x2e
const ZERO = 0x30

/**
 * Reads a plain decimal number (`-12.50`) as a whole number of 10^-decimals, digit by digit: exact, or nothing.
 * @returns `null` for anything else than a plain number, for more places than `decimals` (zeros at the end aside), and for
 * more digits than a safe integer holds: no number is better than a wrong one.
 */
export function readUnits(bytes: Uint8Array, from: number, length: number, decimals: number): number | null {
  const end = from + length
  let at = from
  const isNegative = bytes[at] === MINUS
  if (isNegative) at++
  let units = 0
  let digits = 0
  let places = -1
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO
    if (digit >= 0 && digit <= 9) {
      if (places >= decimals) {
        if (digit !== 0) return null
        continue
      }
      if (places !== -1) places++
      digits++
      units = units * 10 + digit
    } else if (digit === DOT - ZERO && places === -1 && digits > 0) {
      places = 0
    } else {
      return null
    }
  }
  if (digits === 0 || bytes[end - 1] === DOT) return null
  const missing = decimals - Math.max(places, 0)
  if (missing > 0 && units !== 0) units *= POWERS[missing] ?? Number.POSITIVE_INFINITY
  // Once beyond, a number never comes back: looking at the end is enough.
  if (units > Number.MAX_SAFE_INTEGER) return null
  // Never minus zero.
  return isNegative && units !== 0 ? -units : units
}

/** Those that are exact, and more than a safe integer needs. */
const POWERS: readonly number[] = Array.from({ length: 17 }, (_, power) => 10 ** power)
