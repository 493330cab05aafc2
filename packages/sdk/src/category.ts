import type { Decimal } from 'decimal.js'
import type { MarketSummary } from './market.ts'

/** Source: IG Labs, REST API reference, "Markets", GET /categories. */
export interface Category {
  /** IG's code, for `markets.instruments()`. */
  readonly id: string
  /** `null` where IG does not say. */
  readonly isTradeable: boolean | null
}

/** Source: IG Labs, REST API reference, "Markets", GET /categories/{categoryId}/instruments. */
export interface CategoryInstrument extends Omit<MarketSummary, 'isStreamable' | 'updateTimeUtc'> {
  readonly lotSize: Decimal | null
  /** False also where IG does not say. */
  readonly isOtcTradeable: boolean
  /** `HH:mm:ss` of the last price in the account's own zone, without its day. */
  readonly updateTime: string | null
}
