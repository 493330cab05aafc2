import type { Decimal } from 'decimal.js'
import type { DealtMarket } from './dealt-market.ts'
import type { DealId, DealReference } from './ids.ts'

export type Direction = 'BUY' | 'SELL'

/**
 * What is missing in IG's answer, or cannot be read, is `null`: a position is listed as long as it can be closed.
 * Source: IG Labs, REST API reference, "Positions", GET /positions version 2.
 */
export interface Position extends DealtMarket {
  readonly dealId: DealId
  /** The reference of the request that opened it. */
  readonly dealReference: DealReference | null
  readonly direction: Direction
  /** Contracts, or stake per point. */
  readonly size: Decimal
  readonly level: Decimal | null
  /** ISO code. `null` also where the contract size cannot be read, because then no amount can be worked out. */
  readonly currency: string | null
  /** 1 where IG gives none, as for shares. */
  readonly contractSize: Decimal
  /** `null`: there is none. */
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  /** Has a guaranteed stop; `false` where IG does not say. */
  readonly isGuaranteed: boolean
  /** `null`: its stop does not trail, or IG did not say both numbers. */
  readonly trailingStop: TrailingStop | null
  /** What the guarantee costs, in points. */
  readonly limitedRiskPremium: Decimal | null
  /** Milliseconds since 1970. */
  readonly createdAtMs: number | null
}

export interface TrailingStop {
  /** Of the stop from the price that it follows, in points. */
  readonly distancePoints: Decimal
  /** By how much the price must move until the stop follows, in points. */
  readonly stepPoints: Decimal
}
