/**
 * Positions: the list, requests that deal, and what became of them.
 * Source: IG Labs, REST API reference (https://labs.ig.com/reference/), "Positions".
 */
import type { DirectionJson, MarketSummaryJson, Open } from './rest.ts'

export type OrderTypeJson = 'MARKET' | 'LIMIT' | 'QUOTE'
export type TimeInForceJson = 'EXECUTE_AND_ELIMINATE' | 'FILL_OR_KILL'
export type DealStatusJson = Open<'ACCEPTED' | 'REJECTED'>
export type PositionStatusJson = Open<'AMENDED' | 'CLOSED' | 'DELETED' | 'OPEN' | 'PARTIALLY_CLOSED'>
export type AffectedDealStatusJson = Open<'AMENDED' | 'DELETED' | 'FULLY_CLOSED' | 'OPENED' | 'PARTIALLY_CLOSED'>

/** GET /positions, version 2. */
export interface PositionsJson {
  readonly positions: readonly OpenPositionJson[]
}

export interface OpenPositionJson {
  readonly position: PositionJson
  readonly market: PositionMarketJson
}

export interface PositionJson {
  readonly contractSize: number
  /** `2024/06/15 01:41:01:000`, account-local. */
  readonly createdDate: string
  /** `2024-06-14T23:41:01`, UTC. */
  readonly createdDateUTC: string
  readonly dealId: string
  readonly dealReference: string
  readonly size: number
  readonly direction: DirectionJson
  readonly limitLevel: number | null
  readonly level: number
  readonly currency: string
  readonly controlledRisk: boolean
  readonly stopLevel: number | null
  readonly trailingStep: number | null
  readonly trailingStopDistance: number | null
  readonly limitedRiskPremium: number | null
}

export interface PositionMarketJson extends Omit<MarketSummaryJson, 'instrumentName'> {
  readonly instrumentName: string
  readonly lotSize?: number
}

/** POST /positions/otc, version 2. Legs need `forceOpen: true`; a distance is in points. */
export interface OpenPositionRequest {
  readonly currencyCode: string
  readonly dealReference?: string
  readonly direction: DirectionJson
  readonly epic: string
  readonly expiry: string
  readonly forceOpen: boolean
  readonly guaranteedStop: boolean
  readonly level?: number | null
  readonly limitDistance?: number | null
  readonly limitLevel?: number | null
  readonly orderType: OrderTypeJson
  readonly quoteId?: string | null
  readonly size: number
  readonly stopDistance?: number | null
  readonly stopLevel?: number | null
  readonly timeInForce?: TimeInForceJson
  readonly trailingStop?: boolean
  readonly trailingStopIncrement?: number | null
}

/** PUT /positions/otc/{dealId}, version 2. Replaces both legs: one that is left out is removed. */
export interface AmendPositionRequest {
  readonly guaranteedStop?: boolean
  readonly limitLevel: number | null
  readonly stopLevel: number | null
  readonly trailingStop: boolean
  readonly trailingStopDistance?: number | null
  readonly trailingStopIncrement?: number | null
}

/** DELETE /positions/otc, version 1, sent as POST with the header `_method: DELETE`. */
export interface ClosePositionRequest {
  readonly dealId?: string
  readonly epic?: string
  readonly expiry?: string
  readonly direction: DirectionJson
  readonly size: number
  readonly orderType: OrderTypeJson
  readonly level?: number | null
  readonly quoteId?: string | null
  readonly timeInForce?: TimeInForceJson
}

/** The answer to every open, amend and close: taken, not dealt. */
export interface DealReferenceJson {
  readonly dealReference: string
}

/** GET /confirms/{dealReference}, version 1; the stream's CONFIRMS field has the same shape. */
export interface ConfirmJson {
  /** `2025-04-02T19:13:19.134`, UTC. */
  readonly date: string
  readonly status: PositionStatusJson | null
  readonly reason: string
  readonly dealStatus: DealStatusJson
  readonly epic: string
  readonly expiry: string | null
  readonly dealReference: string
  readonly dealId: string
  readonly affectedDeals: readonly { readonly dealId: string; readonly status: AffectedDealStatusJson }[]
  readonly level: number | null
  readonly size: number | null
  readonly direction: DirectionJson
  readonly stopLevel: number | null
  readonly limitLevel: number | null
  readonly stopDistance: number | null
  readonly limitDistance: number | null
  readonly guaranteedStop: boolean
  readonly trailingStop: boolean
  readonly profit: number | null
  readonly profitCurrency: string | null
}
