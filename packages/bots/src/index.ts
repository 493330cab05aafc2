export { type BacktestOptions, type BacktestRun, backtest } from './backtest/backtest.ts'
export { backtestFacts, backtestReport } from './backtest/backtest-report.ts'
export { type Figures, type Summary, summaryOf } from './backtest/summary.ts'
export type { Amount } from './strategy/amount.ts'
export type { BotDeal } from './strategy/bot-deal.ts'
export {
  type BotEntry,
  type BotIntent,
  type BotPlace,
  type BotStop,
  type BotTrailing,
  buy,
  close,
  flatten,
  type LimitPlace,
  moveStop,
  type StopPlace,
  say,
  sell,
  stop,
  type TradeIntent,
  type WordIntent,
} from './strategy/bot-intent.ts'
export type { Candle, CandleSeries } from './strategy/candle.ts'
export type {
  Band,
  CandleIndicators,
  Indicator,
  IndicatorKit,
  MacdValue,
  PriceIndicators,
  StochasticValue,
} from './strategy/indicator.ts'
export {
  type BooleanParameter,
  boolean,
  type ChoiceParameter,
  choice,
  type DurationParameter,
  duration,
  durationMs,
  type IntegerParameter,
  integer,
  type NumberParameter,
  number,
  type Parameter,
  type ParameterSchema,
  type ParameterValues,
} from './strategy/parameter.ts'
export { type ParameterValue, parameterOf, parameterValues, readValue } from './strategy/parameter-check.ts'
export {
  type CandleWish,
  defineStrategy,
  type ExitPolicy,
  type Strategy,
  type StrategyDefinition,
  type Wanted,
} from './strategy/strategy.ts'
export { StrategyError } from './strategy/strategy-error.ts'
export type {
  MarketSight,
  MarketView,
  PositionView,
  ProfitView,
  TickView,
  View,
  WorkingOrderView,
} from './strategy/view.ts'
export { openTicks } from './ticks/tape-feed.ts'
export type { TickFeed } from './ticks/tick-feed.ts'
