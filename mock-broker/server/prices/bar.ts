/** Prices of one stretch of time, in units of the market. */
export interface Bar {
  /** UTC, milliseconds since 1970. */
  readonly startMs: number
  readonly bid: PriceRange
  readonly ask: PriceRange
  readonly ticks: number
}

export interface PriceRange {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

/** One bar of several that follow each other. */
export function mergeBars(startMs: number, bars: readonly Bar[]): Bar {
  return {
    startMs,
    bid: mergeRanges(bars.map(bar => bar.bid)),
    ask: mergeRanges(bars.map(bar => bar.ask)),
    ticks: bars.reduce((sum, { ticks }) => sum + ticks, 0),
  }
}

function mergeRanges(ranges: readonly PriceRange[]): PriceRange {
  let { open, high, low, close } = ranges[0]!
  for (const range of ranges) {
    if (range.high > high) high = range.high
    if (range.low < low) low = range.low
    close = range.close
  }
  return { open, high, low, close }
}
