import type { Quote } from '@scalpdesk/sdk'
import type { MarketFeed, TickView } from '../screen/view.ts'
import { unitsText, wallTime } from './view/figure-text.ts'

/** First, lowest, highest and last mid of each market since the last frame, and its last prices: no spike is lost between two frames. */
export interface ChartFeed {
  add(quote: Quote): void
  /** What came since the last call. @param wallOffsetMs to be added to monotonic time for milliseconds since 1970 */
  take(wallOffsetMs: number): readonly MarketFeed[]
}

/** Prices of one market between two frames: our choice, more than a tape shows of a moment. */
const TICKS_KEPT = 20

export function createChartFeed(): ChartFeed {
  let since = new Map<string, Gathered>()
  /** The last mid of each market, in the units of its decimals. */
  const lastMids = new Map<string, Mid>()
  return {
    add(quote) {
      const { epic, bidUnits, offerUnits, decimals } = quote
      // A one-sided or crossed quote has no mid that means anything.
      if (bidUnits === null || offerUnits === null || offerUnits < bidUnits) return
      // One decimal more holds every half unit exactly.
      const mid: Mid = { units: (bidUnits + offerUnits) * 5, decimals: decimals + 1 }
      const tick = { quote, move: moveOf(lastMids.get(epic), mid) }
      lastMids.set(epic, mid)
      const before = since.get(epic)
      if (before?.decimals !== mid.decimals) {
        const { units } = mid
        since.set(epic, { first: units, low: units, high: units, last: units, decimals: mid.decimals, ticks: [tick] })
        return
      }
      before.low = Math.min(before.low, mid.units)
      before.high = Math.max(before.high, mid.units)
      before.last = mid.units
      before.ticks.push(tick)
      if (before.ticks.length > TICKS_KEPT) before.ticks.shift()
    },
    take(wallOffsetMs) {
      if (since.size === 0) return NOTHING
      const taken = [...since].map(([epic, { ticks, ...path }]): MarketFeed => {
        return { epic, ...path, ticks: ticks.map(tick => tickView(tick, wallOffsetMs)) }
      })
      since = new Map()
      return taken
    },
  }
}

const NOTHING: readonly MarketFeed[] = []

interface Mid {
  readonly units: number
  readonly decimals: number
}

interface Tick {
  readonly quote: Quote
  readonly move: TickView['move']
}

interface Gathered {
  readonly first: number
  low: number
  high: number
  last: number
  readonly decimals: number
  readonly ticks: Tick[]
}

function moveOf(before: Mid | undefined, { units, decimals }: Mid): TickView['move'] {
  if (!before) return 'even'
  const earlier = before.units * 10 ** (decimals - before.decimals)
  return units > earlier ? 'up' : units < earlier ? 'down' : 'even'
}

function tickView({ quote, move }: Tick, wallOffsetMs: number): TickView {
  const { bidUnits, offerUnits, decimals, brokerTimeMs, receivedAtMs } = quote
  const time =
    brokerTimeMs === null ? wallTime(receivedAtMs + wallOffsetMs) : new Date(brokerTimeMs).toISOString().slice(11, 19)
  return { time, bid: unitsText(bidUnits ?? 0, decimals), offer: unitsText(offerUnits ?? 0, decimals), move }
}
