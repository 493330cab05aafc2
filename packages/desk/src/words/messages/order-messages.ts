import type { Direction } from '@scalpdesk/sdk'
import type { Message } from '../message.ts'
import type { LegsText, OrderText } from '../things.ts'

/** What became of an order. */
export interface OrderMessages {
  sent: {
    readonly direction: Direction
    readonly size: string
    readonly market: string
    readonly stopPoints: string | null
  }
  'sent-order': { readonly order: OrderText }
  filled: {
    readonly direction: Direction
    readonly size: string
    readonly market: string
    readonly level: string | null
    /** Against the price that was seen: above 0 is against the trader. null: none, or not known. */
    readonly slippedPoints: string | null
    readonly stop: string | null
  }
  'filled-order': { readonly order: OrderText }
  closed: {
    readonly direction: Direction
    readonly size: string
    /** Where it was a part. */
    readonly of: string | null
    readonly level: string | null
    /** With its sign and currency. */
    readonly result: string | null
  }
  amended: { readonly legs: LegsText }
  resting: { readonly order: OrderText }
  cancelled: Nothing
  /** Of a cancellation whose answer was lost: the lists show the order no more, and do not say why. */
  'order-gone': Nothing
  'dealt-by-history': { readonly order: OrderText }
  'no-matter': { readonly order: OrderText }
  /** The broker's own reason. */
  rejected: { readonly order: OrderText; readonly reason: string }
  'denied-order': { readonly order: OrderText; readonly why: Message }
  checking: { readonly order: OrderText; readonly cause: Message }
  unresolved: { readonly order: OrderText; readonly cause: Message }
  'dealt-although-refused': { readonly order: OrderText }

  // Why nothing left, or why nobody knows.
  'nothing-was-sent': { readonly cause: string }
  'journal-unwritable': { readonly cause: string }
  'confirm-did-not-come': Nothing
  'no-answer-in-a-minute': Nothing
  'position-still-listed': { readonly isWhole: boolean }
  'listed-without-it': Nothing
  'order-still-listed': Nothing
  /** In the words of whoever told it: the broker, the network, an earlier run. */
  told: { readonly text: string }
}

export type Nothing = Readonly<Record<never, never>>
