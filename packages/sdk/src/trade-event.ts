import type { Decimal } from 'decimal.js'
import type { Confirm } from './confirm.ts'
import type { DecodeError } from './errors.ts'
import type { DealId, DealReference, Epic } from './ids.ts'
import type { Other } from './other.ts'
import type { Direction } from './position.ts'

/** One thing that happened on the account, or to our hearing of it. Source: IG Labs, Streaming API reference, TRADE item. */
export type TradeEvent =
  | { readonly kind: 'confirm'; readonly confirm: Confirm }
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

export interface PositionUpdate {
  readonly dealId: DealId
  readonly reference: DealReference | null
  readonly epic: Epic
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal | null
  readonly status: UpdateStatus
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
}

export interface WorkingOrderUpdate {
  readonly dealId: DealId
  readonly epic: Epic
  readonly status: UpdateStatus
}

export type UpdateStatus = 'open' | 'updated' | 'deleted' | Other
