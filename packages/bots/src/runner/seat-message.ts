import type { Strategy } from '../strategy/strategy.ts'
import type { MarketNeed } from './past-prices.ts'
import type { SeatSetup } from './seat.ts'
import type { SeatAnswer, SeatNews } from './seat-news.ts'

/** What a strategy says of itself, before it is asked. */
export type StrategyCard = Pick<Strategy, 'name' | 'about' | 'parameters' | 'markets' | 'exitPolicy'>

export type ToStrategy =
  | { readonly kind: 'seat'; readonly setup: SeatSetup }
  | { readonly kind: 'ask'; readonly news: readonly SeatNews[] }

export type FromStrategy =
  | { readonly kind: 'loaded'; readonly card: StrategyCard }
  | { readonly kind: 'seated'; readonly hasEarlierState: boolean; readonly needs: readonly MarketNeed[] }
  | { readonly kind: 'answer'; readonly answer: SeatAnswer }
  | { readonly kind: 'problem'; readonly text: string }
