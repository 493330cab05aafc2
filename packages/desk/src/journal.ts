import type { OrderId } from './order.ts'

/**
 * One line of the day's record. `atMs` is the desk's monotonic time; whoever writes it adds the wall time.
 * Figures are exact decimals as text. Nothing secret is ever part of a record.
 */
export type JournalRecord =
  | {
      /** Written before the bytes of an open leave. */
      readonly kind: 'about-to-open'
      readonly atMs: number
      readonly id: OrderId
      readonly epic: string
      readonly direction: string
      readonly size: string
      readonly stopPoints: string | null
      readonly limitPoints: string | null
      readonly seenLevel: string
    }
  | {
      /** Written before the bytes of a close leave. */
      readonly kind: 'about-to-close'
      readonly atMs: number
      readonly id: OrderId
      readonly dealId: string
      readonly direction: string
      readonly size: string
    }
  | {
      readonly kind: 'denied'
      readonly atMs: number
      readonly intent: string
      readonly code: string
      readonly words: string
    }
  | { readonly kind: 'acknowledged'; readonly atMs: number; readonly id: OrderId; readonly reference: string }
  | { readonly kind: 'unknown'; readonly atMs: number; readonly id: OrderId; readonly cause: string }
  | {
      readonly kind: 'filled'
      readonly atMs: number
      readonly id: OrderId
      readonly dealId: string | null
      readonly level: string | null
      readonly profit: string | null
      /** What settled it: the streamed confirm, the polled one, or the broker's list of positions. */
      readonly by: 'stream' | 'poll' | 'book'
    }
  | { readonly kind: 'rejected'; readonly atMs: number; readonly id: OrderId; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly atMs: number; readonly id: OrderId; readonly cause: string }
  | { readonly kind: 'flatten'; readonly atMs: number; readonly positions: number }
  | { readonly kind: 'flat'; readonly atMs: number }
  /** A position that no order of ours explains: opened or closed elsewhere, or by the broker (stop, limit). */
  | { readonly kind: 'position-appeared'; readonly atMs: number; readonly dealId: string; readonly epic: string }
  | { readonly kind: 'position-gone'; readonly atMs: number; readonly dealId: string; readonly epic: string }
  /** It was sent with a stop, and the broker shows none. */
  | { readonly kind: 'no-stop'; readonly atMs: number; readonly dealId: string; readonly epic: string }
  | { readonly kind: 'stream'; readonly atMs: number; readonly status: string; readonly cause: string | null }
  /** Whether the account's own events reach us. */
  | { readonly kind: 'trade-feed'; readonly atMs: number; readonly state: 'listening' | 'interrupted' }
  | { readonly kind: 'time-lost'; readonly atMs: number; readonly lostMs: number }
  | { readonly kind: 'day-opened'; readonly atMs: number; readonly equity: string; readonly currency: string }

/** Where records go. Appending returns when the record would survive this process. @throws when it cannot be written. */
export interface JournalPort {
  append(record: JournalRecord): void
}
