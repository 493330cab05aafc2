import type { Quote } from '@scalpdesk/sdk'
import type { MarketFeed } from '../screen/view.ts'

/** First, lowest, highest and last mid of each market since the last frame: no spike is lost between two frames. */
export interface ChartFeed {
  add(quote: Quote): void
  /** What came since the last call. */
  take(): readonly MarketFeed[]
}

export function createChartFeed(): ChartFeed {
  let since = new Map<string, MarketFeed>()
  return {
    add({ epic, bidUnits, offerUnits, decimals }) {
      // A one-sided or crossed quote has no mid that means anything.
      if (bidUnits === null || offerUnits === null || offerUnits < bidUnits) return
      // One decimal more holds every half unit exactly.
      const mid = (bidUnits + offerUnits) * 5
      const scale = decimals + 1
      const before = since.get(epic)
      const isSame = before?.decimals === scale
      since.set(epic, {
        epic,
        first: isSame ? before.first : mid,
        low: isSame ? Math.min(before.low, mid) : mid,
        high: isSame ? Math.max(before.high, mid) : mid,
        last: mid,
        decimals: scale,
        ticks: [],
      })
    },
    take() {
      if (since.size === 0) return NOTHING
      const taken = [...since.values()]
      since = new Map()
      return taken
    },
  }
}

const NOTHING: readonly MarketFeed[] = []
