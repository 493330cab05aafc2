import type { DealId, Decimal, Direction } from '@scalpdesk/sdk'

/** All that the watchdogs see. Times are monotonic milliseconds unless they say otherwise. */
export interface WatchView {
  readonly nowMs: number
  readonly positions: readonly WatchedPosition[]
  readonly workingOrders: readonly WatchedOrder[]
  readonly isDayLocked: boolean
  /** Of the account; `null`: not told. */
  readonly equity: Decimal | null
  /** Margin in use. */
  readonly margin: Decimal | null
  /** The broker's time as a live update told it last: a snapshot's is of the past. */
  readonly brokerTime: { readonly brokerMs: number; readonly receivedAtMs: number } | null
  /** The machine's wall clock now, milliseconds since 1970. */
  readonly wallMs: number
  readonly feed: WatchedFeed
}

export interface WatchedPosition {
  readonly dealId: DealId
  readonly direction: Direction
  readonly size: Decimal
  readonly marketName: string
  readonly stop: SeenStop
  /** It was sent with one. */
  readonly isStopWanted: boolean
  /** Where an amendment of ours has put it, or is putting it; `undefined`: none did. `null`: removed. */
  readonly stopByUs: Decimal | null | undefined
  readonly firstSeenAtMs: number
  /** Opened by this desk, or adopted. */
  readonly isOurs: boolean
}

/** `unknown`: only a confirm has told of the position, and not of its stop. */
export type SeenStop =
  | { readonly kind: 'none' }
  | { readonly kind: 'at'; readonly level: Decimal }
  | { readonly kind: 'unknown' }

interface WatchedOrder {
  readonly dealId: DealId
  readonly direction: Direction | null
  readonly size: Decimal | null
  readonly marketName: string
  readonly isOurs: boolean
}

export interface WatchedFeed {
  /** Of a stream that is down the trader knows already. */
  readonly isLive: boolean
  readonly liveSinceMs: number
  /** A market that we hear deals now, or the heartbeat is heard: something has to come. */
  readonly isDataExpected: boolean
  readonly lastTickAtMs: number | null
  readonly lastHeartbeatAtMs: number | null
}
