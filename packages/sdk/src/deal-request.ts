import type { Lane } from './allowance/lane.ts'
import type { AccountId, DealId, DealReference, Epic } from './ids.ts'
import type { Direction } from './position.ts'

/**
 * What was asked of IG, as plain data: `JSON.stringify` writes it to a journal, and what is read back can be settled, also by
 * another process. Numbers are in digits, as they were sent.
 */
export type DealRequest =
  | OpenRequest
  | CloseRequest
  | AmendRequest
  | PlaceOrderRequest
  | AmendWorkingOrderRequest
  | CancelOrderRequest

interface Asked {
  /** Milliseconds since 1970, when the order was handed over. */
  readonly sentAtMs: number
  readonly lane: Lane
  /** It was asked for on this account, and can be settled on this one only; `null` where a journal of an older kind did not say. */
  readonly accountId: AccountId | null
}

/** What has no reference of ours: IG makes one, which its acknowledgement tells; `null` as long as nobody knows it. */
interface NamedByIg extends Asked {
  readonly reference: DealReference | null
}

export interface OpenRequest extends Asked {
  readonly kind: 'open'
  readonly reference: DealReference
  readonly epic: Epic
  readonly direction: Direction
  readonly size: string
}

export interface CloseRequest extends NamedByIg {
  readonly kind: 'close'
  /** `null` where the market was named instead. */
  readonly dealId: DealId | null
  /** `null` where the deal was named. */
  readonly epic: Epic | null
  readonly direction: Direction
  readonly size: string
}

export interface AmendRequest extends NamedByIg {
  readonly kind: 'amend'
  readonly dealId: DealId
  readonly stopLevel: string | null
  readonly limitLevel: string | null
}

export interface PlaceOrderRequest extends Asked {
  readonly kind: 'place-order'
  readonly reference: DealReference
  readonly epic: Epic
  readonly direction: Direction
  readonly size: string
  readonly level: string
}

export interface AmendWorkingOrderRequest extends NamedByIg {
  readonly kind: 'amend-order'
  readonly dealId: DealId
  readonly level: string
}

export interface CancelOrderRequest extends NamedByIg {
  readonly kind: 'cancel-order'
  readonly dealId: DealId
}
