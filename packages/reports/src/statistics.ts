import type { Decimal } from '@scalpdesk/sdk'

/** Of the trades that are over and whose result is known. Money in the account's currency; `null`: too few to say. */
export interface Statistics {
  readonly all: TradeStatistics
  readonly byHour: readonly Group[]
  readonly byWeekday: readonly Group[]
  readonly byMarket: readonly Group[]
  readonly byPreset: readonly Group[]
  readonly bySide: readonly Group[]
  readonly byHolding: readonly Group[]
  /** Of each tag that a trade has: one with several is in each of them, one without in none. */
  readonly byTag: readonly Group[]
  /** Of every end of a trade, the earliest first: the sum of all nets until then. */
  readonly curve: readonly CurvePoint[]
  readonly drawdown: Drawdown | null
}

export interface TradeStatistics {
  readonly trades: number
  readonly won: number
  readonly lost: number
  readonly even: number
  readonly net: Decimal
  /** Share of the trades that won, 0 to 1, and Wilson's interval of 95 percent. */
  readonly winRate: { readonly share: number; readonly low: number; readonly high: number } | null
  /** Mean of the nets. */
  readonly expectancy: Decimal | null
  readonly expectancyR: Decimal | null
  /** Sum won over sum lost; null without a loss. */
  readonly profitFactor: Decimal | null
  readonly averageWin: Decimal | null
  readonly averageLoss: Decimal | null
  readonly largestWin: Decimal | null
  readonly largestLoss: Decimal | null
  readonly longestWins: number
  readonly longestLosses: number
  readonly meanHeldMs: number | null
  /** True below 30 trades: the shares say little then. Our choice. */
  readonly isSmall: boolean
}

export interface Group {
  readonly key: string
  readonly statistics: TradeStatistics
}

export interface CurvePoint {
  readonly atMs: number
  readonly sum: Decimal
  readonly tradeId: string
}

export interface Drawdown {
  readonly amount: Decimal
  readonly fromMs: number
  readonly toMs: number
  /** null: not made good until the end of the span. */
  readonly recoveredMs: number | null
}
