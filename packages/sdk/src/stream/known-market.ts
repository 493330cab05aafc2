import { type Epic, epic } from '../ids.ts'
import type { StreamedMarket } from '../live-stream.ts'
import type { MarketState } from '../market.ts'

/** What is known of a market before its first row. */
export interface KnownMarket {
  readonly epic: Epic
  /** `null`: its prices will show them. */
  readonly decimals: number | null
  /** `{ other: '' }`: IG has not told it yet. */
  readonly state: MarketState
}

/** @throws {InvalidInputError} for a text that cannot be an epic. */
export function knownMarket(market: StreamedMarket): KnownMarket {
  if (typeof market === 'string') return { epic: epic(market), decimals: null, state: { other: '' } }
  return { epic: epic(market.epic), decimals: market.decimals, state: market.state }
}
