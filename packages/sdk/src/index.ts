export { Decimal } from 'decimal.js'
export type { Account, AccountFigures, AccountPreferences, Balance, ListedAccount } from './account.ts'
export { type AccountZone, type DayBounds, dayAt, dayBounds, zoneOffsetMs } from './account-zone.ts'
export type {
  Activity,
  ActivityAction,
  ActivityActionType,
  ActivityChannel,
  ActivityDetails,
  ActivityRecord,
  ActivityStatus,
  ActivityType,
} from './activity.ts'
export { type AllowanceLimits, type AllowanceView, PUBLISHED_LIMITS } from './allowance/allowance-budget.ts'
export type { AllowanceWindowView } from './allowance/allowance-window.ts'
export type { HistoricalPointsView } from './allowance/historical-points.ts'
export type { Lane } from './allowance/lane.ts'
export type { Application, ApplicationLimits, ApplicationUpdate } from './application.ts'
export type {
  Candle,
  CandleList,
  CandlePrice,
  CandleRequest,
  CandlesBetween,
  CandlesSince,
  HistoricalAllowance,
  LatestCandles,
} from './candle.ts'
export type { Category, CategoryInstrument } from './category.ts'
export type { BarUnits, CandleEvent, CandleScale, ChartTick, ChartTickEvent, LiveCandle } from './chart.ts'
export {
  type AcceptedOutcome,
  AFFECTED_STATUSES,
  type AffectedDeal,
  CONFIRM_STATUSES,
  type Confirm,
  type ConfirmOutcome,
} from './confirm.ts'
export { connectIg, preloadIg } from './connect-ig.ts'
export type {
  ClosingCosts,
  ClosingCostsRequest,
  CostsHistoryEntry,
  CostsHistoryRequest,
  EditingCosts,
  EditingCostsRequest,
  OpeningCosts,
  OpeningCostsRequest,
  TransactionCosts,
} from './costs.ts'
export type {
  AmendRequest,
  AmendWorkingOrderRequest,
  CancelOrderRequest,
  CloseRequest,
  DealRequest,
  OpenRequest,
  PlaceOrderRequest,
} from './deal-request.ts'
export {
  type AskedAt,
  describeAmend,
  describeAmendWorkingOrder,
  describeCancel,
  describeClose,
  describeOpen,
  describePlace,
  type EditAskedAt,
} from './dealing/describe-request.ts'
export type { Settle, SettleOptions } from './dealing/settle.ts'
export type { DealtMarket } from './dealt-market.ts'
export {
  type ErrorClass,
  type ErrorTableRow,
  errorTable,
  type Reaction,
  reactionTo,
} from './error-codes.ts'
export {
  AllowanceError,
  DecodeError,
  IgError,
  InvalidInputError,
  ProtocolError,
  RefusedError,
  type RequestContext,
  SignInError,
  TransportError,
} from './errors.ts'
export { ageOf, type Freshness, freshness, isFresh, MAX_AGE_MS, type StreamHealth } from './freshness.ts'
export type { Heartbeat } from './heartbeat.ts'
export { type Fiql, fiql, formatFiql } from './history/fiql.ts'
export type {
  ActivityChoice,
  ActivityDates,
  ActivityPagedQuery,
  ActivityQuery,
  TransactionChoice,
  TransactionQuery,
  TransactionQueryType,
} from './history/history-query.ts'
export { parseFiql } from './history/parse-fiql.ts'
export {
  type AccountId,
  accountId,
  type DealId,
  type DealReference,
  dealId,
  dealReference,
  type Epic,
  epic,
} from './ids.ts'
export type { Allowances, ConnectOptions, Ig } from './ig.ts'
export type {
  IgStream,
  Listener,
  PriceOptions,
  QueueOptions,
  StreamedMarket,
  StreamReader,
  StreamStatus,
  StreamSubscription,
  StreamUsage,
} from './live-stream.ts'
export type { DistanceRule, InstrumentType, Market, MarketState, MarketSummary } from './market.ts'
export type {
  DealingCurrency,
  InstrumentDetails,
  MarginBand,
  MarketDetails,
  MarketSnapshot,
} from './market-details.ts'
export type { MarketLadder } from './market-ladder.ts'
export type { Observe, SdkEvent } from './observe.ts'
export type {
  AmendedStop,
  AmendOrder,
  CloseMarketOrder,
  CloseOrder,
  LimitLeg,
  OpenOrder,
  Pricing,
  StopLeg,
  TimeInForce,
  TrailingStopLeg,
} from './order.ts'
export type { Other } from './other.ts'
export type { Clock, Random } from './ports.ts'
export type { Direction, Position, TrailingStop } from './position.ts'
export {
  createQuote,
  type DayFigures,
  type Quote,
  type QuoteFields,
  type QuoteIds,
  type QuoteLevel,
} from './quote.ts'
export {
  explainReason,
  REJECTION_REASONS,
  type RejectionReason,
  rejectionReason,
} from './rejection-reasons.ts'
export type { RepeatDealingEntry, RepeatDealingWindow } from './repeat-dealing.ts'
export { RESOLUTIONS, type Resolution } from './resolutions.ts'
export type { Accounts } from './resources/accounts.ts'
export type { Applications } from './resources/applications.ts'
export type { InstrumentsOptions } from './resources/category-pages.ts'
export type { Confirms } from './resources/confirms.ts'
export type { Costs } from './resources/costs.ts'
export type { History } from './resources/history.ts'
export type { ListOptions } from './resources/market-list.ts'
export type { Markets } from './resources/markets.ts'
export type { Orders } from './resources/orders.ts'
export type { Positions } from './resources/positions.ts'
export type { PageOptions, Prices } from './resources/prices.ts'
export type { RepeatDealing } from './resources/repeat-dealing.ts'
export type { Session, SwitchOptions } from './resources/session.ts'
export type { Watchlists } from './resources/watchlists.ts'
export type { CallOptions, ReadOptions } from './rest/rest.ts'
export { Secret } from './secret.ts'
export type { Sentiment } from './sentiment.ts'
export type { Credentials } from './session/sign-in.ts'
export type { SessionDetails } from './session-details.ts'
export type { Accepted, Evidence, Look, Rejected, Settlement, Unknown, Unsent } from './settlement.ts'
export { StreamLimitError } from './stream/stream-limit-error.ts'
export type { StreamGap } from './stream-gap.ts'
export type { EditWatch, SendWatch, Sent, Submission } from './submission.ts'
export { systemClock } from './system-clock.ts'
export type {
  ConfirmEvent,
  DealStatus,
  PositionUpdate,
  TradeEvent,
  UpdateStatus,
  WorkingOrderUpdate,
} from './trade-event.ts'
export type { BookedMoney, Transaction, TransactionType } from './transaction.ts'
export { fetchTransport } from './transport/fetch-transport.ts'
export type { HttpResponse } from './transport/http-response.ts'
export type {
  Exchange,
  HttpRequest,
  OrderOptions,
  SendOptions,
  Transport,
  TransportFactory,
} from './transport/transport.ts'
export type { CreatedWatchlist, NewWatchlist, Watchlist, WatchlistMarket } from './watchlist.ts'
export type { AmendWorkingOrder, GoodTill, PlacedStop, PlaceOrder, WorkingOrder } from './working-order.ts'
