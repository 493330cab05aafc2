import type { Quote } from '@scalpdesk/sdk'
import type { MarketFeed, TickView } from '../screen/view.ts'
import { unitsText, wallTime } from './view/figure-text.ts'

/** First, lowest, highest and last mid of each market since the last frame, and its last prices: no spike is lost between two frames. */
export interface ChartFeed {
  add(quote: Quote): void
  /**
   * What came since the last call; single prices not with each call, for they are many and a tape is not read faster.
   * @param nowMs monotonic time
   * @param wallOffsetMs to be added to it for milliseconds since 1970
   */
  take(nowMs: number, wallOffsetMs: number): readonly MarketFeed[]
}

/** Prices of one market that wait to be handed on: our choice, more than a tape shows of a moment. */
const TICKS_KEPT = 20
/** A tape moves on three times a second: our choice, so that each of its moves has news. */
const TICKS_EVERY_MS = 200

export function createChartFeed(): ChartFeed {
  let since = new Map<string, Gathered>()
  let waiting = new Map<string, Waiting>()
  let ticksTakenAtMs = Number.NEGATIVE_INFINITY
  /** The last mid of each market, in the units of its decimals. */
  const lastMids = new Map<string, Mid>()

  function keep(epic: string, tick: Tick, mid: Mid): void {
    const before = waiting.get(epic)
    if (!before) return void waiting.set(epic, { ticks: [tick], mid })
    before.mid = mid
    before.ticks.push(tick)
    if (before.ticks.length > TICKS_KEPT) before.ticks.shift()
  }

  return {
    add(quote) {
      const { epic, bidUnits, offerUnits, decimals } = quote
      // A one-sided or crossed quote has no mid that means anything.
      if (bidUnits === null || offerUnits === null || offerUnits < bidUnits) return
      // One decimal more holds every half unit exactly.
      const mid: Mid = { units: (bidUnits + offerUnits) * 5, decimals: decimals + 1 }
      const tick = { quote, move: moveOf(lastMids.get(epic), mid) }
      lastMids.set(epic, mid)
      keep(epic, tick, mid)
      const before = since.get(epic)
      if (before?.decimals !== mid.decimals) {
        since.set(epic, standing(mid))
        return
      }
      before.low = Math.min(before.low, mid.units)
      before.high = Math.max(before.high, mid.units)
      before.last = mid.units
    },
    take(nowMs, wallOffsetMs) {
      const ticks = nowMs - ticksTakenAtMs >= TICKS_EVERY_MS ? waiting : NO_TICKS
      if (since.size === 0 && ticks.size === 0) return NOTHING
      const paths = since
      // A market that has been quiet since its last price stands where that left it.
      for (const [epic, { mid }] of ticks) if (!paths.has(epic)) paths.set(epic, standing(mid))
      const taken = [...paths].map(([epic, path]): MarketFeed => {
        return { epic, ...path, ticks: ticks.get(epic)?.ticks.map(tick => tickView(tick, wallOffsetMs)) ?? [] }
      })
      since = new Map()
      if (ticks.size > 0) {
        waiting = new Map()
        ticksTakenAtMs = nowMs
      }
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
}

/** Prices that a tape has not got yet, and where the last of them stands. */
interface Waiting {
  readonly ticks: Tick[]
  mid: Mid
}

const NO_TICKS: ReadonlyMap<string, Waiting> = new Map()

function standing({ units, decimals }: Mid): Gathered {
  return { first: units, low: units, high: units, last: units, decimals }
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
