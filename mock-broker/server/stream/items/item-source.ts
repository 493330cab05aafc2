import type { AccountState, Book } from '../../../engine/index.ts'
import type { Candle } from './candles.ts'
import type { CandleScale } from './chart-items.ts'

/** Where the values of items come from. */
export interface ItemSource {
  book(epic: string): Book | undefined
  account(id: string): AccountState
  /** The candle that is forming; null before the market's first quote. */
  candle(epic: string, scale: CandleScale): Candle | null
  nowMs(): number
}
