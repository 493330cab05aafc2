export { Decimal } from 'decimal.js'
export type { Account, AccountFigures, Balance } from './account.ts'
export type { AcceptedOutcome, AffectedDeal, Confirm, ConfirmOutcome } from './confirm.ts'
export { connectIg, preloadIg } from './connect-ig.ts'
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
export type { ConnectOptions, Credentials, Ig, IgStream, StreamStatus, StreamSubscription } from './ig.ts'
export type { DistanceRule, Market, MarketState, MarketSummary } from './market.ts'
export type { AmendOrder, CloseOrder, LimitLeg, OpenOrder, SendWatch, StopLeg, Submission } from './order.ts'
export type { Other } from './other.ts'
export type { Clock, Random } from './ports.ts'
export type { Direction, Position, WorkingOrder } from './position.ts'
export { createQuote, type Quote, type QuoteFields } from './quote.ts'
export { systemClock } from './system-clock.ts'
export type { PositionUpdate, TradeEvent, UpdateStatus, WorkingOrderUpdate } from './trade-event.ts'
