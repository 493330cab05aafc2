import type { AmendOrder, CloseOrder, DealReference, OpenOrder, PlaceOrder } from '@scalpdesk/sdk'
import type { Approved, CancelOrder } from './guard/approved.ts'
import type { JournalRecord } from './journal/record.ts'
import type { OrderId } from './orders/order.ts'

/** What the desk wants done, in this order. A record that stands before an order is written before its bytes leave. */
export type Effect = JournalEffect | OrderEffect | Question

export interface JournalEffect {
  readonly kind: 'journal'
  readonly record: JournalRecord
  /**
   * This order stays here when the record cannot be written; null for whatever gets out, and for what is only told. The name of
   * the guard’s records is no order’s: that one failed is told back all the same.
   */
  readonly entry: OrderId | null
}

export type OrderEffect =
  | { readonly kind: 'open'; readonly id: OrderId; readonly order: Approved<OpenOrder> }
  | { readonly kind: 'close'; readonly id: OrderId; readonly order: Approved<CloseOrder> }
  | { readonly kind: 'amend'; readonly id: OrderId; readonly order: Approved<AmendOrder> }
  | { readonly kind: 'place'; readonly id: OrderId; readonly order: Approved<PlaceOrder> }
  /** `isExit`: part of flattening, which may use the allowance that is kept for it. */
  | { readonly kind: 'cancel'; readonly id: OrderId; readonly order: Approved<CancelOrder>; readonly isExit: boolean }

export type Question =
  | { readonly kind: 'find-confirm'; readonly id: OrderId; readonly reference: DealReference }
  /** Ask the broker for positions and working orders; the answer carries `ask` back. */
  | { readonly kind: 'read-book'; readonly ask: number }
  /** Ask for the account's history since then (milliseconds since 1970); the answer carries `ask` back. */
  | { readonly kind: 'find-deals'; readonly ask: number; readonly sinceMs: number }
  /** Ask for the money booked since then (milliseconds since 1970); the answer carries `ask` back. */
  | { readonly kind: 'find-charges'; readonly ask: number; readonly sinceMs: number }
