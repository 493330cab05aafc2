import { Decimal } from 'decimal.js'

/** A whole number of 10^-decimals as a decimal. */
export function unitsToDecimal(units: number | null, decimals: number): Decimal | null {
  return units === null ? null : new Decimal(`${units}e-${decimals}`)
}
