import type { Quote } from '@scalpdesk/sdk'
import type { QuoteView } from '../screen/view.ts'

/** Lowest, highest and last mid since the last frame: no spike is lost between two frames. */
export interface ChartFeed {
  add(quote: Quote): void
  /** What came since the last call; null when nothing did. */
  take(): QuoteView['chart']
}

export function createChartFeed(): ChartFeed {
  let since: QuoteView['chart'] = null
  return {
    add({ bidUnits, offerUnits, decimals }) {
      // A one-sided or crossed quote has no mid that means anything.
      if (bidUnits === null || offerUnits === null || offerUnits < bidUnits) return
      // One decimal more holds every half unit exactly.
      const mid = (bidUnits + offerUnits) * 5
      const scale = decimals + 1
      since =
        since?.decimals === scale
          ? { low: Math.min(since.low, mid), high: Math.max(since.high, mid), last: mid, decimals: scale }
          : { low: mid, high: mid, last: mid, decimals: scale }
    },
    take() {
      const taken = since
      since = null
      return taken
    },
  }
}
