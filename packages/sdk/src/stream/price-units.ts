/** A price as a whole number of 10^-decimals. */
export interface PriceUnits {
  readonly units: number
  readonly decimals: number
}

/**
 * Reads a price text exactly, digit by digit.
 * @param decimals at least this many; the result has more when the text does.
 * @returns `null` for a text that is no plain number, or has more digits than a safe integer holds: no price is better
 * than a wrong one.
 */
export function parsePrice(text: string, decimals: number): PriceUnits | null {
  const length = text.length
  const isNegative = text.charCodeAt(0) === 0x2d
  let at = isNegative ? 1 : 0
  let units = 0
  let digits = 0
  let places = -1
  // Zeros at the end carry nothing: they do not widen.
  let end = length
  if (text.includes('.')) while (end > at && text.charCodeAt(end - 1) === 0x30) end--
  for (; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x2e) {
      if (places !== -1 || digits === 0) return null
      places = 0
      continue
    }
    const digit = code - 0x30
    if (digit < 0 || digit > 9) return null
    units = units * 10 + digit
    digits++
    if (places !== -1) places++
    if (units > Number.MAX_SAFE_INTEGER) return null
  }
  if (digits === 0) return null
  const wide = widen(units, Math.max(places, 0), Math.max(decimals, places))
  if (wide === null) return null
  return { units: isNegative ? 0 - wide : wide, decimals: Math.max(decimals, places) }
}

/** The same price in finer units; `null` when it no longer fits a safe integer. */
export function widen(units: number, from: number, to: number): number | null {
  let result = units
  for (let place = from; place < to; place++) {
    result *= 10
    if (Math.abs(result) > Number.MAX_SAFE_INTEGER) return null
  }
  return result
}
