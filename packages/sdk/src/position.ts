import type { Decimal } from 'decimal.js'
import type { DealId, DealReference, Epic } from './ids.ts'
import type { Other } from './other.ts'

export type Direction = 'BUY' | 'SELL'

/**
 * What is missing in IG's answer, or cannot be read, is `null`: a position is listed as long as it can be closed.
 * Source: IG Labs, REST API reference, "Positions", GET /positions version 2.
 */
export interface Position {
  readonly dealId: DealId
  /** The reference of the request that opened it. */
  readonly dealReference: DealReference | null
  readonly epic: Epic
  /** The epic where IG gives no name. */
  readonly marketName: string
  readonly direction: Direction
  /** Contracts, or stake per point. */
  readonly size: Decimal
  readonly level: Decimal | null
  /** ISO code. `null` also where the contract size cannot be read, because then no amount can be worked out. */
  readonly currency: string | null
  /** 1 where IG gives none, as for shares. */
  readonly contractSize: Decimal
  readonly pointsPerUnit: number | null
  /** `null`: there is none. */
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  /** Has a guaranteed stop; `false` where IG does not say. */
  readonly isGuaranteed: boolean
  /** Milliseconds since 1970. */
  readonly createdAtMs: number | null
}

/**
 * As with {@link Position}, `null` is what IG did not say in a way that can be read.
 * Source: IG Labs, REST API reference, "Working Orders", GET /workingorders version 2.
 */
export interface WorkingOrder {
  readonly dealId: DealId
  readonly epic: Epic
  readonly direction: Direction | null
  readonly size: Decimal | null
  readonly level: Decimal | null
  /** `{ other: '' }` where IG gives none. */
  readonly kind: 'limit' | 'stop' | Other
}
