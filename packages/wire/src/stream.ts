/**
 * Item and field names of IG's streaming API, and the JSON that its trade item carries.
 * Source: IG Labs, Streaming API reference (https://labs.ig.com/streaming-api-reference).
 * Every value is text on the wire; an absent one is null.
 */
import type { DirectionJson, Open } from './rest.ts'
import type { AffectedDealStatusJson, ConfirmJson } from './rest-position.ts'

/** MERGE, data adapter `Pricing`. */
export type PriceItem = `PRICE:${string}:${string}`
/** MERGE, default adapter. */
export type AccountItem = `ACCOUNT:${string}`
/** DISTINCT, default adapter. */
export type TradeItem = `TRADE:${string}`

/** MERGE, default adapter; withdrawn in May 2026. `L1` is an older name of `MARKET`. */
export type LegacyMarketItem = `${'MARKET' | 'L1'}:${string}`
/** DISTINCT, default adapter. */
export type ChartTickItem = `CHART:${string}:TICK`
/** MERGE, default adapter. */
export type ChartCandleItem = `CHART:${string}:${ChartScale}`
export type ChartScale = 'SECOND' | '1MINUTE' | '5MINUTE' | 'HOUR'
/** MERGE, default adapter. Source: IG's sample clients. */
export type HeartbeatItem = 'TRADE:HB.U.HEARTBEAT.IP'

export type PriceField =
  | 'MID_OPEN'
  | 'HIGH'
  | 'LOW'
  | `${'BID' | 'ASK'}${'PRICE' | 'SIZE'}${1 | 2 | 3 | 4 | 5}`
  /** Of the sizes, 0; of the sizes in other currencies, 1 to 5. */
  | `CURRENCY${0 | 1 | 2 | 3 | 4 | 5}`
  | `C${1 | 2 | 3 | 4 | 5}${'BID' | 'ASK'}SIZE${1 | 2 | 3 | 4 | 5}`
  | 'BIDQUOTEID'
  | 'ASKQUOTEID'
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

export type LegacyMarketField =
  | 'BID'
  | 'OFFER'
  | 'HIGH'
  | 'LOW'
  | 'MID_OPEN'
  | 'CHANGE'
  | 'CHANGE_PCT'
  /** `HH:MM:SS`, UK local time. */
  | 'UPDATE_TIME'
  | 'MARKET_DELAY'
  | 'MARKET_STATE'
  | 'STRIKE_PRICE'
  | 'ODDS'

/** In every CHART item. */
export type ChartDayField = 'DAY_OPEN_MID' | 'DAY_NET_CHG_MID' | 'DAY_PERC_CHG_MID' | 'DAY_HIGH' | 'DAY_LOW'

/** UTM: milliseconds since 1970. */
export type ChartTickField = 'BID' | 'OFR' | 'LTP' | 'LTV' | 'TTV' | 'UTM' | ChartDayField

/** CONS_END: `1` when the candle is complete, else `0`. */
export type ChartCandleField =
  | 'LTV'
  | 'TTV'
  | 'UTM'
  | ChartDayField
  | `${'OFR' | 'BID' | 'LTP'}_${'OPEN' | 'HIGH' | 'LOW' | 'CLOSE'}`
  | 'CONS_END'
  | 'CONS_TICK_COUNT'

/** Milliseconds since 1970. */
export type HeartbeatField = 'HEARTBEAT'

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
