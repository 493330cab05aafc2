import type { StreamStatus } from '@scalpdesk/sdk'
import type { OrderText, PositionText } from '../things.ts'
import type { Nothing } from './order-messages.ts'

/** What is open, and what is heard of it. */
export interface BookMessages {
  starting: Nothing
  ready: OpenNow
  /** Orders of an earlier run are being checked. */
  'ready-checking': OpenNow & { readonly orders: readonly OrderText[] }
  'orders-not-listed': Nothing
  'book-failed': { readonly cause: string }
  'closed-by-broker': { readonly position: PositionText }
  'open-although-refused': { readonly position: PositionText }
  'already-open': { readonly position: PositionText }
  'opened-elsewhere': { readonly position: PositionText }
  'stream-lost': { readonly cause: string | null }
  'stream-down': { readonly cause: string | null }
  'stream-closed': { readonly cause: string | null }
  /** How the session goes on, in the stream's own word. */
  'stream-back': { readonly continuity: Extract<StreamStatus, { kind: 'live' }>['continuity'] }
  'trades-lost': Nothing
  'trades-back': Nothing
  'time-lost': { readonly seconds: number }
  'traded-already': { readonly market: string }
  traded: { readonly market: string; readonly preset: string }
}

interface OpenNow {
  readonly positions: number
  readonly areOrdersListed: boolean
}
