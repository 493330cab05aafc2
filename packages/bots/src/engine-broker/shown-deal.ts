import type { PastDeal } from '@scalpdesk/desk'
import {
  type Accepted,
  type AccountState,
  type Activity,
  type AffectedDeal,
  type Book,
  contractUnits,
  type Confirm as EngineConfirm,
  type Market as EngineMarket,
  type Position as EnginePosition,
  type WorkingOrder as EngineWorkingOrder,
  type PositionChange,
  unitsPerPoint,
  type WorkingOrderChange,
} from '@scalpdesk/mock-broker/engine'
import {
  type AccountFigures,
  AFFECTED_STATUSES,
  CONFIRM_STATUSES,
  type Confirm,
  type DealtMarket,
  Decimal,
  dealId,
  dealReference,
  epic,
  type Position,
  type PositionUpdate,
  type TrailingStop,
  type WorkingOrder,
  type WorkingOrderUpdate,
} from '@scalpdesk/sdk'
import { levelOf, plain, shownState } from './shown-market.ts'

// What the engine holds and says, as the SDK gives it: from value to value, without the JSON in between.

export function shownConfirm(confirm: EngineConfirm, book: Book | undefined): Confirm {
  const { reference, dealId: id, epic: market, direction, outcome, atMs } = confirm
  return {
    reference: dealReference(reference),
    dealId: dealId(id),
    epic: market === '' ? null : epic(market),
    direction,
    outcome:
      outcome.dealStatus === 'REJECTED' || !book
        ? { kind: 'rejected', reason: outcome.dealStatus === 'REJECTED' ? outcome.reason : 'UNKNOWN' }
        : acceptedOutcome(outcome, book.market),
    dateMs: atMs,
  }
}

function acceptedOutcome(accepted: Accepted, market: EngineMarket): Confirm['outcome'] {
  const { stopUnits, limitUnits, stopPoints, limitPoints, profit } = accepted
  return {
    kind: 'accepted',
    status: CONFIRM_STATUSES[accepted.status],
    expiry: market.expiry,
    level: levelOf(market, accepted.levelUnits),
    size: plain(accepted.size),
    stopLevel: levelOf(market, stopUnits),
    limitLevel: levelOf(market, limitUnits),
    stopDistancePoints: stopPoints && plain(stopPoints),
    limitDistancePoints: limitPoints && plain(limitPoints),
    isGuaranteed: accepted.isStopGuaranteed,
    isTrailing: accepted.isTrailing,
    profit: profit && plain(profit),
    profitCurrency: accepted.profitCurrency,
    affected: accepted.affected.map(({ dealId: id, status }: AffectedDeal) => {
      return { dealId: dealId(id), status: AFFECTED_STATUSES[status] }
    }),
  }
}

function dealtMarket({ market, state, quote }: Book): DealtMarket {
  return {
    epic: epic(market.epic),
    marketName: market.name,
    pointsPerUnit: market.pointsPerUnit,
    expiry: market.expiry,
    instrumentType: market.type === 'CURRENCIES' ? 'currencies' : 'indices',
    marketState: shownState(state),
    bid: levelOf(market, quote?.bidUnits ?? null),
    offer: levelOf(market, quote?.offerUnits ?? null),
    high: null,
    low: null,
    netChange: null,
    percentageChange: null,
    priceTimeUtc: null,
    delayMinutes: 0,
    isStreamable: true,
    lotSize: null,
  }
}

export function shownPosition(position: EnginePosition, book: Book): Position {
  const { market } = book
  return {
    ...dealtMarket(book),
    dealId: dealId(position.dealId),
    dealReference: dealReference(position.reference),
    direction: position.direction,
    size: plain(position.size),
    level: levelOf(market, position.levelUnits),
    currency: position.currency,
    contractSize: new Decimal(contractUnits(market)),
    stopLevel: levelOf(market, position.stopUnits),
    limitLevel: levelOf(market, position.limitUnits),
    isGuaranteed: position.isStopGuaranteed,
    trailingStop: trailingOf(position, market),
    limitedRiskPremium: null,
    createdAtMs: position.openedAtMs,
  }
}

function trailingOf({ trailing }: EnginePosition, market: EngineMarket): TrailingStop | null {
  if (!trailing) return null
  const points = (units: number) => new Decimal(units).div(unitsPerPoint(market))
  return { distancePoints: points(trailing.distanceUnits), stepPoints: points(trailing.stepUnits) }
}

export function shownWorkingOrder(order: EngineWorkingOrder, book: Book): WorkingOrder {
  return {
    ...dealtMarket(book),
    dealId: dealId(order.dealId),
    direction: order.direction,
    size: plain(order.size),
    level: levelOf(book.market, order.levelUnits),
    kind: order.type === 'LIMIT' ? 'limit' : 'stop',
    timeInForce: order.goodTillMs === null ? 'good-till-cancelled' : 'good-till-date',
    goodTillAtMs: order.goodTillMs,
    stopDistancePoints: order.stopPoints && plain(order.stopPoints),
    limitDistancePoints: order.limitPoints && plain(order.limitPoints),
    isGuaranteed: order.isStopGuaranteed,
    currency: order.currency,
    isDma: false,
    limitedRiskPremium: null,
    createdAtMs: order.createdAtMs,
  }
}

const CHANGES = { OPEN: 'open', UPDATED: 'updated', DELETED: 'deleted' } as const

export function shownPositionUpdate({ change, atMs, position }: PositionChange, { market }: Book): PositionUpdate {
  return {
    dealId: dealId(position.dealId),
    originalDealId: dealId(position.dealId),
    reference: dealReference(position.reference),
    epic: epic(position.epic),
    expiry: market.expiry,
    direction: position.direction,
    size: plain(position.size),
    level: levelOf(market, position.levelUnits),
    currency: position.currency,
    status: CHANGES[change],
    dealStatus: 'accepted',
    stopLevel: levelOf(market, position.stopUnits),
    limitLevel: levelOf(market, position.limitUnits),
    isGuaranteed: position.isStopGuaranteed,
    trailingStop: trailingOf(position, market),
    atMs,
    channel: 'PublicRestOTC',
  }
}

export function shownOrderUpdate({ change, atMs, order }: WorkingOrderChange, { market }: Book): WorkingOrderUpdate {
  return {
    dealId: dealId(order.dealId),
    reference: dealReference(order.reference),
    epic: epic(order.epic),
    expiry: market.expiry,
    direction: order.direction,
    size: plain(order.size),
    level: levelOf(market, order.levelUnits),
    currency: order.currency,
    status: CHANGES[change],
    dealStatus: 'accepted',
    orderKind: order.type === 'LIMIT' ? 'limit' : 'stop',
    timeInForce: order.goodTillMs === null ? 'good-till-cancelled' : 'good-till-date',
    goodTillText: null,
    stopDistancePoints: order.stopPoints && plain(order.stopPoints),
    limitDistancePoints: order.limitPoints && plain(order.limitPoints),
    isGuaranteed: order.isStopGuaranteed,
    atMs,
    channel: 'PublicRestOTC',
  }
}

export function shownFigures(account: AccountState, receivedAtMs: number): AccountFigures {
  const { cash, deposit, profitLoss, limitedRisk, available } = account
  const equity = plain(cash.plus(profitLoss))
  return {
    profitLoss: plain(profitLoss),
    profitLossLimitedRisk: plain(limitedRisk.profitLoss),
    profitLossNormalRisk: plain(profitLoss.minus(limitedRisk.profitLoss)),
    funds: plain(cash),
    equity,
    equityUsedPercent: equity.isZero() ? null : plain(deposit).times(100).div(equity),
    deposit: plain(deposit),
    available: plain(available),
    availableCash: plain(available),
    margin: plain(deposit),
    marginLimitedRisk: plain(limitedRisk.deposit),
    marginNormalRisk: plain(deposit.minus(limitedRisk.deposit)),
    receivedAtMs,
  }
}

/** A line of the history. What the broker did by itself names no request. */
export function shownPast({ reference, dealId: id, status, actions, reason, channel }: Activity): PastDeal {
  return {
    reference: channel === 'SYSTEM' ? null : dealReference(reference),
    dealId: dealId(id),
    status: status === 'ACCEPTED' ? 'accepted' : 'rejected',
    affected: actions.map(action => dealId(action.dealId)),
    description: reason,
  }
}
