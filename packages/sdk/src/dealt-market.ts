import type { Decimal } from 'decimal.js'
import type { Epic } from './ids.ts'
import type { InstrumentType, MarketState } from './market.ts'

/**
 * The market of a position or a working order, as of the answer: the stream has the present prices. `null` is what IG did not
 * say in a way that can be read. Source: IG Labs, REST API reference, "Positions" and "Working Orders", version 2, `market`.
 */
export interface DealtMarket {
  readonly epic: Epic
  /** The epic where IG gives no name. */
  readonly marketName: string
  readonly pointsPerUnit: number | null
  readonly expiry: string | null
  readonly instrumentType: InstrumentType | null
  readonly marketState: MarketState | null
  readonly bid: Decimal | null
  readonly offer: Decimal | null
  readonly high: Decimal | null
  readonly low: Decimal | null
  /** Since the previous close, in units of the level, and in percent. */
  readonly netChange: Decimal | null
  readonly percentageChange: Decimal | null
  /** Time of day of these prices, UTC, such as `08:06:44`; IG gives no date with it. */
  readonly priceTimeUtc: string | null
  /** By how much the prices are late; 0 where they are not. */
  readonly delayMinutes: number | null
  readonly isStreamable: boolean | null
  /** Not the contract size: of no use for money. */
  readonly lotSize: Decimal | null
}
