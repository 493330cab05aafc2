export type {
  BrokerActivity,
  BrokerTransaction,
  DayFacts,
  DayNotes,
  DealRemarks,
  JournalFacts,
  MarketFacts,
  PriceMarks,
  ToldBalance,
} from './day-facts.ts'
export { engineActivity, engineTransaction } from './engine-rows.ts'
export {
  type CsvFile,
  csvFiles,
  type DrawnPrices,
  htmlText,
  jsonText,
  markdownText,
  type PageOptions,
  type ReportJson,
  reportJson,
  type ScreenOptions,
  screenText,
  xlsxBytes,
} from './forms/index.ts'
export type { HistoryKind, HistoryPort, HistoryProgress, Stretch } from './history/history-port.ts'
export { patiently } from './history/patience.ts'
export { type HistoryPorts, type HistoryShelf, readHistory } from './history/read-history.ts'
export { isSameHistory } from './history/same-history.ts'
export type { Hypothesis, HypotheticalRun, HypotheticalTrade, WhatIfChange } from './hypothesis.ts'
export { igCsv } from './import/ig-csv.ts'
export { ImportError } from './import/import-error.ts'
export { onlyImported } from './import/joined-import.ts'
export type { Money } from './money.ts'
export type { KeptRemark, Remark, RemarkSubject } from './remarks/remark.ts'
export { noteOf, RemarkError, tagOf } from './remarks/remark-words.ts'
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
export { type ReportOptions, reportOf } from './report-of.ts'
export { activityRows, joinedRows, transactionRows } from './row-ids.ts'
export type { CurvePoint, Drawdown, Group, Statistics, TradeStatistics } from './statistics.ts'
export { type AccountShelf, openReportStore, type ReportStore, type StoreOptions } from './store/report-store.ts'
export { StoreError, type StoreProblem } from './store/store-error.ts'
export { type GivenFacts, storedFacts } from './store/stored-facts.ts'
export type { Excursion, Trade, TradeCharge, TradeDeal, TradeOrigin } from './trade.ts'
export { whatIf } from './what-if/what-if.ts'
