import type { SentimentJson } from '@scalpdesk/wire'
import { type Engine, markets } from '../engine/index.ts'

/** How many of the clients are long and how many short (IG Labs, REST API reference, "Client sentiment"). */
export interface Sentiment {
  /** Whole percent that add up to 100; 0 and 0 for a market that nobody knows, as IG answers. */
  of(marketId: string): SentimentJson
}

/**
 * A crowd that the seed decides, and the accounts of this broker as a part of it: what they hold moves the figures, the more the
 * larger it is. All of it is our choice.
 */
export function sentiment({ positions, book }: Pick<Engine, 'positions' | 'book'>, seed: number): Sentiment {
  /** In least sizes of its market. */
  function heldBy(direction: 'BUY' | 'SELL', marketId: string): number {
    return positions().reduce((sum, position) => {
      const market = book(position.epic)?.market
      if (market?.marketId !== marketId || position.direction !== direction) return sum
      return sum + position.size.div(market.minSize).toNumber()
    }, 0)
  }

  return {
    of(marketId) {
      if (!knownIds.has(marketId)) return { marketId, longPositionPercentage: 0, shortPositionPercentage: 0 }
      const crowdLong = (CROWD * (20 + (mixed(marketId, seed) % 61))) / 100
      const long = crowdLong + heldBy('BUY', marketId)
      const short = CROWD - crowdLong + heldBy('SELL', marketId)
      const percent = Math.min(99, Math.max(1, Math.round((100 * long) / (long + short))))
      return { marketId, longPositionPercentage: percent, shortPositionPercentage: 100 - percent }
    },
  }
}

export const knownIds: ReadonlySet<string> = new Set(markets.map(({ marketId }) => marketId))

function mixed(text: string, seed: number): number {
  let sum = seed | 0
  for (const letter of text) sum = (Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d) + letter.charCodeAt(0)) | 0
  return (sum ^ (sum >>> 13)) >>> 0
}

/** Least sizes that everybody else holds. */
const CROWD = 1000
