import type { Decimal } from 'decimal.js'
import type { Confirm } from './confirm.ts'
import type { DecodeError } from './errors.ts'
import type { DealId, DealReference, Epic } from './ids.ts'
import type { Other } from './other.ts'
import type { Direction, TrailingStop } from './position.ts'
import type { RepeatDeal } from './repeat-dealing.ts'
import type { WorkingOrderKind } from './working-order.ts'

/** One thing that happened on the account, or to our hearing of it. Source: IG Labs, Streaming API reference, "TRADE". */
export type TradeEvent =
  | ConfirmEvent
  | { readonly kind: 'position'; readonly update: PositionUpdate }
  | { readonly kind: 'working-order'; readonly update: WorkingOrderUpdate }
  /**
   * - `listening`: from here on every event is told. Comes before the first of them, again after every interruption, and
   *   again when the stream is `live` once more on the session that it had.
   * - `interrupted`: no event is told until the next `listening`: ask IG what is open.
   */
  | { readonly kind: 'feed'; readonly state: 'listening' | 'interrupted' }
  /** An event came and could not be read, or some may have been missed: ask IG what is open. */
  | { readonly kind: 'unreadable'; readonly error: DecodeError }

/** What became of a request; the same as `confirms.find()` gives, and what only the stream tells. */
export interface ConfirmEvent {
  readonly kind: 'confirm'
  readonly confirm: Confirm
  /** Where the request came from; see {@link PositionUpdate.channel}. */
  readonly channel: string | null
  /** What now counts as dealt lately in this market, direction and currency. */
  readonly repeatDealing: readonly RepeatDeal[]
}

/** An open position changed. `null` is what IG did not say in a way that can be read. */
export interface PositionUpdate {
  readonly dealId: DealId
  /** The deal that opened it, where this is another. */
  readonly originalDealId: DealId | null
  readonly reference: DealReference | null
  readonly epic: Epic
  readonly expiry: string | null
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal | null
  /** ISO code. */
  readonly currency: string | null
  readonly status: UpdateStatus
  readonly dealStatus: DealStatus | null
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  /** Has a guaranteed stop; `false` where IG does not say. */
  readonly isGuaranteed: boolean
  /** `null`: its stop does not trail, or IG did not say both numbers. */
  readonly trailingStop: TrailingStop | null
  /** Milliseconds since 1970. IG writes no zone; taken for UTC, as elsewhere in its API. */
  readonly atMs: number | null
  /** Where it came from, in IG's word: `PublicRestOTC` for requests of programs like this one. */
  readonly channel: string | null
}

/** A working order changed. `null` as in {@link PositionUpdate}. */
export interface WorkingOrderUpdate {
  readonly dealId: DealId
  readonly reference: DealReference | null
  readonly epic: Epic
  readonly expiry: string | null
  readonly direction: Direction | null
  readonly size: Decimal | null
  readonly level: Decimal | null
  /** ISO code. */
  readonly currency: string | null
  readonly status: UpdateStatus
  readonly dealStatus: DealStatus | null
  readonly orderKind: WorkingOrderKind | Other | null
  readonly timeInForce: 'good-till-cancelled' | 'good-till-date' | Other | null
  /** As IG wrote it: its form and zone are not published for the stream; `orders.list()` has the instant. */
  readonly goodTillText: string | null
  readonly stopDistancePoints: Decimal | null
  readonly limitDistancePoints: Decimal | null
  /** Its stop will be a guaranteed one; `false` where IG does not say. */
  readonly isGuaranteed: boolean
  /** As in {@link PositionUpdate}. */
  readonly atMs: number | null
  readonly channel: string | null
}

export type UpdateStatus = 'open' | 'updated' | 'deleted' | Other
export type DealStatus = 'accepted' | 'rejected' | Other
