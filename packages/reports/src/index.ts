export type { Money } from './money.ts'
export type {
  BalanceBridge,
  BalanceCause,
  BalancePart,
  DayLine,
  DaySpan,
  Finding,
  GuardEvent,
  LatencyTable,
  PressCounts,
  Report,
  ReportedAccount,
  SourceUse,
} from './report.ts'
export type { CurvePoint, Drawdown, Group, Statistics, TradeStatistics } from './statistics.ts'
export type { Excursion, Trade, TradeCharge, TradeDeal, TradeOrigin } from './trade.ts'
