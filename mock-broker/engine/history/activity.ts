import type { DirectionJson } from '@scalpdesk/wire'
import type { Decimal } from 'decimal.js'
import type { Reason } from '../reason.ts'

/** One line of an account's activity (IG Labs, REST API reference, "Activity history", version 3). */
export interface Activity {
  readonly atMs: number
  readonly account: string
  readonly epic: string
  readonly dealId: string
  /** Requests come over the API; what the broker does by itself is the system's (IG's word for it is unconfirmed). */
  readonly channel: 'PUBLIC_WEB_API' | 'SYSTEM'
  readonly type: 'POSITION' | 'WORKING_ORDER' | 'EDIT_STOP_AND_LIMIT' | 'SYSTEM'
  readonly status: 'ACCEPTED' | 'REJECTED'
  readonly reason: Reason
  readonly reference: string
  readonly actions: readonly { readonly type: ActivityAction; readonly dealId: string }[]
  readonly currency: string
  readonly size: Decimal | null
  readonly direction: DirectionJson
  readonly level: Decimal | null
  readonly stopLevel: Decimal | null
  readonly stopPoints: Decimal | null
  readonly limitLevel: Decimal | null
  readonly limitPoints: Decimal | null
  readonly isStopGuaranteed: boolean
  readonly trailingPoints: Decimal | null
  readonly trailingStepPoints: Decimal | null
  readonly goodTillMs: number | null
}

/** Of what has neither stop nor limit nor an end. */
export const NO_LEGS = {
  stopLevel: null,
  stopPoints: null,
  limitLevel: null,
  limitPoints: null,
  isStopGuaranteed: false,
  trailingPoints: null,
  trailingStepPoints: null,
  goodTillMs: null,
} as const satisfies Partial<Activity>

export type ActivityAction =
  | 'POSITION_OPENED'
  | 'POSITION_CLOSED'
  | 'POSITION_PARTIALLY_CLOSED'
  | 'STOP_LIMIT_AMENDED'
  | `${'LIMIT' | 'STOP'}_ORDER_${'OPENED' | 'AMENDED' | 'DELETED' | 'FILLED'}`
