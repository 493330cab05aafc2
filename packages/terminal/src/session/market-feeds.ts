import type { Epic, Ig, Market, Quote, StreamSubscription } from '@scalpdesk/sdk'

/** Prices of all markets that are traded, and the broker's book of the one that is looked at. */
export interface MarketFeeds {
  /** From now on its prices come; of one that is only held, by its name alone. */
  follow(market: Market | HeldMarket): void
  /** From now on {@link depth} is this market's. */
  lookAt(market: Market): void
  /** The last quote with its levels; null before the first. */
  readonly depth: Quote | null
  close(): void
}

/** What is known of a market that somebody else opened something in. */
export interface HeldMarket {
  readonly epic: Epic
  readonly name: string
}

/** Levels of the broker's book: as many as IG streams. */
const DEPTH = 5

/**
 * The prices that orders are judged by come without levels, so that a key and a price pay nothing for what is only looked at.
 * @param onProblem a market that cannot be followed, and why
 */
export function startMarketFeeds(
  stream: Pick<Ig['stream'], 'prices'>,
  onQuote: (quote: Quote) => void,
  onProblem: (market: HeldMarket, error: unknown) => void,
): MarketFeeds {
  const followed = new Map<string, StreamSubscription | null>()
  let looking: { readonly epic: string; readonly subscription: StreamSubscription | null } | null = null
  let depth: Quote | null = null
  function keepDepth(quote: Quote): void {
    // One that comes after the look went elsewhere is of the market before.
    if (quote.epic === looking?.epic) depth = quote
  }
  return {
    follow(market) {
      if (followed.has(market.epic)) return
      try {
        followed.set(market.epic, stream.prices(['decimals' in market ? market : market.epic], onQuote))
      } catch (error) {
        // Told once: it is not asked for again with each frame.
        followed.set(market.epic, null)
        onProblem(market, error)
      }
    },
    lookAt(market) {
      if (looking?.epic === market.epic) return
      looking?.subscription?.close()
      depth = null
      looking = { epic: market.epic, subscription: null }
      try {
        const subscription = stream.prices([market], keepDepth, { depth: DEPTH })
        looking = { epic: market.epic, subscription }
      } catch {
        // Its price is there all the same: the ladder goes without the broker's sizes.
      }
    },
    get depth() {
      return depth
    },
    close() {
      looking?.subscription?.close()
      for (const subscription of followed.values()) subscription?.close()
    },
  }
}
