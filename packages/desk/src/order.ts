import type { DealId, DealReference, Decimal, Direction, Epic } from '@scalpdesk/sdk'

/** Our own name of an order: the deal reference of an open; of a close the press's reference and `.N` (IG names closes itself). */
export type OrderId = string

/** What was sent, and how far it got. */
export interface TrackedOrder {
  readonly id: OrderId
  readonly purpose: OrderPurpose
  /** IG's name for the request: our own for an open, known only after the acknowledgement of a close. */
  readonly reference: DealReference | null
  readonly stage: OrderStage
  readonly timing: OrderTiming
}

export type OrderPurpose =
  | {
      readonly kind: 'open'
      readonly epic: Epic
      readonly direction: Direction
      readonly size: Decimal
      /** The price the trader saw on the side that the order deals at. */
      readonly seenLevel: Decimal
      /** How far away the stop is that was asked for with it; null: none was. */
      readonly stopPoints: Decimal | null
    }
  | {
      readonly kind: 'close'
      readonly epic: Epic
      readonly dealId: DealId
      readonly direction: Direction
      readonly size: Decimal
    }

/**
 * `sending` → `acknowledged` → an end; `checking` whenever the outcome is unknown and being worked out.
 * Ends: `filled`, `rejected` (by the broker), `denied` (nothing left this machine), `unresolved` (unknown for good).
 */
export type OrderStage =
  | { readonly kind: 'sending'; readonly sinceMs: number }
  | { readonly kind: 'acknowledged'; readonly sinceMs: number; readonly polls: Polls }
  | { readonly kind: 'checking'; readonly sinceMs: number; readonly cause: string; readonly polls: Polls }
  | { readonly kind: 'filled'; readonly level: Decimal | null; readonly profit: Decimal | null }
  | { readonly kind: 'rejected'; readonly reason: string; readonly atMs: number }
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly cause: string; readonly sinceMs: number }

/** Asking GET /confirms: how often it was asked, and when next (monotonic). */
export interface Polls {
  readonly asked: number
  readonly nextAtMs: number
}

/** Monotonic milliseconds; null for what has not happened. */
export interface OrderTiming {
  readonly pressedAtMs: number
  readonly wireAtMs: number | null
  readonly acknowledgedAtMs: number | null
  readonly confirmedAtMs: number | null
}

/** Sent, and its outcome not known yet. */
export function isPending(order: TrackedOrder): boolean {
  switch (order.stage.kind) {
    case 'sending':
    case 'acknowledged':
    case 'checking':
      return true
    case 'filled':
    case 'rejected':
    case 'denied':
    case 'unresolved':
      return false
    default:
      return unreachable(order.stage)
  }
}

/** Neither filled nor provably refused: the broker may hold its deal. */
export function isUnknown(order: TrackedOrder): boolean {
  return order.stage.kind === 'checking' || order.stage.kind === 'unresolved'
}

/** An entry that was never settled: its deal may turn up at any time. */
export function isUnresolvedOpen(order: TrackedOrder): boolean {
  return order.purpose.kind === 'open' && order.stage.kind === 'unresolved'
}

export function unreachable(value: never): never {
  throw new Error(`expected every case to be handled, but met ${JSON.stringify(value)}`)
}
