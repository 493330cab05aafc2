import type { Decimal } from 'decimal.js'
import { ZERO } from './exact-decimal.ts'

/**
 * A size in whole hundredths, the finest step that the catalogue deals in.
 * @returns null for a size that is finer or does not fit: whoever asks reckons in Decimals then.
 */
export function hundredthsOf({ d: words, e: exponent, s: sign }: Decimal): number | null {
  // decimal.js keeps numbers in words of seven digits, aligned to the decimal point (decimal.js documentation, "Properties").
  const isBelowOne = exponent < 0
  if (exponent < -2 || exponent > 6 || words.length > (isBelowOne ? 1 : 2)) return null
  const whole = isBelowOne ? 0 : (words[0] ?? 0)
  const fraction = (isBelowOne ? words[0] : words[1]) ?? 0
  return fraction % HUNDREDTH === 0 ? sign * (whole * 100 + fraction / HUNDREDTH) : null
}

/** Below zero when the first is the smaller one, as a comparison for sorting. */
export function compareSizes(one: Decimal, other: Decimal): number {
  const first = hundredthsOf(one)
  const second = hundredthsOf(other)
  return first === null || second === null ? one.cmp(other) : first - second
}

/** What is left of a size: nothing as well when more is taken than there is. */
export function sizeLeft(size: Decimal, taken: Decimal): Decimal {
  if (taken.isZero()) return size
  return compareSizes(size, taken) <= 0 ? ZERO : size.minus(taken)
}

export function smallerSize(one: Decimal, other: Decimal): Decimal {
  return compareSizes(one, other) <= 0 ? one : other
}

export function totalSize(sized: readonly { readonly size: Decimal }[]): Decimal {
  let total: Decimal = ZERO
  for (const { size } of sized) total = total === ZERO ? size : total.plus(size)
  return total
}

export function isMultiple(size: Decimal, step: Decimal): boolean {
  const hundredths = hundredthsOf(size)
  const stepHundredths = hundredthsOf(step)
  return hundredths === null || stepHundredths === null ? size.mod(step).isZero() : hundredths % stepHundredths === 0
}

/** Of a word that begins right behind the point. */
const HUNDREDTH = 1e5
