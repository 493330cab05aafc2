import type { Decimal } from 'decimal.js'
import type { DealId, DealReference, Epic } from './ids.ts'
import type { Other } from './other.ts'
import type { Direction } from './position.ts'

/**
 * Something that happened on the account, done by the trader or by IG. What IG did not say in a way that can be read
 * is `null`. Source: IG Labs, REST API reference, "Accounts", GET /history/activity version 3.
 */
export interface Activity {
  /** Milliseconds since 1970, whole seconds. IG names no zone for it: see `activityDates` of the query. */
  readonly atMs: number | null
  /** The date as IG wrote it. */
  readonly dateText: string
  readonly epic: Epic | null
  /** The market's expiry, such as `-`, `DFB` or `SEP-24`. */
  readonly period: string | null
  /** Of a close: the closing deal's own id. The position it closed is in `details.actions`. */
  readonly dealId: DealId | null
  readonly channel: ActivityChannel
  readonly type: ActivityType
  readonly status: ActivityStatus
  /** For people, in the account's language. */
  readonly description: string | null
  /** `null` unless asked for with `isDetailed`. */
  readonly details: ActivityDetails | null
}

/** `{ other: '' }` where IG gives none; so for all words here. */
export type ActivityChannel = 'dealer' | 'mobile' | 'public-fix-api' | 'public-web-api' | 'system' | 'web' | Other

export type ActivityType = 'edit-stop-and-limit' | 'position' | 'system' | 'working-order' | Other

export type ActivityStatus = 'accepted' | 'rejected' | 'unknown' | Other

export interface ActivityDetails {
  /** Of the request, where there was one: what IG did by itself has none of ours. */
  readonly dealReference: DealReference | null
  readonly actions: readonly ActivityAction[]
  readonly marketName: string | null
  /** As IG wrote it. */
  readonly goodTillDate: string | null
  /** ISO code. */
  readonly currency: string | null
  readonly size: Decimal | null
  readonly direction: Direction | null
  readonly level: Decimal | null
  readonly stopLevel: Decimal | null
  readonly stopDistance: Decimal | null
  readonly limitLevel: Decimal | null
  readonly limitDistance: Decimal | null
  /** `null` where IG does not say. */
  readonly isGuaranteed: boolean | null
  readonly trailingStopDistance: Decimal | null
  readonly trailingStep: Decimal | null
}

export interface ActivityAction {
  readonly type: ActivityActionType
  readonly affectedDealId: DealId | null
}

export type ActivityActionType =
  | 'limit-order-amended'
  | 'limit-order-deleted'
  | 'limit-order-filled'
  | 'limit-order-opened'
  | 'limit-order-rolled'
  | 'position-closed'
  | 'position-deleted'
  | 'position-opened'
  | 'position-partially-closed'
  | 'position-rolled'
  | 'stop-limit-amended'
  | 'stop-order-amended'
  | 'stop-order-deleted'
  | 'stop-order-filled'
  | 'stop-order-opened'
  | 'stop-order-rolled'
  | 'unknown'
  | 'working-order-deleted'
  | Other

/**
 * An activity in the older form, which says more about the stop and gives the result in words, but no actions.
 * Source: IG Labs, REST API reference, "Accounts", GET /history/activity versions 1 and 2.
 */
export interface ActivityRecord {
  /** Milliseconds since 1970. Version 1 has whole minutes in the account's zone; for version 2 see `activityDates`. */
  readonly atMs: number | null
  /** Date and time as IG wrote them. */
  readonly dateText: string
  readonly historyId: string | null
  readonly epic: Epic | null
  readonly dealId: DealId | null
  /** Such as `Order` or `S&L`; in the account's language. */
  readonly activity: string | null
  readonly marketName: string | null
  readonly period: string | null
  /** Such as `Position opened: HGF113`; in the account's language. */
  readonly result: string | null
  /** For people, such as `Web`. */
  readonly channel: string | null
  /** IG's own symbol, such as `£`, or `E` for the euro. */
  readonly currencySymbol: string | null
  /** Below 0 for a sale. */
  readonly size: Decimal | null
  readonly level: Decimal | null
  readonly stop: Decimal | null
  readonly limit: Decimal | null
  readonly stopType: RecordedStopType | null
  readonly status: RecordedStatus
}

/** `trailing` has the number that IG puts behind it: 50 for `T(50)`. */
export type RecordedStopType = 'guaranteed' | 'not-guaranteed' | { readonly trailing: Decimal } | Other

type RecordedStatus = 'accepted' | 'rejected' | 'manual' | 'not-set' | Other
