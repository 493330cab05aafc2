import { Decimal } from '@scalpdesk/sdk'

/**
 * A decimal number held as a whole number of 10^-decimals. Live P/L runs on these: a decimal.js value per tick would
 * cost far more. Products that leave the safe range of a double (2^53) go through BigInt, so no digit is ever lost.
 */
export interface Scaled {
  readonly units: number
  readonly decimals: number
}

/** @throws RangeError when the value has more digits than a whole number below 2^53 can hold. */
export function toScaled(value: Decimal): Scaled {
  const decimals = Math.max(0, value.decimalPlaces())
  const units = value.times(new Decimal(10).pow(decimals)).toNumber()
  if (!Number.isSafeInteger(units))
    throw new RangeError(`expected a figure of at most 15 digits, but got ${value.toFixed()}; use a smaller size`)
  return { units, decimals }
}

export function fromScaled(value: Scaled): Decimal {
  return new Decimal(`${value.units}e-${value.decimals}`)
}

/**
 * a − b, at the finer scale of the two.
 * @throws RangeError when that takes more digits than a whole number below 2^53 can hold.
 */
export function subtract(a: Scaled, b: Scaled): Scaled {
  const decimals = Math.max(a.decimals, b.decimals)
  return { units: safe(rescale(a, decimals) - rescale(b, decimals)), decimals }
}

/** The exact product. */
export function multiply(a: Scaled, b: Scaled): Scaled | Decimal {
  const units = a.units * b.units
  if (Number.isSafeInteger(units)) return { units, decimals: a.decimals + b.decimals }
  // Read from text: decimal.js keeps every digit that it reads, but rounds what it works out to 20.
  return new Decimal(`${BigInt(a.units) * BigInt(b.units)}e-${a.decimals + b.decimals}`)
}

function rescale(value: Scaled, decimals: number): number {
  return safe(value.units * 10 ** (decimals - value.decimals))
}

function safe(units: number): number {
  if (Number.isSafeInteger(units)) return units
  throw new RangeError(
    'expected a price below 2^53 units, but it is larger; look whether its market is quoted in other units',
  )
}
