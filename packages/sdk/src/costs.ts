import type { Decimal } from 'decimal.js'
import type { DealReference, Epic } from './ids.ts'
import type { Other } from './other.ts'
import type { Direction } from './position.ts'

/**
 * What is asked about. IG gives these figures to accounts in the EU and the UK.
 * Source: IG Labs, REST API reference, "Indicative costs and charges".
 */
export interface OpeningCostsRequest {
  readonly bid: Decimal
  readonly offer: Decimal
  /** ISO code of the deal. */
  readonly currency: string
  /** Our name of the deal. */
  readonly reference: DealReference
  /** Contracts, or stake per point. */
  readonly size: Decimal
  readonly direction?: Direction
  readonly epic?: Epic
  readonly instrumentId?: string
  readonly isGuaranteedStop?: boolean
  readonly stopLevel?: Decimal
  readonly priceLevel?: Decimal
  readonly knockoutPremium?: Decimal
}

export interface ClosingCostsRequest extends OpeningCostsRequest {
  readonly openingLevel: Decimal
}

export interface EditingCostsRequest extends ClosingCostsRequest {
  readonly limitLevel?: Decimal
  /** IG's word; the reference lists none. */
  readonly editType?: string
}

/**
 * Amounts are in {@link currency} unless their name says otherwise, and `null` where IG gives none; an amount that is there but
 * cannot be read fails the whole answer, because a missing cost would look like no cost.
 */
export interface OpeningCosts {
  /** ISO code. */
  readonly currency: string
  /** For `costs.document()`. */
  readonly quoteReference: string | null
  readonly notionalValue: Decimal | null
  readonly notionalValueInUserCurrency: Decimal | null
  readonly opening: TransactionCosts
  readonly closing: TransactionCosts
  readonly overnightFundingFee: Decimal | null
  readonly borrowingCharge: Decimal | null
  readonly dailyRunningFxFee: Decimal | null
  readonly guaranteedStop: DepositAndReturn
  readonly knockoutPremium: DepositAndReturn
  readonly etp: { readonly entry: Decimal | null; readonly exit: Decimal | null; readonly ongoing: Decimal | null }
  readonly inducements: Decimal | null
}

export interface TransactionCosts {
  readonly spread: Decimal | null
  readonly commission: Decimal | null
  readonly fxFee: Decimal | null
  /** IG's `IFTT`, a tax on the deal. */
  readonly iftt: Decimal | null
}

interface DepositAndReturn {
  readonly deposit: Decimal | null
  readonly return: Decimal | null
}

export interface ClosingCosts {
  /** ISO code. */
  readonly currency: string
  readonly close: ExitCosts
}

export interface EditingCosts {
  /** ISO code. */
  readonly currency: string
  /** What leaving by the limit costs; `null` where IG gives none. */
  readonly limit: ExitCosts | null
  readonly stop: ExitCosts | null
}

export interface ExitCosts extends TransactionCosts {
  readonly quoteReference: string | null
  readonly notionalValue: Decimal | null
  readonly notionalValueInUserCurrency: Decimal | null
  readonly etpExit: Decimal | null
  readonly guaranteedStopReturn: Decimal | null
  readonly knockoutPremiumReturn: Decimal | null
}

export interface CostsHistoryRequest {
  /** Milliseconds since 1970, UTC. */
  readonly fromMs: number
  readonly toMs: number
  /** IG's word; the reference lists none. */
  readonly type?: string
  /** 100 unless told. */
  readonly pageSize?: number
}

/** One quote of the past. */
export interface CostsHistoryEntry {
  readonly quoteReference: string
  readonly instrumentName: string | null
  readonly direction: Direction | Other | null
  /** IG's word. */
  readonly type: string | null
  /** As IG wrote it. */
  readonly createdAt: string | null
  /** Milliseconds since 1970; `null` where the text names no zone or is no time, because the reference names no format. */
  readonly createdAtMs: number | null
}
