import type { Trade } from '../trade.ts'

/** The recorded quotes of a market in their order, one column each: what trades are drawn on. */
export interface DrawnPrices {
  readonly epic: string
  /** Prices are whole numbers of 10^-decimals. */
  readonly decimals: number
  /** Milliseconds since 1970, never falling. */
  readonly atMs: ArrayLike<number>
  readonly bidUnits: ArrayLike<number>
  readonly offerUnits: ArrayLike<number>
  /** When prices were missed: [from, to). Nothing is drawn across. */
  readonly gaps?: readonly { readonly fromMs: number; readonly toMs: number }[]
}

/** Quotes from shortly before a trade to shortly after it; `[from, to)` of the columns. null: none were recorded then. */
export interface PriceWindow {
  readonly prices: DrawnPrices
  readonly from: number
  readonly to: number
  readonly beginMs: number
  readonly endMs: number
}

export function windowOf(trade: Trade, all: readonly DrawnPrices[]): PriceWindow | null {
  const { openedAtMs, closedAtMs } = trade
  const prices = all.find(one => one.epic === trade.epic)
  if (prices === undefined || openedAtMs === null || closedAtMs === null) return null
  const margin = Math.max(LEAST_MARGIN_MS, (closedAtMs - openedAtMs) * MARGIN_SHARE)
  const beginMs = openedAtMs - margin
  const endMs = closedAtMs + margin
  const from = firstAtOrAfter(prices.atMs, beginMs)
  const to = firstAtOrAfter(prices.atMs, endMs)
  return to - from < 2 ? null : { prices, from, to, beginMs, endMs }
}

/** The columns of a window in runs without a gap: `[from, to)` each. */
export function runsOf({ prices, from, to }: PriceWindow): readonly (readonly [from: number, to: number])[] {
  const cuts = (prices.gaps ?? []).map(gap => firstAtOrAfter(prices.atMs, gap.toMs)).filter(at => at > from && at < to)
  const ends = [...new Set([from, ...cuts, to])].sort((one, other) => one - other)
  return ends.slice(1).map((end, at) => [ends[at]!, end])
}

/** What is seen before the entry and after the exit. Our choice. */
const LEAST_MARGIN_MS = 2000
const MARGIN_SHARE = 0.15

function firstAtOrAfter(atMs: ArrayLike<number>, wanted: number): number {
  let low = 0
  let high = atMs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (atMs[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}
