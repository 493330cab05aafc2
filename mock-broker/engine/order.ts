import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'

/** A stop or limit asked for: where, or how far from the deal level in points. */
export type Leg =
  | { readonly by: 'level'; readonly level: Decimal }
  | { readonly by: 'distance'; readonly points: Decimal }

/** A trailing stop begins at its distance and follows in steps. */
export type StopLeg =
  | (Leg & { readonly kind: 'normal' | 'guaranteed' })
  | {
      readonly kind: 'trailing'
      readonly by: 'distance'
      readonly points: Decimal
      readonly stepPoints: Decimal
    }

/** MARKET deals at the present price; LIMIT deals now at `level` or better, or not at all. */
export type OrderPrice = { readonly type: 'MARKET' } | { readonly type: 'LIMIT'; readonly level: Decimal }

/** Whole or nothing, or what can be had now (IG Labs, REST API reference, "Positions": `timeInForce`). */
export type TimeInForce = 'FILL_OR_KILL' | 'EXECUTE_AND_ELIMINATE'

interface Instruction {
  readonly atMs: number
  readonly reference: string
  readonly account: string
}

export interface OpenOrder extends Instruction {
  readonly kind: 'open'
  readonly epic: string
  readonly expiry: string
  readonly currency: string
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly price: OrderPrice
  readonly timeInForce: TimeInForce
  /** `net`: an opposite deal first reduces what is open, oldest first. `force`: always a new position. */
  readonly mode: 'force' | 'net'
  readonly stop: StopLeg | null
  readonly limit: Leg | null
  /** The position comes without the stop that its confirm names: seen on a live account, asked for by tests alone. */
  readonly losesStop: boolean
}

/** Replaces both legs of a position: a leg that is null is removed. */
export interface AmendOrder extends Instruction {
  readonly kind: 'amend'
  readonly dealId: string
  readonly stop: AmendedStop | null
  readonly limitLevel: Decimal | null
}

export type AmendedStop =
  | { readonly kind: 'normal' | 'guaranteed'; readonly level: Decimal }
  | {
      readonly kind: 'trailing'
      readonly level: Decimal
      readonly distancePoints: Decimal
      readonly stepPoints: Decimal
    }

export interface CloseOrder extends Instruction {
  readonly kind: 'close'
  /** One position, or every opposite one of a market, oldest first. */
  readonly target:
    | { readonly by: 'deal'; readonly dealId: string }
    | { readonly by: 'market'; readonly epic: string; readonly expiry: string }
  /** Of the closing deal: the opposite of the position's. */
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly price: OrderPrice
  readonly timeInForce: TimeInForce
}

export interface PlaceOrder extends Instruction {
  readonly kind: 'place-order'
  readonly epic: string
  readonly expiry: string
  readonly currency: string
  readonly direction: DirectionJson
  readonly type: 'LIMIT' | 'STOP'
  readonly size: Decimal
  readonly level: Decimal
  readonly goodTillMs: number | null
  readonly mode: 'force' | 'net'
  readonly stop: (Leg & { readonly kind: 'normal' | 'guaranteed' }) | null
  readonly limit: Leg | null
}

/** Replaces everything but market, direction and size. */
export interface AmendWorkingOrder extends Instruction {
  readonly kind: 'amend-order'
  readonly dealId: string
  readonly type: 'LIMIT' | 'STOP'
  readonly level: Decimal
  readonly goodTillMs: number | null
  readonly stop: (Leg & { readonly kind: 'normal' | 'guaranteed' }) | null
  readonly limit: Leg | null
}

export interface CancelOrder extends Instruction {
  readonly kind: 'cancel-order'
  readonly dealId: string
}

export type Order = OpenOrder | AmendOrder | CloseOrder | PlaceOrder | AmendWorkingOrder | CancelOrder
