import type { Direction } from '@scalpdesk/sdk'
import type { Message } from '../message.ts'
import type { ClosingText, HeldText, LegsText, OrderText, PositionText, WantedText } from '../things.ts'
import type { Nothing } from './order-messages.ts'

/** What a key did, or could not do. */
export interface IntentMessages {
  denied: { readonly wanted: WantedText; readonly why: Message }
  closing: { readonly position: ClosingText }
  'closing-already': { readonly position: ClosingText }
  'nothing-to-close': { readonly dealId: string }
  'closing-without-stop': { readonly position: PositionText }
  reducing: { readonly direction: Direction; readonly left: string | null }
  'reducing-already': { readonly direction: Direction }
  reversing: { readonly market: string; readonly direction: Direction }
  'not-reversed': { readonly why: 'close-refused' | 'not-in-time' | 'close-unknown' }
  cancelling: { readonly orders: number }
  'cancelling-already': Nothing
  'nothing-to-cancel': Nothing
  changing: { readonly legs: LegsText }
  'nothing-to-change': Nothing
  'not-changed': { readonly why: Message }
  'nothing-to-adopt': { readonly dealId: string }
  'ours-already': { readonly held: HeldText }
  adopted: { readonly held: HeldText }
  'nothing-to-accept': { readonly orderId: string; readonly why: 'no-such-order' | 'still-checked' | 'not-unknown' }
  'accepted-unknown': { readonly order: OrderText }
  armed: Nothing
  disarmed: Nothing
  'preset-chosen': { readonly preset: string; readonly market: string }
  /** `market` null: of the account. */
  flattening: { readonly market: string | null; readonly positions: number; readonly orders: number }
  flat: { readonly market: string | null }
  'flat-withheld': {
    readonly market: string | null
    readonly areOrdersListed: boolean
    readonly why: 'order-unresolved' | 'stream-closed' | 'stream-down' | 'trades-not-heard' | 'orders-not-listed'
  }
  'not-flat': { readonly market: string | null; readonly stays: Message }
  /** What could not be closed or cancelled, and what to do. */
  'stays-open': { readonly positions: number; readonly orders: number }

  // Why legs were not changed.
  'too-many-changes': Nothing
  'position-gone': Nothing
  'legs-not-told': Nothing
  'no-figure': Nothing
  'so-already': Nothing
  'opening-level-unknown': Nothing
  'stop-nearer-already': Nothing
  'price-not-passed': Nothing
  'no-such-leg': { readonly leg: 'stop' | 'limit' }
  'points-not-positive': { readonly points: string }
  'stop-as-near-as-allowed': Nothing
  'guaranteed-cannot-trail': Nothing
  'no-price-to-trail': Nothing
  'point-unknown': Nothing
}
