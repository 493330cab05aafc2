import type { Quote } from '@scalpdesk/sdk'

/** A quote as a strategy gets it; null for one that it never sees: without a price or a time, or crossed. */
export function tickUnits(
  { bidUnits, offerUnits, brokerTimeMs, decimals, gap }: Quote,
  wanted: number,
): { readonly atMs: number; readonly bidUnits: number; readonly offerUnits: number } | null {
  if (bidUnits === null || offerUnits === null || brokerTimeMs === null || gap !== null || offerUnits < bidUnits)
    return null
  if (decimals === wanted) return { atMs: brokerTimeMs, bidUnits, offerUnits }
  // A price with more decimals than the market's is shown as the worse of the two that it lies between.
  const factor = 10 ** (wanted - decimals)
  return { atMs: brokerTimeMs, bidUnits: Math.floor(bidUnits * factor), offerUnits: Math.ceil(offerUnits * factor) }
}
