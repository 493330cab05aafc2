import { Decimal } from 'decimal.js'
import type { Activity, ActivityActionType, ActivityDetails } from '../activity.ts'
import type { AcceptedOutcome, Confirm } from '../confirm.ts'
import type { DealtMarket } from '../dealt-market.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import type { Position } from '../position.ts'
import type { WorkingOrder } from '../working-order.ts'

/** Builders for tests only: each gives something ordinary, and a test names what matters to it. */

export const EURUSD = epic('CS.D.EURUSD.CFD.IP')

const MARKET: DealtMarket = {
  epic: EURUSD,
  marketName: 'EUR/USD',
  pointsPerUnit: 10_000,
  expiry: '-',
  instrumentType: 'currencies',
  marketState: 'tradeable',
  bid: null,
  offer: null,
  high: null,
  low: null,
  netChange: null,
  percentageChange: null,
  priceTimeUtc: null,
  delayMinutes: 0,
  isStreamable: true,
  lotSize: null,
}

export function aPosition(deal: string, reference: string | null, change: Partial<Position> = {}): Position {
  return {
    ...MARKET,
    dealId: dealId(deal),
    dealReference: reference === null ? null : dealReference(reference),
    direction: 'BUY',
    size: new Decimal(1),
    level: new Decimal('1.0842'),
    currency: 'USD',
    contractSize: new Decimal(100_000),
    stopLevel: null,
    limitLevel: null,
    isGuaranteed: false,
    trailingStop: null,
    limitedRiskPremium: null,
    createdAtMs: null,
    ...change,
  }
}

export function aWorkingOrder(deal: string, change: Partial<WorkingOrder> = {}): WorkingOrder {
  return {
    ...MARKET,
    dealId: dealId(deal),
    direction: 'BUY',
    size: new Decimal(1),
    level: new Decimal('1.05'),
    kind: 'limit',
    timeInForce: 'good-till-cancelled',
    goodTillAtMs: null,
    stopDistancePoints: null,
    limitDistancePoints: null,
    isGuaranteed: false,
    currency: 'USD',
    isDma: false,
    limitedRiskPremium: null,
    createdAtMs: null,
    ...change,
  }
}

/** An accepted one, as IG Labs, REST API reference, "Positions" (GET /confirms) describes it. */
export function aConfirm(reference: string, deal: string, change: Partial<AcceptedOutcome> = {}): Confirm {
  return {
    reference: dealReference(reference),
    dealId: dealId(deal),
    epic: EURUSD,
    direction: 'BUY',
    dateMs: null,
    outcome: {
      kind: 'accepted',
      status: 'open',
      expiry: '-',
      level: new Decimal('1.0842'),
      size: new Decimal(1),
      stopLevel: null,
      limitLevel: null,
      stopDistancePoints: null,
      limitDistancePoints: null,
      isGuaranteed: false,
      isTrailing: false,
      profit: null,
      profitCurrency: null,
      affected: [{ dealId: dealId(deal), status: 'opened' }],
      ...change,
    },
  }
}

export function aRejection(reference: string, reason: string, deal = 'DIREFUSED'): Confirm {
  return { ...aConfirm(reference, deal), outcome: { kind: 'rejected', reason } }
}

export function anActivity(
  action: ActivityActionType | null,
  affected: string | null,
  change: Partial<Omit<Activity, 'details'>> & { readonly details?: Partial<ActivityDetails> } = {},
): Activity {
  return {
    atMs: 0,
    dateText: '',
    epic: EURUSD,
    period: '-',
    dealId: affected === null ? null : dealId(affected),
    channel: 'public-web-api',
    type: 'position',
    status: 'accepted',
    description: 'something happened',
    ...change,
    details: {
      dealReference: null,
      actions: action === null ? [] : [{ type: action, affectedDealId: affected === null ? null : dealId(affected) }],
      marketName: 'EUR/USD',
      goodTillDate: null,
      currency: 'USD',
      size: new Decimal(1),
      direction: 'BUY',
      level: new Decimal('1.0842'),
      stopLevel: null,
      stopDistance: null,
      limitLevel: null,
      limitDistance: null,
      isGuaranteed: false,
      trailingStopDistance: null,
      trailingStep: null,
      ...change.details,
    },
  }
}
