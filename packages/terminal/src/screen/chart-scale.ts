/** Between which prices a chart is drawn, in units of 10^-decimals. */
export interface ChartScale {
  readonly bottom: number
  readonly top: number
}

/** Free space above and below the prices when the scale is set anew, as a part of their span (our choice). */
const MARGIN_PARTS = 6
/** A line of ours asks for a new scale while the span grows by no more than the first, and is let into a new one up to the second (our choice). */
const [ASKS_FOR_ROOM, IS_GIVEN_ROOM] = [1.5, 2]
/** The scale stays while prices fill at least this part of it (our choice). */
const FILLED_PARTS = 3

/**
 * The scale stays while the prices fit and fill it, so that most updates change one column only. A new one has room for the prices, and for
 * those lines of ours that are near them.
 * @param dots places for a price from bottom to top; at least one unit lies between two, since a quiet market must not look wild
 */
export function chartScale(
  prices: { readonly low: number; readonly high: number },
  levels: readonly number[],
  dots: number,
  previous: ChartScale | null,
): ChartScale {
  if (previous !== null && isKept(prices, levels, dots, previous)) return previous
  const { low, high } = widened(prices, levels, dots, IS_GIVEN_ROOM)
  const margin = Math.ceil((high - low) / MARGIN_PARTS)
  const missing = Math.max(0, dots - 1 - (high - low + 2 * margin))
  const bottom = low - margin - Math.floor(missing / 2)
  return { bottom, top: Math.max(bottom + 1, high + margin + Math.ceil(missing / 2)) }
}

/** The place of a price, counted from the top. Only the place is rounded here, never a price. */
export function dotOf(scale: ChartScale, dots: number, price: number): number {
  return Math.round(((scale.top - price) / (scale.top - scale.bottom)) * (dots - 1))
}

/** Round prices on the scale, at least so many rows apart, the highest first. */
export function roundLevels(scale: ChartScale, rows: number, rowsApart: number): readonly number[] {
  const step = roundStep(((scale.top - scale.bottom) * rowsApart) / rows)
  const levels: number[] = []
  const highest = Math.floor(scale.top / step)
  for (let count = highest; count * step >= scale.bottom && levels.length <= rows; count -= 1) levels.push(count * step)
  return levels.filter(level => Number.isSafeInteger(level))
}

/** 1, 2 or 5 times a power of ten, not below the least. */
export function roundStep(least: number): number {
  let power = 1
  while (power * 10 <= least) power *= 10
  for (const times of [1, 2, 5, 10]) if (times * power >= least) return times * power
  return power * 10
}

function isKept(
  prices: { readonly low: number; readonly high: number },
  levels: readonly number[],
  dots: number,
  { bottom, top }: ChartScale,
): boolean {
  if (prices.low < bottom || prices.high > top) return false
  if ((prices.high - prices.low) * FILLED_PARTS + 2 * dots < top - bottom) return false
  const { low, high } = widened(prices, levels, dots, ASKS_FOR_ROOM)
  return low >= bottom && high <= top
}

/** The span of the prices and of the lines near them: one after the other, the nearest first. */
function widened(
  { low, high }: { readonly low: number; readonly high: number },
  levels: readonly number[],
  dots: number,
  factor: number,
): { low: number; high: number } {
  const most = Math.max(high - low, dots / 2) * factor
  const [lowest, highest] = [low, high]
  let span = { low, high }
  const distance = (level: number): number => Math.max(lowest - level, level - highest)
  for (const level of levels.toSorted((a, b) => distance(a) - distance(b))) {
    const next = { low: Math.min(span.low, level), high: Math.max(span.high, level) }
    if (next.high - next.low <= most) span = next
  }
  return span
}
