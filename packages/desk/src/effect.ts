import type { CloseOrder, DealReference, OpenOrder } from '@scalpdesk/sdk'
import type { Approved } from './guard.ts'
import type { JournalRecord } from './journal.ts'
import type { OrderId } from './order.ts'

/** What the desk wants done, in this order. A record that stands before an order is written before its bytes leave. */
export type Effect =
  | { readonly kind: 'journal'; readonly record: JournalRecord }
  | { readonly kind: 'open'; readonly id: OrderId; readonly order: Approved<OpenOrder> }
  | { readonly kind: 'close'; readonly id: OrderId; readonly order: Approved<CloseOrder> }
  | { readonly kind: 'find-confirm'; readonly id: OrderId; readonly reference: DealReference }
  /** Ask the broker for positions and working orders; the answer carries `ask` back. */
  | { readonly kind: 'read-book'; readonly ask: number }
