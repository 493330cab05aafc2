import { Decimal } from '@scalpdesk/sdk'

/**
 * A decimal number held as a whole number of 10^-decimals. Live P/L runs on these: a decimal.js value per tick would
 * cost far more. Products that leave the safe range of a double (2^53) go through BigInt, so no digit is ever lost.
 */
export interface Scaled {
  readonly units: number
  readonly decimals: number
}

/** @returns null when the value has more digits than a whole number below 2^53 can hold. */
export function toScaled(value: Decimal): Scaled | null {
  const decimals = Math.max(0, value.decimalPlaces())
  const units = value.times(new Decimal(10).pow(decimals)).toNumber()
  return Number.isSafeInteger(units) ? { units, decimals } : null
}

export function fromScaled(value: Scaled): Decimal {
  return new Decimal(`${value.units}e-${value.decimals}`)
}

/**
 * a − b, at the finer scale of the two.
 * @returns null when that takes more digits than a whole number below 2^53 can hold.
 */
export function subtract(a: Scaled, b: Scaled): Scaled | null {
  const decimals = Math.max(a.decimals, b.decimals)
  const from = rescale(a, decimals)
  const taken = rescale(b, decimals)
  const units = from - taken
  const isExact = Number.isSafeInteger(from) && Number.isSafeInteger(taken) && Number.isSafeInteger(units)
  return isExact ? { units, decimals } : null
}

/** The exact product. */
export function multiply(a: Scaled, b: Scaled): Scaled | Decimal {
  const units = a.units * b.units
  if (Number.isSafeInteger(units)) return { units, decimals: a.decimals + b.decimals }
  // Read from text: decimal.js keeps every digit that it reads, but rounds what it works out to 20.
  return new Decimal(`${BigInt(a.units) * BigInt(b.units)}e-${a.decimals + b.decimals}`)
}

function rescale(value: Scaled, decimals: number): number {
  return value.units * 10 ** (decimals - value.decimals)
}
