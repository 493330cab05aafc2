/**
 * Activity and transactions. Source: IG Labs, REST API reference (https://labs.ig.com/reference/), "History".
 */
import type { DirectionJson, Open } from './rest.ts'

export type ActivityChannelJson = Open<'DEALER' | 'MOBILE' | 'PUBLIC_FIX_API' | 'PUBLIC_WEB_API' | 'SYSTEM' | 'WEB'>
export type ActivityTypeJson = Open<'EDIT_STOP_AND_LIMIT' | 'POSITION' | 'SYSTEM' | 'WORKING_ORDER'>
export type ActivityStatusJson = Open<'ACCEPTED' | 'REJECTED' | 'UNKNOWN'>
export type ActivityActionTypeJson = Open<
  | 'LIMIT_ORDER_AMENDED'
  | 'LIMIT_ORDER_DELETED'
  | 'LIMIT_ORDER_FILLED'
  | 'LIMIT_ORDER_OPENED'
  | 'LIMIT_ORDER_ROLLED'
  | 'POSITION_CLOSED'
  | 'POSITION_DELETED'
  | 'POSITION_OPENED'
  | 'POSITION_PARTIALLY_CLOSED'
  | 'POSITION_ROLLED'
  | 'STOP_LIMIT_AMENDED'
  | 'STOP_ORDER_AMENDED'
  | 'STOP_ORDER_DELETED'
  | 'STOP_ORDER_FILLED'
  | 'STOP_ORDER_OPENED'
  | 'STOP_ORDER_ROLLED'
  | 'UNKNOWN'
  | 'WORKING_ORDER_DELETED'
>

/** GET /history/activity, version 3: newest first. */
export interface ActivitiesJson {
  readonly activities: readonly ActivityJson[]
  readonly metadata: { readonly paging: { readonly size: number; readonly next: string | null } }
}

export interface ActivityJson {
  /** `2021-01-27T11:10:59`. */
  readonly date: string
  readonly epic: string
  readonly period: string
  readonly dealId: string
  readonly channel: ActivityChannelJson
  readonly type: ActivityTypeJson
  readonly status: ActivityStatusJson
  readonly description: string
  /** Null unless `detailed=true` was asked for. */
  readonly details: ActivityDetailsJson | null
}

export interface ActivityDetailsJson {
  readonly dealReference: string
  readonly actions: readonly { readonly actionType: ActivityActionTypeJson; readonly affectedDealId: string }[]
  readonly marketName: string
  readonly goodTillDate: string | null
  readonly currency: string
  readonly size: number | null
  readonly direction: DirectionJson
  readonly level: number | null
  readonly stopLevel: number | null
  readonly stopDistance: number | null
  readonly guaranteedStop: boolean
  readonly trailingStopDistance: number | null
  readonly trailingStep: number | null
  readonly limitLevel: number | null
  readonly limitDistance: number | null
}

/** GET /history/activity/{fromDate}/{toDate} and /{lastPeriod}, version 1. */
export interface ActivitiesV1Json {
  readonly activities: readonly ActivityV1Json[]
}

export interface ActivityV1Json {
  readonly epic: string
  readonly dealId: string
  readonly activityHistoryId: string
  /** `01/01/20` and `12:00`, account-local. */
  readonly date: string
  readonly time: string
  readonly activity: string
  readonly marketName: string
  readonly period: string
  readonly result: string
  readonly channel: string
  /** A symbol, not ISO. */
  readonly currency: string
  /** Signed: `+0.60`. */
  readonly size: string
  readonly level: string
  readonly stop: string
  readonly limit: string
  /** `G`, `N`, `T(50)` or `-`. */
  readonly stopType: string
  readonly actionStatus: Open<'ACCEPT' | 'MANUAL' | 'NOT_SET' | 'REJECT'>
}

/** GET /history/activity, version 2. */
export interface ActivitiesV2Json {
  readonly activities: readonly Omit<ActivityV1Json, 'time'>[]
  readonly metadata: PagedMetadataJson
}

export interface PagedMetadataJson {
  readonly size: number
  readonly pageData: PageDataJson
}

export interface PageDataJson {
  readonly pageSize: number
  /** The first is 1. */
  readonly pageNumber: number
  readonly totalPages: number
}

/** GET /history/transactions, version 2: newest first. */
export interface TransactionsJson {
  readonly transactions: readonly TransactionJson[]
  readonly metadata: PagedMetadataJson
}

/** Every value is text but the last. */
export interface TransactionJson extends TransactionV1Json {
  /** When it was closed: `2021-01-28T06:55:35`. */
  readonly dateUtc: string
  readonly openDateUtc: string
}

/** GET /history/transactions/{type}/{lastPeriod} and /{fromDate}/{toDate}, version 1. */
export interface TransactionsV1Json {
  readonly transactions: readonly TransactionV1Json[]
}

export interface TransactionV1Json {
  readonly date: string
  readonly instrumentName: string
  readonly period: string
  /** `E-63.80`, `£1,234.50`: the currency's symbol, then the amount. */
  readonly profitAndLoss: string
  readonly transactionType: Open<'CHART' | 'DEAL' | 'DEPO' | 'DIVIDEND' | 'EXCHANGE' | 'TRADE' | 'WITH'>
  readonly reference: string
  readonly openLevel: string
  readonly closeLevel: string
  readonly size: string
  readonly currency: string
  readonly cashTransaction: boolean
}
