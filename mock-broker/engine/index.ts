export type { AccountState } from './account-state.ts'
export { type AccountTerms, cashAccount } from './account-terms.ts'
export type { Book, BookQuote } from './book.ts'
export { lastDealingMs } from './contract-expiry.ts'
export { type CurrencyCode, convert, currencySymbol, exchangeRate, isCurrency } from './currency.ts'
export { type DealIdentifiers, dealIdentifiers } from './deal-identifiers.ts'
export type { ConditionsOptions } from './dealing-conditions.ts'
export { createEngine, type Engine, type EngineOptions, type EngineStatistics, type QuoteTaker } from './engine.ts'
export type {
  Accepted,
  AccountChange,
  AffectedDeal,
  Charge,
  Confirm,
  EngineEvent,
  EngineInput,
  Fill,
  PositionChange,
  WorkingOrderChange,
} from './engine-event.ts'
export { Exact } from './exact-decimal.ts'
export type { Activity, ActivityAction } from './history/activity.ts'
export type { History } from './history/history.ts'
export type { PastEntries } from './history/past-entries.ts'
export type { Transaction } from './history/transaction.ts'
export { shortId } from './history/transaction-of.ts'
export { LADDER_TIERS, ladderPrice, ladderSize } from './ladder.ts'
export {
  contractUnits,
  isSpreadBet,
  type Market,
  type MarketCategory,
  type MarketRestriction,
  type SyntheticShape,
  unitsPerPoint,
} from './market.ts'
export { markets } from './market-catalogue.ts'
export { hasLivePrices, type MarketState } from './market-state.ts'
export type {
  AmendedStop,
  AmendOrder,
  AmendWorkingOrder,
  CancelOrder,
  CloseOrder,
  Leg,
  OpenOrder,
  Order,
  OrderPrice,
  PlaceOrder,
  StopLeg,
  TimeInForce,
} from './order.ts'
export type { ExitCause, Position } from './position.ts'
export { type Random, seededRandom } from './random.ts'
export { type KnownReason, type Reason, reasons } from './reason.ts'
export type { RepeatEntry } from './repeat-dealing.ts'
export { decimalToUnits, formatUnits, parseUnits, unitsToDecimal } from './scaled-number.ts'
export { type SyntheticMove, syntheticTicks } from './synthetic-ticks.ts'
export type { Rescale, Wish } from './tapes/casting.ts'
export type { Skipped } from './tapes/line-sieve.ts'
export { type MarketGaps, marketGaps } from './tapes/market-gaps.ts'
export { type ReplayFile, readReplay } from './tapes/replay-file.ts'
export { tapesRescaler } from './tapes/rescaler.ts'
export { type SampleTapeOptions, sampleTape } from './tapes/sample-tape.ts'
export { type TapeWriter, tapeWriter } from './tapes/scalpdesk-writer.ts'
export { openTape, type Tape, type TapeOptions } from './tapes/tape.ts'
export type { TapeProgress } from './tapes/tape-bytes.ts'
export type { JsonValue, TapeEntry, TapeEvent, TapeHeader, TapeInput, TapeMarket } from './tapes/tape-entry.ts'
export { TapeError, type TapeErrorCode } from './tapes/tape-error.ts'
export { type TapeReader, type TapeReport, tapeReader } from './tapes/tape-reader.ts'
export type { TickBatch, TickColumns, TickInputs } from './tapes/tick-columns.ts'
export type { Tick, TickQuote } from './tick.ts'
export { spellAt, type TradingHours, type TradingSpell } from './trading-hours.ts'
export type { WorkingOrder } from './working-order.ts'
