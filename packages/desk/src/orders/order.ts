import type { DealId, DealReference, Decimal, Direction, Epic, PlaceOrder } from '@scalpdesk/sdk'
import type { Legs } from '../book/holding.ts'
import { unreachable } from '../unreachable.ts'

/**
 * Our own name of an order: the deal reference where the order carries one, else that of the press and `.N`, because IG
 * names closes, amendments and cancellations itself.
 */
export type OrderId = string

/** What was sent, and how far it got. */
export interface TrackedOrder {
  readonly id: OrderId
  readonly purpose: OrderPurpose
  /** IG's name for the request: our own of an open or a placed one, known only after the acknowledgement of the others. */
  readonly reference: DealReference | null
  readonly stage: OrderStage
  readonly timing: OrderTiming
  /** When it was handed over, milliseconds since 1970; for the account's history, which knows no other time. */
  readonly sentWallMs: number
  /** The same by the broker's own time; null: it had told none, or an earlier run sent it. */
  readonly sentBrokerMs: number | null
}

export type OrderPurpose = OpenPurpose | ClosePurpose | AmendPurpose | PlacePurpose | CancelPurpose

export interface OpenPurpose {
  readonly kind: 'open'
  readonly epic: Epic
  readonly direction: Direction
  readonly size: Decimal
  /** The price the trader saw on the side that the order deals at; null of an order from an earlier run. */
  readonly seenLevel: Decimal | null
  /** How far away the stop is that was asked for with it; null: none was. */
  readonly stopPoints: Decimal | null
}

export interface ClosePurpose {
  readonly kind: 'close'
  readonly epic: Epic
  readonly dealId: DealId
  /** Of the position. */
  readonly direction: Direction
  readonly size: Decimal
  /** Of the position when this was sent: more than {@link size} where a part is closed. */
  readonly heldSize: Decimal
}

export interface AmendPurpose {
  readonly kind: 'amend'
  readonly epic: Epic
  readonly dealId: DealId
  /** null of an order from an earlier run. */
  readonly before: Legs | null
  readonly after: Legs
}

export interface PlacePurpose {
  readonly kind: 'place'
  readonly epic: Epic
  readonly direction: Direction
  readonly size: Decimal
  readonly level: Decimal
  readonly orderKind: PlaceOrder['kind']
  readonly stopPoints: Decimal | null
  readonly limitPoints: Decimal | null
}

export interface CancelPurpose {
  readonly kind: 'cancel'
  readonly epic: Epic
  /** Of the working order. */
  readonly dealId: DealId
}

/**
 * `sending` → `acknowledged` → an end; `checking` whenever the outcome is unknown and being worked out.
 * Ends: `done`, `rejected` (by the broker), `denied` (nothing left this machine), `unresolved` (nobody said).
 */
export type OrderStage =
  | { readonly kind: 'sending'; readonly sinceMs: number }
  | { readonly kind: 'acknowledged'; readonly sinceMs: number; readonly polls: Polls }
  | {
      readonly kind: 'checking'
      readonly sinceMs: number
      readonly cause: string
      readonly polls: Polls
      /** Sent by a run of the program that is over: a press to get out does not wait for it. */
      readonly isOfEarlierRun?: true
    }
  | { readonly kind: 'done'; readonly level: Decimal | null; readonly profit: Decimal | null }
  | { readonly kind: 'rejected'; readonly reason: string; readonly atMs: number }
  | { readonly kind: 'denied'; readonly reason: string }
  | {
      readonly kind: 'unresolved'
      readonly cause: string
      readonly sinceMs: number
      /** The trader looked at the broker's platform, and it holds up nothing any more. */
      readonly isAccepted: boolean
    }

/** Asking GET /confirms: how often it was asked, and when next (monotonic). */
export interface Polls {
  readonly asked: number
  readonly nextAtMs: number
}

/** Monotonic milliseconds; null for what has not happened. */
export interface OrderTiming {
  readonly pressedAtMs: number
  /** The desk had made up its mind. */
  readonly decidedAtMs: number | null
  /** Its record was as durable as was asked for. */
  readonly journalledAtMs: number | null
  /** Its first byte was handed to the socket. */
  readonly wireAtMs: number | null
  readonly acknowledgedAtMs: number | null
  readonly confirmedAtMs: number | null
  /** A frame that shows its outcome was on the terminal. */
  readonly paintedAtMs: number | null
}

export const NO_TIMES: Omit<OrderTiming, 'pressedAtMs'> = {
  decidedAtMs: null,
  journalledAtMs: null,
  wireAtMs: null,
  acknowledgedAtMs: null,
  confirmedAtMs: null,
  paintedAtMs: null,
}

/** Sent, and its outcome not known yet. */
export function isPending(order: TrackedOrder): boolean {
  switch (order.stage.kind) {
    case 'sending':
    case 'acknowledged':
    case 'checking':
      return true
    case 'done':
    case 'rejected':
    case 'denied':
    case 'unresolved':
      return false
    default:
      return unreachable(order.stage)
  }
}

/** Pending, and nothing is wrong with it so far. */
export function isInFlight({ stage }: TrackedOrder): boolean {
  return stage.kind === 'sending' || stage.kind === 'acknowledged'
}

/** Neither done nor provably refused, and not accepted as it is: the broker may have dealt it. */
export function isUnknown({ stage }: TrackedOrder): boolean {
  return stage.kind === 'checking' || (stage.kind === 'unresolved' && !stage.isAccepted)
}

/** What may open a position: at once, or when the market reaches its level. */
export function isEntering({ purpose }: TrackedOrder): boolean {
  return purpose.kind === 'open' || purpose.kind === 'place'
}

/** An entry that was never settled: its deal may turn up at any time. */
export function isUnresolvedEntry(order: TrackedOrder): boolean {
  return isEntering(order) && order.stage.kind === 'unresolved' && isUnknown(order)
}

/** Nothing came of it, as far as anybody said. */
export function isRefused({ stage }: TrackedOrder): boolean {
  return stage.kind === 'rejected' || stage.kind === 'denied'
}

/** An outcome that comes now counts. */
export function canSettle(order: TrackedOrder): boolean {
  return isPending(order) || order.stage.kind === 'unresolved'
}
