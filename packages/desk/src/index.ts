export { type Exposure, exposure } from './book/exposure.ts'
export type { Holding, Legs, Origin, Seen } from './book/holding.ts'
export type { RestingOrder } from './book/resting-order.ts'
export { ACCOUNT, isWithin, type Scope } from './book/scope.ts'
export type { BookedCharge, BookedMoney, BookedResult, BrokerPort, CancelOrder, PastDeal } from './broker-port.ts'
export { type Contract, contractFor } from './contract.ts'
export { type AverageLevel, averageLevels } from './day/average-level.ts'
export { type Day, dealOf, dealsOf } from './day/day.ts'
export { type DayTotals, dayTotals } from './day/day-totals.ts'
export type { Deal } from './day/deal.ts'
export { type DealFigures, dealFigures } from './day/deal-figures.ts'
export { type LatencyLedger, type OrderTimes, ordersOf } from './day/latency.ts'
export { type LatencyReport, latencyReport } from './day/latency-report.ts'
export { type OpenProfit, openProfit } from './day/open-profit.ts'
export { type RoundTrip, roundTrips } from './day/round-trip.ts'
export { leavesExposure, nextDueMs, process } from './desk.ts'
export { type Desk, type DeskClock, type DeskPorts, type ExternalEvent, runDesk } from './desk-driver.ts'
export type { BrokerBook, DeskEvent, IntentEvent } from './desk-event.ts'
export {
  type DeskSetup,
  initialState,
  type Recovered,
  type RecoveredOrder,
  type Start,
  startFacts,
} from './desk-setup.ts'
export {
  areTradesHeard,
  type BookKnowledge,
  type DeskState,
  type Flatten,
  type HistoryKnowledge,
  type Mode,
  marketOf,
  type News,
  type Outage,
  type Outcome,
  type Reversal,
  type Told,
  type TradeFeed,
} from './desk-state.ts'
export type { Effect, JournalEffect, OrderEffect, Question } from './effect.ts'
export { type Freshness, freshness } from './freshness.ts'
export { type Approved, isApproved } from './guard/approved.ts'
export type { Denial, DenialCode } from './guard/denial.ts'
export { limitProblems } from './guard/limit-problems.ts'
export { type GuardLimits, limitsOf, type MarketLimits, NO_LIMITS } from './guard/limits.ts'
export { timeAt } from './guard/memory/day-clock.ts'
export { type DayLock, lockMessage } from './guard/memory/day-lock.ts'
export type { DayMemory as GuardMemory } from './guard/memory/day-memory.ts'
export { type DayResult, dayResult } from './guard/memory/day-result.ts'
export { lossStreak } from './guard/memory/loss-streak.ts'
export type { Alarm, AlarmKind } from './guard/watchdogs/alarm.ts'
export { DEFAULT_WATCH, type WatchSettings } from './guard/watchdogs/watch-settings.ts'
export type { Cancelled, EnterIntent, Intent, Leg, LegPlace, Part, PlaceIntent, Target } from './intents/intent.ts'
export type { LegChange, LegIntent } from './intents/leg-change.ts'
export type { JournalPort, JournalRecord, PressedBy, RecordKind, RecordOf } from './journal/record.ts'
export {
  isPending,
  isUnknown,
  type OrderId,
  type OrderPurpose,
  type OrderStage,
  type OrderTiming,
  type TrackedOrder,
} from './orders/order.ts'
export { chosenDeal } from './preset-deal.ts'
export { presetProblems } from './presets/arming.ts'
export { type DetailedMarket, type MarketTerms, marketTerms, type ToldTerms } from './presets/market-terms.ts'
export type { Preset, PresetSize, PresetStop, Risk, SizeKey } from './presets/preset.ts'
export { type Profit, profitOf } from './profit.ts'
export { recoveredFrom } from './recovering.ts'
export { rehearse } from './rehearsal.ts'
export { ENGLISH } from './words/english.ts'
export { FRENCH } from './words/french.ts'
export { type Message, type MessageId, type MessageOf, type Messages, message } from './words/message.ts'
export { sentence, type WordsLanguage } from './words/sentence.ts'
