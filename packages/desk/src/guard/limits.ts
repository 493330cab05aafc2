import type { Decimal, Epic } from '@scalpdesk/sdk'
import type { TradingHours } from './trading-hours.ts'

/** What the trader allows himself for a day, over all markets. `null`: no limit. Money in the account's currency. */
export interface GuardLimits {
  /** `null`: every market of the desk. */
  readonly allowedMarkets: readonly Epic[] | null
  /** For each market that has none of its own. */
  readonly everyMarket: MarketLimits
  /** A field that is left out is as in `everyMarket`. */
  readonly markets: ReadonlyMap<Epic, Partial<MarketLimits>>
  /** Positions, working orders and entries under way together. */
  readonly maxOpenPositions: number | null
  readonly maxEntriesPerMinute: number | null
  /** Realised and open together; a positive amount. Reaching it locks the day. */
  readonly maxDayLoss: Decimal | null
  /** Losing deals in a row that begin a cool-down. */
  readonly maxLossStreak: number | null
  readonly coolDownMs: number
  /** An entry has to be within each of them: an edit during the day adds one. */
  readonly tradingHours: readonly TradingHours[]
  /** What must stay available after the margin of an entry. With `null` an unknown margin is let pass. */
  readonly minMarginLeft: Decimal | null
  readonly maxPriceAgeMs: number
  /** A second identical press within it is refused; 0: none is. */
  readonly duplicateWindowMs: number
}

export interface MarketLimits {
  readonly maxOrderSize: Decimal | null
  /** Of all positions, working orders and entries under way in the market, both sides added. */
  readonly maxHeldSize: Decimal | null
  readonly maxSpreadPoints: Decimal | null
}

/**
 * Nothing is limited but what is never wanted. Our choices: a quiet market still deals after 10 s, a dead one does not
 * for long; a key that bounces does so within 80 ms, a hand that means it needs about 250 ms.
 */
export const NO_LIMITS: GuardLimits = {
  allowedMarkets: null,
  everyMarket: { maxOrderSize: null, maxHeldSize: null, maxSpreadPoints: null },
  markets: new Map(),
  maxOpenPositions: null,
  maxEntriesPerMinute: null,
  maxDayLoss: null,
  maxLossStreak: null,
  coolDownMs: 0,
  tradingHours: [],
  minMarginLeft: null,
  maxPriceAgeMs: 10_000,
  duplicateWindowMs: 250,
}

export function limitsOf(limits: GuardLimits, epic: Epic): MarketLimits {
  return { ...limits.everyMarket, ...limits.markets.get(epic) }
}
