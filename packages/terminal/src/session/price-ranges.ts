import type { Quote } from '@scalpdesk/sdk'

/** Highest and lowest mid, in units of 10^-decimals. */
export interface PriceRange {
  readonly high: number
  readonly low: number
  readonly decimals: number
}

/** How far each market went since its prices began here. */
export interface PriceRanges {
  add(quote: Quote): void
  /** null before the first price with both sides. */
  of(epic: string): PriceRange | null
}

export function priceRanges(): PriceRanges {
  const ranges = new Map<string, PriceRange>()
  return {
    add({ epic, bidUnits, offerUnits, decimals }) {
      // A one-sided or crossed quote has no mid that means anything.
      if (bidUnits === null || offerUnits === null || offerUnits < bidUnits) return
      // One decimal more holds every half unit exactly.
      const mid = { units: (bidUnits + offerUnits) * 5, decimals: decimals + 1 }
      const range = ranges.get(epic)
      if (!range) return void ranges.set(epic, { high: mid.units, low: mid.units, decimals: mid.decimals })
      const finest = Math.max(range.decimals, mid.decimals)
      const units = mid.units * 10 ** (finest - mid.decimals)
      const wider = 10 ** (finest - range.decimals)
      const [high, low] = [range.high * wider, range.low * wider]
      if (finest === range.decimals && units <= high && units >= low) return
      ranges.set(epic, { high: Math.max(high, units), low: Math.min(low, units), decimals: finest })
    },
    of: epic => ranges.get(epic) ?? null,
  }
}
