import type { HoursSpan, Weekday } from '../../guard/trading-hours.ts'
import type { Message } from '../message.ts'
import type { Nothing } from './order-messages.ts'

/** Why nothing was sent, and the lock of the day. Money is exact, sizes and points too. */
export interface DenialMessages {
  'desk-disarmed': Nothing
  'not-our-market': { readonly epic: string }
  'market-not-allowed': { readonly market: string; readonly epic: string; readonly allowed: readonly string[] }
  'no-contract': Nothing
  'reference-used': Nothing
  'day-not-begun': Nothing
  'day-is-locked': { readonly lock: Message }
  'day-locked': { readonly lock: Message }
  'locked-already': { readonly lock: Message }
  'locked-by-trader': Nothing
  /** `unit`: a currency, where it is known. */
  'day-lost': { readonly lost: string; readonly most: string; readonly unit: string | null }
  'day-loss': { readonly lost: string; readonly most: string; readonly unit: string }
  'day-loss-unknown': { readonly most: string; readonly unit: string; readonly unknown: 'open-result' | 'deal-result' }
  'cooling-down': { readonly losses: number; readonly seconds: number }
  'hours-without-time': Nothing
  'outside-hours': { readonly day: Weekday; readonly time: string; readonly hours: readonly HoursSpan[] }
  'pressed-again': { readonly agoMs: number; readonly windowMs: number }
  'book-unknown': Nothing
  'being-flattened': Nothing
  'order-unanswered': Nothing
  'earlier-unresolved': Nothing
  'earlier-checked': Nothing
  'stream-not-live': Nothing
  'no-price': Nothing
  'no-price-to-join': Nothing
  'price-interrupted': Nothing
  'price-of-old-session': Nothing
  'price-old': { readonly seconds: string; readonly mostSeconds: string }
  'price-delayed': Nothing
  'price-crossed': Nothing
  'market-not-open': { readonly isForDealing: boolean; readonly state: string }
  'spread-wide': { readonly points: string; readonly mostPoints: string }
  'order-too-large': { readonly size: string; readonly most: string }
  'market-too-large': { readonly held: string; readonly more: string; readonly most: string }
  'market-size-unknown': { readonly most: string }
  'too-many-positions': {
    readonly positions: number
    readonly orders: number
    readonly entries: number
    readonly most: number
  }
  'positions-unknown': { readonly most: number }
  'too-many-entries': { readonly entries: number; readonly most: number; readonly waitSeconds: number | null }
  'margin-short': {
    readonly needed: string
    readonly available: string
    readonly unit: string
    readonly mustStay: string | null
  }
  'margin-unknown': { readonly mustStay: string; readonly unknown: 'needed' | 'available' }
  'deal-not-held': { readonly dealId: string }
  'not-a-part': { readonly held: string }
  'nothing-held': Nothing
  'both-directions-held': Nothing
  'closed-already': Nothing
  'no-such-preset': Nothing
}
