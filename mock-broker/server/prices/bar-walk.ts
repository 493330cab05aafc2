import type { Bar, PriceRange } from './bar.ts'

/**
 * The finer bars of a bar of which only itself is known: a walk from its open to its close that touches its high and its low once
 * each, and never leaves them. Its ticks are shared out among them.
 *
 * @param startsMs when the finer bars begin, oldest first.
 * @param bits random ones, that decide when the high and the low are touched.
 */
export function walkOf(bar: Bar, startsMs: readonly number[], bits: number): readonly Bar[] {
  const count = startsMs.length
  const highAt = (bits & 0xffff) % count
  const lowAt = count === 1 ? 0 : (highAt + 1 + ((bits >>> 16) % (count - 1))) % count
  const pieceOf = ({ open, close, high, low }: PriceRange, index: number): PriceRange => {
    const at = (step: number): number => Math.round(open + ((close - open) * step) / count)
    const [begin, end] = [at(index), at(index + 1)]
    return {
      open: begin,
      close: end,
      high: index === highAt ? high : Math.max(begin, end),
      low: index === lowAt ? low : Math.min(begin, end),
    }
  }
  const ticksBefore = (index: number): number => Math.floor((bar.ticks * index) / count)
  return startsMs.map((startMs, index) => ({
    startMs,
    bid: pieceOf(bar.bid, index),
    ask: pieceOf(bar.ask, index),
    ticks: ticksBefore(index + 1) - ticksBefore(index),
  }))
}
