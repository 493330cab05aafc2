import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'

/** A stop or limit asked for: where, or how far from the deal level in points. */
export type Leg =
  | { readonly by: 'level'; readonly level: Decimal }
  | { readonly by: 'distance'; readonly points: Decimal }

/** MARKET deals at the present price; LIMIT deals now at `level` or better, or not at all. */
export type OrderPrice = { readonly type: 'MARKET' } | { readonly type: 'LIMIT'; readonly level: Decimal }

export interface OpenOrder {
  readonly kind: 'open'
  readonly atMs: number
  readonly reference: string
  readonly epic: string
  readonly expiry: string
  readonly currency: string
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly price: OrderPrice
  /** `net`: an opposite deal first reduces what is open, oldest first. `force`: always a new position. */
  readonly mode: 'force' | 'net'
  readonly stop: (Leg & { readonly isGuaranteed: boolean }) | null
  readonly limit: Leg | null
}

/** Replaces both legs of a position: a leg that is null is removed. */
export interface AmendOrder {
  readonly kind: 'amend'
  readonly atMs: number
  readonly reference: string
  readonly dealId: string
  readonly stopLevel: Decimal | null
  readonly limitLevel: Decimal | null
  readonly isStopGuaranteed: boolean
}

export interface CloseOrder {
  readonly kind: 'close'
  readonly atMs: number
  readonly reference: string
  /** One position, or every opposite one of a market, oldest first. */
  readonly target: { readonly by: 'deal'; readonly dealId: string } | { readonly by: 'market'; readonly epic: string }
  /** Of the closing deal: the opposite of the position's. */
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly price: OrderPrice
}

export type Order = OpenOrder | AmendOrder | CloseOrder
