import type { Decimal } from 'decimal.js'
import type { DealtMarket } from './dealt-market.ts'
import type { DealId, DealReference } from './ids.ts'
import type { Market } from './market.ts'
import type { LimitLeg } from './order.ts'
import type { Other } from './other.ts'
import type { Direction } from './position.ts'

/**
 * An order that rests until the market reaches its level. As with `Position`, `null` is what IG did not say in a way that can be
 * read. Source: IG Labs, REST API reference, "Working Orders", GET /workingorders version 2.
 */
export interface WorkingOrder extends DealtMarket {
  readonly dealId: DealId
  readonly direction: Direction | null
  readonly size: Decimal | null
  readonly level: Decimal | null
  /** `{ other: '' }` where IG gives none. */
  readonly kind: WorkingOrderKind | Other
  readonly timeInForce: 'good-till-cancelled' | 'good-till-date' | Other | null
  /** Milliseconds since 1970; `null` also where the order rests until it is cancelled. */
  readonly goodTillAtMs: number | null
  /** Its stop, from the order's level; legs that were set by level come back as distances too. */
  readonly stopDistancePoints: Decimal | null
  readonly limitDistancePoints: Decimal | null
  /** Its stop will be a guaranteed one; `false` where IG does not say. */
  readonly isGuaranteed: boolean
  /** ISO code. */
  readonly currency: string | null
  /** Placed on an exchange's own book. */
  readonly isDma: boolean | null
  /** What the guarantee costs, in points. */
  readonly limitedRiskPremium: Decimal | null
  /** Milliseconds since 1970. */
  readonly createdAtMs: number | null
}

/** `limit`: buy below or sell above the market. `stop`: buy above or sell below it. */
export type WorkingOrderKind = 'limit' | 'stop'

/** Milliseconds since 1970; IG takes whole seconds, what is more is cut off. */
export type GoodTill = 'cancelled' | { readonly atMs: number }

/** Source: IG Labs, REST API reference, "Working Orders", POST /workingorders/otc version 2. */
export type PlaceOrder = PlaceTerms & (PlacedOwnPosition | PlacedNetting)

interface PlaceTerms {
  /** As in `OpenOrder`: never used before, and written down before the call. */
  readonly reference: DealReference
  readonly market: Pick<Market, 'epic' | 'expiry' | 'currency'>
  readonly kind: WorkingOrderKind
  readonly direction: Direction
  /** Contracts, or stake per point; at most 12 decimals. Cannot be changed afterwards. */
  readonly size: Decimal
  /** At which it deals. */
  readonly level: Decimal
  readonly goodTill: GoodTill
}

/** When it deals, it opens a position of its own. */
interface PlacedOwnPosition {
  readonly isNetting?: false
  readonly stop?: PlacedStop
  readonly limit?: LimitLeg
}

/** When it deals, it first reduces or closes opposite positions. */
interface PlacedNetting {
  readonly isNetting: true
  readonly stop?: never
  readonly limit?: never
}

/** IG takes a guaranteed stop by its distance here, and by its level in an amendment. */
export type PlacedStop =
  | { readonly distancePoints: Decimal; readonly isGuaranteed?: boolean; readonly level?: never }
  | { readonly level: Decimal; readonly isGuaranteed?: false; readonly distancePoints?: never }

/**
 * Replaces everything but the size: a leg that is `null` is removed, a guarantee that is not repeated is given up.
 * Source: as above, PUT /workingorders/otc/{dealId} version 2.
 */
export interface AmendWorkingOrder {
  readonly dealId: DealId
  readonly kind: WorkingOrderKind
  readonly level: Decimal
  readonly goodTill: GoodTill
  readonly stop: AmendedOrderStop | null
  readonly limit: LimitLeg | null
}

type AmendedOrderStop =
  | { readonly level: Decimal; readonly isGuaranteed?: boolean; readonly distancePoints?: never }
  | { readonly distancePoints: Decimal; readonly isGuaranteed?: false; readonly level?: never }
