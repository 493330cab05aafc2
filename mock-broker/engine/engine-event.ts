import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { AccountState } from './account-state.ts'
import type { MarketState } from './market-state.ts'
import type { Order } from './order.ts'
import type { ExitCause, Position } from './position.ts'
import type { Reason } from './reason.ts'
import type { Tick } from './tick.ts'
import type { WorkingOrder } from './working-order.ts'

/** What goes into the engine, in order. Time comes with it: the engine has no clock. */
export type EngineInput =
  | Tick
  | Order
  /** An order that shall be refused whatever the market says: a duplicate, or a test's wish. */
  | { readonly kind: 'refuse'; readonly order: Order; readonly reason: Reason }
  | { readonly kind: 'market-state'; readonly atMs: number; readonly epic: string; readonly state: MarketState }
  /** The market shows no price until its next quote. */
  | { readonly kind: 'quote-loss'; readonly atMs: number; readonly epic: string }
  /** Time passes on a market without a quote: orders expire. */
  | { readonly kind: 'time'; readonly atMs: number; readonly epic: string }
  | { readonly kind: 'preference'; readonly atMs: number; readonly account: string; readonly allowsTrailing: boolean }
  /** The contract of a market ends: what is open on it is closed at this level, or in the middle of its last quote. */
  | {
      readonly kind: 'settlement'
      readonly atMs: number
      readonly epic: string
      readonly levelUnits?: number | undefined
    }
  /** A night has passed: what is open is charged for it. */
  | { readonly kind: 'night'; readonly atMs: number }

/** What comes out, in order: the event log. Same inputs and same seed, same log. */
export type EngineEvent = Fill | Confirm | PositionChange | WorkingOrderChange | Charge | AccountChange

export interface PositionChange {
  readonly kind: 'position'
  readonly change: 'OPEN' | 'UPDATED' | 'DELETED'
  readonly atMs: number
  readonly position: Position
}

export interface WorkingOrderChange {
  readonly kind: 'working-order'
  readonly change: 'OPEN' | 'UPDATED' | 'DELETED'
  /** `client`: by request. The others are the market's or the calendar's doing, and have no confirm. */
  readonly cause: 'client' | 'filled' | 'expired' | 'refused' | 'settled'
  /** Why it could not be filled when its level came; null where it was not refused. */
  readonly refusal: Reason | null
  /** Of the request that did it; null where there was none. */
  readonly reference: string | null
  readonly atMs: number
  readonly order: WorkingOrder
}

export interface AccountChange {
  readonly kind: 'account'
  readonly atMs: number
  readonly account: AccountState
}

/** Money that moves without a deal's profit. */
export interface Charge {
  readonly kind: 'charge'
  readonly cause: 'commission' | 'overnight-funding' | 'guaranteed-stop-premium' | 'negative-balance-protection'
  readonly atMs: number
  readonly account: string
  readonly epic: string
  /** In the account's currency, to the cent: what the cash balance moved by, mostly below zero. */
  readonly booked: Decimal
  /** The deal that it belongs to. */
  readonly dealId: string
}

export interface Fill {
  readonly kind: 'fill'
  readonly atMs: number
  /** The deal's own id. */
  readonly dealId: string
  /** Of the request that led to it; null when the broker closed by itself. */
  readonly reference: string | null
  readonly account: string
  readonly epic: string
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly levelUnits: number
  readonly cause: 'open' | 'close' | 'working-order' | 'margin' | 'settlement' | ExitCause
  /** Of the position it opened, or as it was before this deal reduced it. */
  readonly position: Position
  /** Of a closing deal: the position it reduced, and what that earned. */
  readonly closed: {
    readonly dealId: string
    readonly isWhole: boolean
    /** In the position's currency, exact. */
    readonly profit: Decimal
    /** In the account's currency, to the cent: what the cash balance moved by. */
    readonly booked: Decimal
  } | null
  /** The working order that was filled. */
  readonly workingOrder: WorkingOrder | null
}

/** The outcome of one order. */
export interface Confirm {
  readonly kind: 'confirm'
  readonly atMs: number
  readonly reference: string
  readonly account: string
  readonly dealId: string
  readonly epic: string
  readonly direction: DirectionJson
  /** What was asked for. */
  readonly order: Order
  readonly outcome: Accepted | { readonly dealStatus: 'REJECTED'; readonly reason: Reason }
}

export interface Accepted {
  readonly dealStatus: 'ACCEPTED'
  readonly status: 'OPEN' | 'AMENDED' | 'CLOSED' | 'PARTIALLY_CLOSED' | 'DELETED'
  readonly levelUnits: number
  readonly size: Decimal
  readonly stopUnits: number | null
  readonly limitUnits: number | null
  /** Points, as the order gave them; null when it gave a level. */
  readonly stopPoints: Decimal | null
  readonly limitPoints: Decimal | null
  readonly isStopGuaranteed: boolean
  readonly isTrailing: boolean
  readonly affected: readonly AffectedDeal[]
  /** In the position's currency; null when nothing was closed. */
  readonly profit: Decimal | null
  readonly profitCurrency: string | null
}

export interface AffectedDeal {
  readonly dealId: string
  readonly status: 'OPENED' | 'AMENDED' | 'DELETED' | 'PARTIALLY_CLOSED' | 'FULLY_CLOSED'
}
