import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { AccountState } from './account-state.ts'
import type { MarketState } from './market.ts'
import type { Order } from './order.ts'
import type { ExitCause, Position } from './position.ts'
import type { Reason } from './reason.ts'
import type { Tick } from './tick.ts'

/** What goes into the engine, in order. Time comes with it: the engine has no clock. */
export type EngineInput =
  | Tick
  | Order
  /** An order that shall be refused whatever the market says: a duplicate, or a test's wish. */
  | { readonly kind: 'refuse'; readonly order: Order; readonly reason: Reason }
  | { readonly kind: 'market-state'; readonly atMs: number; readonly epic: string; readonly state: MarketState }

/** What comes out, in order: the event log. Same inputs and same seed, same log. */
export type EngineEvent =
  | Fill
  | Confirm
  | {
      readonly kind: 'position'
      readonly change: 'OPEN' | 'UPDATED' | 'DELETED'
      readonly atMs: number
      readonly position: Position
    }
  | { readonly kind: 'account'; readonly atMs: number; readonly account: AccountState }

export interface Fill {
  readonly kind: 'fill'
  readonly atMs: number
  /** The deal's own id. */
  readonly dealId: string
  readonly epic: string
  readonly direction: DirectionJson
  readonly size: Decimal
  readonly levelUnits: number
  readonly cause: 'open' | 'close' | ExitCause
  /** Of a closing deal: the position it reduced, and what that earned. */
  readonly closed: {
    readonly dealId: string
    /** In the market's currency, exact. */
    readonly profit: Decimal
    /** In the account's currency, to the cent: what the cash balance moved by. */
    readonly booked: Decimal
  } | null
}

/** The outcome of one order. */
export interface Confirm {
  readonly kind: 'confirm'
  readonly atMs: number
  readonly reference: string
  readonly dealId: string
  readonly epic: string
  readonly direction: DirectionJson
  readonly outcome: Accepted | { readonly dealStatus: 'REJECTED'; readonly reason: Reason }
}

export interface Accepted {
  readonly dealStatus: 'ACCEPTED'
  readonly status: 'OPEN' | 'AMENDED' | 'CLOSED' | 'PARTIALLY_CLOSED'
  readonly levelUnits: number
  readonly size: Decimal
  readonly stopUnits: number | null
  readonly limitUnits: number | null
  /** Points, as the order gave them; null when it gave a level. */
  readonly stopPoints: Decimal | null
  readonly limitPoints: Decimal | null
  readonly isStopGuaranteed: boolean
  readonly affected: readonly AffectedDeal[]
  /** In the market's currency; null when nothing was closed. */
  readonly profit: Decimal | null
}

export interface AffectedDeal {
  readonly dealId: string
  readonly status: 'OPENED' | 'AMENDED' | 'PARTIALLY_CLOSED' | 'FULLY_CLOSED'
}
