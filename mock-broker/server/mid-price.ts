import { formatUnits } from '../engine/index.ts'

/** Change of the mid since the first quote, as text: the mid may lie between two units, hence one decimal more. */
export function dayChange(
  quote: { readonly bidUnits: number; readonly offerUnits: number; readonly openUnitsTwice: number },
  decimals: number,
): { readonly net: string; readonly percent: string } {
  const twice = quote.bidUnits + quote.offerUnits - quote.openUnitsTwice
  return {
    net: midText(twice, decimals),
    percent: formatUnits(Math.round((twice * 10_000) / quote.openUnitsTwice), 2),
  }
}

/** A sum of two prices, halved exactly. */
export function midText(unitsTwice: number, decimals: number): string {
  return unitsTwice % 2 === 0 ? formatUnits(unitsTwice / 2, decimals) : formatUnits(unitsTwice * 5, decimals + 1)
}
