import type { Trade } from '../../trade.ts'

/** More trades than this make a page that a browser opens slowly. Our choice. */
export const MOST_LISTED = 1000

/** All trades, or where there are too many those that won or lost most; in their own order either way. */
export function listedTrades(trades: readonly Trade[], most = MOST_LISTED): readonly Trade[] {
  if (trades.length <= most) return trades
  const weighed = trades.map((trade, at) => ({ at, weight: trade.net?.abs().toNumber() ?? 0 }))
  weighed.sort((one, other) => other.weight - one.weight || one.at - other.at)
  const kept = new Set(weighed.slice(0, most).map(({ at }) => at))
  return trades.filter((_, at) => kept.has(at))
}
