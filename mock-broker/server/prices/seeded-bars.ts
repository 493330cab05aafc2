import type { Market } from '../../engine/index.ts'
import type { Bar, PriceRange } from './bar.ts'
import type { PricePath } from './price-path.ts'

/** The bar of one minute of the past. What it opens at is what the one before closed at. */
export function seededMinute(market: Market, path: PricePath, anchorUnits: number, minute: number): Bar {
  const spread = market.synthetic?.spreadUnits ?? 1
  const unitsAt = (at: number): number => Math.max(1, Math.round(anchorUnits * path.factorAt(at)))
  const open = unitsAt(minute)
  const close = unitsAt(minute + 1)
  const reach = (market.synthetic?.moveUnits ?? 1) * REACH_MOVES
  const high = Math.max(open, close) + Math.round(path.numberAt(minute, 0) * reach)
  const low = Math.max(1, Math.min(open, close) - Math.round(path.numberAt(minute, 1) * reach))
  const bid = { open, high, low, close }
  const ticks = FEWEST_TICKS + Math.floor(path.numberAt(minute, 2) * MORE_TICKS)
  return { startMs: minute * MINUTE_MS, bid, ask: shifted(bid, spread), ticks }
}

/** The seconds of a minute: a walk from its open to its close that touches its high and its low, and never leaves them. */
export function secondsOf(bar: Bar, path: PricePath): readonly Bar[] {
  const minute = bar.startMs / MINUTE_MS
  const highAt = Math.floor(path.numberAt(minute, 3) * 60)
  const lowAt = (highAt + 1 + Math.floor(path.numberAt(minute, 4) * 59)) % 60
  const spread = bar.ask.open - bar.bid.open
  const { open, close, high, low } = bar.bid
  const at = (second: number): number => Math.round(open + ((close - open) * second) / 60)
  return Array.from({ length: 60 }, (_, second) => {
    const begin = at(second)
    const end = at(second + 1)
    const bid = {
      open: begin,
      close: end,
      high: second === highAt ? high : Math.max(begin, end),
      low: second === lowAt ? low : Math.min(begin, end),
    }
    return { startMs: bar.startMs + second * 1000, bid, ask: shifted(bid, spread), ticks: 1 }
  })
}

function shifted({ open, high, low, close }: PriceRange, by: number): PriceRange {
  return { open: open + by, high: high + by, low: low + by, close: close + by }
}

export const MINUTE_MS = 60_000
const REACH_MOVES = 6
const FEWEST_TICKS = 20
const MORE_TICKS = 100
