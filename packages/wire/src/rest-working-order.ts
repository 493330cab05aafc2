/**
 * Working orders: the list in both forms, and requests.
 * Source: IG Labs, REST API reference (https://labs.ig.com/reference/), "Working Orders".
 */
import type { DirectionJson, Open } from './rest.ts'
import type { PositionMarketJson } from './rest-position.ts'

/** GET /workingorders, version 2. */
export interface WorkingOrdersJson {
  readonly workingOrders: readonly {
    readonly workingOrderData: WorkingOrderJson
    readonly marketData: PositionMarketJson & { readonly exchangeId?: string }
  }[]
}

export interface WorkingOrderJson {
  readonly dealId: string
  readonly direction: DirectionJson
  readonly epic: string
  readonly orderSize: number
  readonly orderLevel: number
  readonly timeInForce: Open<'GOOD_TILL_CANCELLED' | 'GOOD_TILL_DATE'>
  readonly goodTillDate: string | null
  readonly goodTillDateISO: string | null
  readonly createdDate: string
  readonly createdDateUTC: string
  readonly guaranteedStop: boolean
  readonly orderType: Open<'LIMIT' | 'STOP'>
  readonly stopDistance: number | null
  readonly limitDistance: number | null
  readonly currencyCode: string
  readonly dma: boolean
  readonly limitedRiskPremium: number | null
}

/** POST /workingorders/otc, version 2. A distance is in points from the order's level. */
export interface CreateWorkingOrderRequest {
  readonly currencyCode: string
  readonly dealReference?: string
  readonly direction: DirectionJson
  readonly epic: string
  readonly expiry: string
  readonly forceOpen?: boolean
  /** `yyyy/MM/dd HH:mm:ss` in UTC, or epoch milliseconds; needed with GOOD_TILL_DATE. */
  readonly goodTillDate?: string | null
  /** With version 2 it needs `stopDistance`. */
  readonly guaranteedStop: boolean
  readonly level: number
  readonly limitDistance?: number | null
  readonly limitLevel?: number | null
  readonly size: number
  readonly stopDistance?: number | null
  readonly stopLevel?: number | null
  readonly timeInForce: 'GOOD_TILL_CANCELLED' | 'GOOD_TILL_DATE'
  readonly type: 'LIMIT' | 'STOP'
}

/** PUT /workingorders/otc/{dealId}, versions 1 and 2. Replaces: what is left out is removed. */
export interface AmendWorkingOrderRequest {
  readonly goodTillDate?: string | null
  /** It needs `stopLevel` here. */
  readonly guaranteedStop?: boolean
  readonly level: number
  readonly limitDistance?: number | null
  readonly limitLevel?: number | null
  readonly stopDistance?: number | null
  readonly stopLevel?: number | null
  readonly timeInForce: 'GOOD_TILL_CANCELLED' | 'GOOD_TILL_DATE'
  readonly type: 'LIMIT' | 'STOP'
}

export type WorkingOrderEntryJson = WorkingOrdersJson['workingOrders'][number]

/** GET /workingorders, version 1. */
export interface WorkingOrdersV1Json {
  readonly workingOrders: readonly WorkingOrderEntryV1Json[]
}

export interface WorkingOrderEntryV1Json {
  readonly workingOrderData: WorkingOrderV1Json
  readonly marketData: WorkingOrderEntryJson['marketData']
}

export interface WorkingOrderV1Json
  extends Pick<
    WorkingOrderJson,
    'dealId' | 'direction' | 'epic' | 'createdDate' | 'currencyCode' | 'dma' | 'limitedRiskPremium'
  > {
  readonly size: number
  readonly level: number
  /** `30/06/24 20:59`, account-local, or `GTC`. */
  readonly goodTill: string
  readonly controlledRisk: boolean
  readonly requestType: Open<'LIMIT_ORDER' | 'STOP_ORDER'>
  readonly contingentStop: number | null
  readonly contingentLimit: number | null
  readonly trailingTriggerIncrement: number | null
  readonly trailingTriggerDistance: number | null
  readonly trailingStopDistance: number | null
  readonly trailingStopIncrement: number | null
}
