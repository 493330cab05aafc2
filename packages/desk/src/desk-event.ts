import type {
  AccountFigures,
  Confirm,
  DealReference,
  Position,
  Quote,
  StreamStatus,
  Submission,
  TradeEvent,
  WorkingOrder,
} from '@scalpdesk/sdk'
import type { Intent } from './intent.ts'
import type { OrderId } from './order.ts'

/** Everything that can happen to the desk. `atMs` is monotonic and comes with the event: the desk has no clock. */
export type DeskEvent =
  | {
      readonly kind: 'intent'
      readonly intent: Intent
      /** When the key's byte was read, or when a caller asked. */
      readonly pressedAtMs: number
      readonly atMs: number
      /** A fresh deal reference, used if an order comes of it. */
      readonly reference: DealReference
    }
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'on-wire'; readonly id: OrderId; readonly atMs: number }
  | { readonly kind: 'submitted'; readonly id: OrderId; readonly submission: Submission; readonly atMs: number }
  | { readonly kind: 'journal-failed'; readonly id: OrderId; readonly cause: Error; readonly atMs: number }
  | { readonly kind: 'trade'; readonly trade: TradeEvent; readonly atMs: number }
  | { readonly kind: 'confirm-found'; readonly id: OrderId; readonly confirm: Confirm | null; readonly atMs: number }
  | { readonly kind: 'book-read'; readonly ask: number; readonly book: BrokerBook; readonly atMs: number }
  | { readonly kind: 'book-failed'; readonly ask: number; readonly cause: Error; readonly atMs: number }
  | { readonly kind: 'stream'; readonly status: StreamStatus; readonly atMs: number }
  | { readonly kind: 'account'; readonly figures: AccountFigures; readonly atMs: number }
  /** The machine slept or its clock jumped: time has passed that the monotonic clock does not show. */
  | { readonly kind: 'time-lost'; readonly lostMs: number; readonly atMs: number }
  | { readonly kind: 'clock'; readonly atMs: number }

/** What the broker says is open, all of it, in one reading. Working orders are null when only their list could not be read. */
export interface BrokerBook {
  readonly positions: readonly Position[]
  readonly workingOrders: readonly WorkingOrder[] | null
}
