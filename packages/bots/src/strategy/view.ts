import type { Decimal } from '@scalpdesk/sdk'
import type { CandleSeries } from './candle.ts'
import type { ParameterSchema, ParameterValues } from './parameter.ts'

/**
 * What a strategy sees. One object for the whole run: it and what hangs on it (`tick`, `position`, candles) are changed in place
 * with each tick, because a new object for each would be most of a tick's cost. Copy what you want to keep into `state`.
 */
export interface View<Parameters = ParameterValues<ParameterSchema>, Indicators = unknown, State = unknown> {
  /** What just came, of the market that this call is about. */
  readonly tick: TickView
  readonly market: MarketView
  /** The tick's own time: UTC, milliseconds since 1970. There is no other clock. */
  readonly nowMs: number
  /** Held in this market, oldest first. */
  readonly positions: readonly PositionView[]
  /** The oldest of them; null: none is held. */
  readonly position: PositionView | null
  /** Working orders of this market, oldest first. */
  readonly orders: readonly WorkingOrderView[]
  /** An order of this market was sent and has no outcome yet: another entry would be denied. */
  readonly isBusy: boolean
  /** Of this strategy, over all its markets, in the account's currency. */
  readonly profit: ProfitView
  /** Of this market. */
  readonly indicators: Indicators
  readonly parameters: Parameters
  /** Yours to change; plain data as JSON holds it: a run that is killed or leaves something open passes it on to the next one. */
  state: State
  /** Seeded: the same run draws the same numbers. */
  readonly random: { next(): number }
  /** Of this market, one of the lengths that the strategy asked for. @throws for another */
  candles(length: string): CandleSeries
  /** The same strategy's view of another of its markets, as it is now. @throws for a market that is none of its own */
  in(epic: string): MarketSight
}

export type MarketSight = Pick<View, 'market' | 'positions' | 'position' | 'orders' | 'isBusy' | 'candles'> & {
  /** Null before its first. */
  readonly tick: TickView | null
}

/** A price: whole units of 10^-`market.decimals` for exact sums, plain numbers for rules of thumb. */
export interface TickView {
  readonly epic: string
  /** UTC, milliseconds since 1970. */
  readonly atMs: number
  readonly bidUnits: number
  readonly offerUnits: number
  /** The double that prints as the price does. */
  readonly bid: number
  readonly offer: number
  readonly mid: number
  readonly spreadPoints: number
}

export interface MarketView {
  readonly epic: string
  readonly name: string
  /** Decimals of a price. */
  readonly decimals: number
  /** Units of a price in one point. */
  readonly unitsPerPoint: number
  readonly minSize: number
  readonly minStopPoints: number
  readonly currency: string
}

export interface PositionView {
  readonly dealId: string
  readonly epic: string
  readonly direction: 'BUY' | 'SELL'
  /** Exact. */
  readonly size: Decimal
  readonly levelUnits: number
  readonly level: number
  /** Null: none. */
  readonly stopUnits: number | null
  readonly limitUnits: number | null
  readonly isTrailing: boolean
  readonly isGuaranteed: boolean
  readonly openedAtMs: number
  /** If it were closed now: points won, below zero lost. */
  readonly profitPoints: number
}

export interface WorkingOrderView {
  readonly dealId: string
  readonly epic: string
  readonly direction: 'BUY' | 'SELL'
  readonly order: 'limit' | 'stop'
  readonly size: Decimal
  readonly levelUnits: number
  readonly level: number
  readonly goodTillMs: number | null
}

/** Whole cents, exact. */
export interface ProfitView {
  /** Of what is open, at the prices of now. */
  readonly openCents: number
  /** Of what was closed: in this run, and in those before it on the same day of the account. */
  readonly bookedCents: number
}
