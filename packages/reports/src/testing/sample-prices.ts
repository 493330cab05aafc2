import { seededRandom } from '@scalpdesk/testkit'
import type { DrawnPrices } from '../forms/drawn-prices.ts'
import type { Trade } from '../trade.ts'

/** Quotes that wander, and meet every fill of the trades at its moment: ten a second around each trade. */
export function samplePrices(trades: readonly Trade[], epic: string, decimals: number, seed = 1): DrawnPrices {
  const random = seededRandom(seed)
  const scale = 10 ** decimals
  const atMs: number[] = []
  const bidUnits: number[] = []
  const offerUnits: number[] = []
  for (const trade of trades.filter(one => one.epic === epic)) {
    const fills = [...trade.entries, ...trade.exits].flatMap(({ atMs: at, level }) =>
      at === null || level === null ? [] : [{ at, units: Math.round(level.toNumber() * scale) }],
    )
    const first = fills[0]
    const last = fills.at(-1)
    if (first === undefined || last === undefined || last.at === first.at) continue
    const margin = Math.max(2000, (last.at - first.at) * 0.15)
    const stepMs = Math.max(100, (last.at - first.at) / 600)
    for (let at = Math.max(first.at - margin, (atMs.at(-1) ?? 0) + 1); at < last.at + margin; at += stepMs) {
      const middle = between(fills, at) + (random.next() - 0.5) * NOISE_UNITS
      atMs.push(Math.round(at))
      bidUnits.push(Math.round(middle - SPREAD_UNITS / 2))
      offerUnits.push(Math.round(middle + SPREAD_UNITS / 2))
    }
  }
  return { epic, decimals, atMs, bidUnits, offerUnits }
}

const NOISE_UNITS = 8
const SPREAD_UNITS = 14

function between(fills: readonly { readonly at: number; readonly units: number }[], at: number): number {
  const next = fills.findIndex(fill => fill.at >= at)
  const after = fills[next] ?? fills.at(-1)!
  const before = fills[next - 1] ?? after
  if (after.at === before.at) return after.units
  return before.units + ((after.units - before.units) * (at - before.at)) / (after.at - before.at)
}
