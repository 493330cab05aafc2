import type { Decimal } from 'decimal.js'
import type { DealId, DealReference, Epic } from './ids.ts'
import type { Other } from './other.ts'

export type Direction = 'BUY' | 'SELL'

/** Source: IG Labs, REST API reference, "Positions", GET /positions version 2. */
export interface Position {
  readonly dealId: DealId
  /** The reference of the request that opened it. */
  readonly dealReference: DealReference
  readonly epic: Epic
  readonly marketName: string
  readonly direction: Direction
  /** Contracts, or stake per point. */
  readonly size: Decimal
  readonly level: Decimal
  readonly currency: string
  readonly contractSize: Decimal
  readonly pointsPerUnit: number
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  /** Has a guaranteed stop. */
  readonly isGuaranteed: boolean
  /** Milliseconds since 1970. */
  readonly createdAtMs: number
}

/** Source: IG Labs, REST API reference, "Working Orders", GET /workingorders version 2. */
export interface WorkingOrder {
  readonly dealId: DealId
  readonly epic: Epic
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal
  readonly kind: 'limit' | 'stop' | Other
}
