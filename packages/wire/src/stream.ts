/**
 * Item and field names of IG's streaming API, and the JSON that its trade item carries.
 * Source: IG Labs, Streaming API reference (https://labs.ig.com/streaming-api-reference).
 * Every value is text on the wire; an absent one is null.
 */
import type { AffectedDealStatusJson, ConfirmJson, DirectionJson, Open } from './rest.ts'

/** MERGE, data adapter `Pricing`. */
export type PriceItem = `PRICE:${string}:${string}`
/** MERGE, default adapter. */
export type AccountItem = `ACCOUNT:${string}`
/** DISTINCT, default adapter. */
export type TradeItem = `TRADE:${string}`

export type PriceField =
  | 'MID_OPEN'
  | 'HIGH'
  | 'LOW'
  | `${'BID' | 'ASK'}${'PRICE' | 'SIZE'}${1 | 2 | 3 | 4 | 5}`
  | 'TIMESTAMP'
  | 'DLG_FLAG'
  | 'NET_CHG'
  | 'NET_CHG_PCT'
  | 'DELAY'

/** Padded with trailing spaces on the wire: trim before comparing. */
export type DealingFlag = Open<
  'CLOSED' | 'CALL' | 'DEAL' | 'EDIT' | 'CLOSINGSONLY' | 'DEALNOEDIT' | 'AUCTION' | 'AUCTIONNOEDIT' | 'SUSPEND'
>

export type AccountField =
  | 'PNL'
  | 'PNL_LR'
  | 'PNL_NLR'
  | 'DEPOSIT'
  | 'AVAILABLE_CASH'
  | 'FUNDS'
  | 'MARGIN'
  | 'MARGIN_LR'
  | 'MARGIN_NLR'
  | 'AVAILABLE_TO_DEAL'
  | 'EQUITY'
  | 'EQUITY_USED'

/** Each carries one JSON text or null; normally one of the three changes in a row. */
export type TradeField = 'CONFIRMS' | 'OPU' | 'WOU'

/** Field CONFIRMS: as the REST confirm, numbers possibly as text, keys possibly missing. */
export type StreamedConfirmJson = Partial<Omit<ConfirmJson, 'affectedDeals'>> & {
  readonly dealReference: string
  readonly dealId: string
  readonly affectedDeals?: readonly { readonly dealId: string; readonly status: AffectedDealStatusJson }[]
  readonly channel?: string
}

/** Field OPU: an open position changed. */
export interface PositionUpdateJson {
  readonly dealId: string
  readonly dealIdOrigin?: string
  readonly dealReference?: string
  readonly direction: DirectionJson
  readonly epic: string
  readonly expiry?: string
  readonly size: number | string
  readonly level: number | string | null
  readonly currency?: string
  readonly status: Open<'OPEN' | 'UPDATED' | 'DELETED'>
  readonly dealStatus?: Open<'ACCEPTED' | 'REJECTED'>
  readonly stopLevel?: number | string | null
  readonly limitLevel?: number | string | null
  readonly guaranteedStop?: boolean
  readonly trailingStep?: number | string | null
  readonly trailingStopDistance?: number | string | null
  /** `2024-01-15T10:30:00.000`, no zone. */
  readonly timestamp?: string
  readonly channel?: string
}

/** Field WOU: a working order changed. */
export interface WorkingOrderUpdateJson {
  readonly dealId: string
  readonly dealReference?: string
  readonly direction: DirectionJson
  readonly epic: string
  readonly size: number | string
  readonly level: number | string | null
  readonly expiry?: string
  readonly currency?: string
  readonly status: Open<'OPEN' | 'UPDATED' | 'DELETED'>
  readonly dealStatus?: Open<'ACCEPTED' | 'REJECTED'>
  readonly orderType?: Open<'LIMIT' | 'STOP'>
  readonly timeInForce?: Open<'GOOD_TILL_CANCELLED' | 'GOOD_TILL_DATE'>
  readonly goodTillDate?: string | null
  readonly stopDistance?: number | string | null
  readonly limitDistance?: number | string | null
  readonly guaranteedStop?: boolean
  readonly timestamp?: string
  readonly channel?: string
}
