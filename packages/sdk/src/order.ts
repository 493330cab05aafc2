import type { Decimal } from 'decimal.js'
import type { DealId, DealReference } from './ids.ts'
import type { Market } from './market.ts'
import type { Direction, TrailingStop } from './position.ts'

// What each kind of order may say. Combinations that IG refuses do not compile, and are refused at run time before anything is
// sent. Source: IG Labs, REST API reference, "Positions", the constraints of POST, PUT and DELETE /positions/otc.

/** Opens a position. Source: IG Labs, REST API reference, "Positions", POST /positions/otc version 2. */
export type OpenOrder = OpenTerms & Pricing & (OwnPosition | Netting)

export interface OpenTerms {
  /**
   * Chosen by the caller, never used before, and written down before the call: the name to ask about afterwards. It does not
   * stop IG from dealing twice.
   */
  readonly reference: DealReference
  readonly market: Pick<Market, 'epic' | 'expiry' | 'currency'>
  readonly direction: Direction
  /** Contracts, or stake per point; at most 12 decimals. */
  readonly size: Decimal
  /** `fill-or-kill` unless told. */
  readonly timeInForce?: TimeInForce
}

/** `fill-or-kill`: the whole size or nothing. `execute-and-eliminate`: what can be filled at once, and no more. */
export type TimeInForce = 'fill-or-kill' | 'execute-and-eliminate'

/** At the market unless told. */
export type Pricing = AtMarket | AtLimit | AtQuote

/** Not every market takes such orders: see `Market.allowsMarketOrders`. */
interface AtMarket {
  readonly kind?: 'market'
  readonly level?: never
  readonly quoteId?: never
}

/** Deals now, at this level or a better one, or is refused. It does not rest: a working order does. */
interface AtLimit {
  readonly kind: 'limit'
  readonly level: Decimal
  readonly quoteId?: never
}

/** On a quote of IG's. Its public keys are not entitled to this (`allowQuoteOrders`). */
interface AtQuote {
  readonly kind: 'quote'
  readonly level: Decimal
  readonly quoteId: string
}

/** A position of its own, also against an opposite one (IG's `forceOpen`). */
interface OwnPosition {
  readonly isNetting?: false
  readonly stop?: StopLeg
  readonly limit?: LimitLeg
}

/** Reduces or closes opposite positions in the market before it opens anything. IG takes no stop or limit with it. */
interface Netting {
  readonly isNetting: true
  readonly stop?: never
  readonly limit?: never
}

export type StopLeg = DistanceStop | LevelStop | TrailingStopLeg

interface DistanceStop {
  /** From the deal level, in points ({@link Market.pointsPerUnit}). */
  readonly distancePoints: Decimal
  readonly isGuaranteed?: boolean
  readonly level?: never
  readonly stepPoints?: never
}

interface LevelStop {
  readonly level: Decimal
  readonly isGuaranteed?: boolean
  readonly distancePoints?: never
  readonly stepPoints?: never
}

/** Follows the price in steps. Never guaranteed, and never set by its level. */
export interface TrailingStopLeg extends TrailingStop {
  readonly isGuaranteed?: false
  readonly level?: never
}

export type LimitLeg =
  | { readonly distancePoints: Decimal; readonly level?: never }
  | { readonly level: Decimal; readonly distancePoints?: never }

/** Closes a position, or a part of it. IG makes the reference. Source: as above, DELETE /positions/otc version 1. */
export type CloseOrder = CloseTerms & Pricing & { readonly dealId: DealId; readonly market?: never }

/** Closes what is open in a market in the opposite direction, up to the size, without naming a position. */
export type CloseMarketOrder = CloseTerms &
  Pricing & { readonly market: Pick<Market, 'epic' | 'expiry'>; readonly dealId?: never }

interface CloseTerms {
  /** Of the closing deal: the opposite of the position's. */
  readonly direction: Direction
  /** Smaller than the position's: a part of it. */
  readonly size: Decimal
  readonly timeInForce?: TimeInForce
}

/**
 * Sets both legs of a position: `null` removes one. IG lets no stop change its kind: say the kind that it has.
 * Source: as above, PUT /positions/otc/{dealId} version 2.
 */
export type AmendOrder = { readonly dealId: DealId; readonly limitLevel: Decimal | null } & AmendedStop

export type AmendedStop =
  | { readonly stopLevel: Decimal | null; readonly isGuaranteed?: false; readonly trailingStop?: null }
  | { readonly stopLevel: Decimal; readonly isGuaranteed: true; readonly trailingStop?: null }
  | { readonly stopLevel: Decimal; readonly isGuaranteed?: false; readonly trailingStop: TrailingStop }
