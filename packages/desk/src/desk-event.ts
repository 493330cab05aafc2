import type {
  AccountFigures,
  Confirm,
  DealReference,
  OpenOrder,
  Position,
  Quote,
  StreamStatus,
  Submission,
  TradeEvent,
  WorkingOrder,
} from '@scalpdesk/sdk'
import type { BookedMoney, PastDeal } from './broker-port.ts'
import type { Contract } from './contract.ts'
import type { GuardLimits } from './guard/limits.ts'
import type { Intent } from './intents/intent.ts'
import type { PressedBy } from './journal/record.ts'
import type { OrderId } from './orders/order.ts'

/** Everything that can happen to the desk. `atMs` is monotonic and comes with the event: the desk has no clock. */
export type DeskEvent =
  | IntentEvent
  | { readonly kind: 'quote'; readonly quote: Quote }
  /** An entry that was foreseen has left, or was tried to: what comes after its bytes. Right after its press was tracked. */
  | {
      readonly kind: 'entered'
      readonly order: OpenOrder
      readonly press: string
      readonly pressedAtMs: number
      readonly atMs: number
    }
  /** The record that announces the order is as durable as was asked for. */
  | { readonly kind: 'journalled'; readonly id: OrderId; readonly decidedAtMs: number; readonly atMs: number }
  /** A frame that shows the outcomes of these orders was on the terminal. */
  | { readonly kind: 'painted'; readonly ids: readonly OrderId[]; readonly atMs: number }
  | { readonly kind: 'on-wire'; readonly id: OrderId; readonly atMs: number }
  | { readonly kind: 'submitted'; readonly id: OrderId; readonly submission: Submission; readonly atMs: number }
  | { readonly kind: 'journal-failed'; readonly id: OrderId; readonly cause: Error; readonly atMs: number }
  | { readonly kind: 'trade'; readonly trade: TradeEvent; readonly atMs: number }
  | { readonly kind: 'confirm-found'; readonly id: OrderId; readonly confirm: Confirm | null; readonly atMs: number }
  | { readonly kind: 'book-read'; readonly ask: number; readonly book: BrokerBook; readonly atMs: number }
  | { readonly kind: 'book-failed'; readonly ask: number; readonly cause: Error; readonly atMs: number }
  /** The answer to a question for the account's history; null: it could not be read. */
  | {
      readonly kind: 'deals-found'
      readonly ask: number
      readonly deals: readonly PastDeal[] | null
      readonly atMs: number
    }
  /** The money booked in the account's day so far; null: it could not be read. */
  | {
      readonly kind: 'charges-found'
      readonly ask: number
      readonly booked: readonly BookedMoney[] | null
      readonly atMs: number
    }
  | { readonly kind: 'stream'; readonly status: StreamStatus; readonly atMs: number }
  | { readonly kind: 'heartbeat'; readonly brokerTimeMs: number | null; readonly atMs: number }
  /** A market that the trader picked while the desk runs. */
  | { readonly kind: 'trade-market'; readonly contract: Contract; readonly atMs: number }
  /** What the config says now. Within a day limits can only be tightened. */
  | { readonly kind: 'limits'; readonly limits: GuardLimits; readonly atMs: number }
  | { readonly kind: 'account'; readonly figures: AccountFigures; readonly atMs: number }
  /** The machine slept or its clock jumped: time has passed that the monotonic clock does not show. */
  | { readonly kind: 'time-lost'; readonly lostMs: number; readonly atMs: number; readonly wallMs?: number }
  | { readonly kind: 'clock'; readonly atMs: number; readonly wallMs?: number }

export interface IntentEvent {
  readonly kind: 'intent'
  readonly intent: Intent
  /** When the key's byte was read, or when a caller asked. */
  readonly pressedAtMs: number
  readonly atMs: number
  /** Milliseconds since 1970; as the event before had it unless told. */
  readonly wallMs?: number
  /** A fresh deal reference, used if an order comes of it. */
  readonly reference: DealReference
  /** Who pressed; a key unless told. */
  readonly by?: PressedBy
}

/** What the broker says is open, all of it, in one reading. Working orders are null when only their list could not be read. */
export interface BrokerBook {
  readonly positions: readonly Position[]
  readonly workingOrders: readonly WorkingOrder[] | null
}
