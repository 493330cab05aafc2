import {
  type AccountFigures,
  createQuote,
  Decimal,
  dealId,
  dealReference,
  type Epic,
  epic,
  type Market,
  type Position,
  type PositionUpdate,
  type Quote,
  type WorkingOrder,
  type WorkingOrderUpdate,
} from '@scalpdesk/sdk'
import type { Holding } from '../book/holding.ts'
import { holdingOf } from '../book/holdings.ts'
import type { PastDeal } from '../broker-port.ts'
import { type Contract, contractFor } from '../contract.ts'
import type { Preset } from '../presets/preset.ts'

/** Builders for tests only: each gives something ordinary, and a test names what matters to it. */

export const EURUSD = epic('CS.D.EURUSD.MINI.IP')
export const GOLD = epic('CS.D.CFDGOLD.CFM.IP')

export function aMarket(change: Partial<Market> = {}): Market {
  return {
    epic: EURUSD,
    name: 'EUR/USD Mini',
    expiry: '-',
    currency: 'USD',
    currencyPerBase: null,
    decimals: 5,
    pointsPerUnit: 10_000,
    contractSize: new Decimal(10_000),
    minSize: new Decimal('0.5'),
    minStopDistance: { unit: 'POINTS', value: new Decimal('0.5') },
    maxStopDistance: { unit: 'PERCENTAGE', value: new Decimal(75) },
    minGuaranteedStopDistance: { unit: 'POINTS', value: new Decimal(8) },
    state: 'tradeable',
    bid: new Decimal('1.08410'),
    offer: new Decimal('1.08418'),
    high: null,
    low: null,
    allowsMarketOrders: true,
    ...change,
  }
}

/** A preset of one size, in short. */
export interface PresetChange extends Partial<Omit<Preset, 'stop'>> {
  readonly size?: Decimal
  /** Of a normal stop; null: none. */
  readonly stopPoints?: Decimal | null
}

export function aPreset({ size, stopPoints = new Decimal(10), ...change }: PresetChange = {}): Preset {
  return {
    name: 'usual',
    sizes: { 1: { kind: 'fixed', size: size ?? new Decimal(1) } },
    sizeKey: 1,
    stop: stopPoints && { kind: 'normal', distancePoints: stopPoints },
    limitPoints: null,
    ...change,
  }
}

/** One market with one preset. */
export function aContract(preset: PresetChange = {}, market: Partial<Market> = {}): Contract {
  return contractFor(aMarket(market), [aPreset(preset)])
}

/** A second market, whose figures differ from the first one's where that matters. */
export function aGoldContract(): Contract {
  return aContract(
    {},
    {
      epic: GOLD,
      name: 'Spot Gold',
      decimals: 2,
      pointsPerUnit: 1,
      contractSize: new Decimal(100),
      minStopDistance: { unit: 'POINTS', value: new Decimal(1) },
      bid: new Decimal('2000.10'),
      offer: new Decimal('2000.40'),
    },
  )
}

/** As the SDK gives one that it could read. */
export function aPastDeal(change: Partial<PastDeal> = {}): PastDeal {
  return { reference: null, dealId: null, status: 'accepted', affected: [], description: null, ...change }
}

export function aQuote({
  bid = '1.08410',
  offer = '1.08418',
  market = EURUSD,
  ...change
}: Partial<Omit<Quote, 'bid' | 'offer' | 'epic'>> & {
  readonly bid?: string | null
  readonly offer?: string | null
  readonly market?: Epic
} = {}): Quote {
  const decimals = change.decimals ?? 5
  const units = (price: string | null) => (price === null ? null : Number(new Decimal(price).times(10 ** decimals)))
  return createQuote({
    epic: market,
    decimals,
    bidUnits: units(bid),
    offerUnits: units(offer),
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: 0,
    isSnapshot: false,
    ...change,
  })
}

/** What the stream tells of a position that a deal left behind, IG Labs, Streaming API reference, "TRADE". */
export function aPositionUpdate(deal: string, change: Partial<PositionUpdate> = {}): PositionUpdate {
  const { dealId, epic, direction, size, level, stopLevel, limitLevel } = aPosition(deal)
  return {
    dealId,
    originalDealId: null,
    reference: null,
    epic,
    expiry: '-',
    direction,
    size,
    level,
    currency: 'USD',
    status: 'open',
    dealStatus: 'accepted',
    stopLevel,
    limitLevel,
    isGuaranteed: false,
    trailingStop: null,
    atMs: null,
    channel: null,
    ...change,
  }
}

export function aWorkingOrderUpdate(deal: string, change: Partial<WorkingOrderUpdate> = {}): WorkingOrderUpdate {
  return {
    dealId: dealId(deal),
    reference: null,
    epic: EURUSD,
    expiry: '-',
    direction: 'BUY',
    size: new Decimal(1),
    level: new Decimal('1.08'),
    currency: 'USD',
    status: 'open',
    dealStatus: 'accepted',
    orderKind: 'limit',
    timeInForce: 'good-till-cancelled',
    goodTillText: null,
    stopDistancePoints: null,
    limitDistancePoints: null,
    isGuaranteed: false,
    atMs: null,
    channel: null,
    ...change,
  }
}

/** Figures of the account of which a test names what matters to it; the rest is unknown. */
export function someFigures(change: Partial<AccountFigures> = {}): AccountFigures {
  return {
    profitLoss: null,
    profitLossLimitedRisk: null,
    profitLossNormalRisk: null,
    funds: null,
    equity: null,
    equityUsedPercent: null,
    deposit: null,
    available: null,
    availableCash: null,
    margin: null,
    marginLimitedRisk: null,
    marginNormalRisk: null,
    receivedAtMs: 0,
    ...change,
  }
}

/** The market's part of a position or a working order. */
const DEALT_MARKET = {
  epic: EURUSD,
  marketName: 'EUR/USD Mini',
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
} as const

export function aPosition(deal: string, change: Partial<Position> = {}): Position {
  return {
    ...DEALT_MARKET,
    dealId: dealId(deal),
    dealReference: dealReference('SOMEONE-ELSE'),
    direction: 'BUY',
    size: new Decimal(1),
    level: new Decimal('1.08418'),
    currency: 'USD',
    contractSize: new Decimal(10_000),
    stopLevel: new Decimal('1.08318'),
    limitLevel: null,
    isGuaranteed: false,
    trailingStop: null,
    limitedRiskPremium: null,
    createdAtMs: Date.UTC(2026, 0, 5),
    ...change,
  }
}

export function aHolding(change: Partial<Holding> = {}): Holding {
  const known = { origin: 'elsewhere', isStopWanted: false, firstSeenAtMs: 0, toldAtMs: null } as const
  return { ...holdingOf(aPosition('DIHELD'), known), ...change }
}

export function aWorkingOrder(deal = 'DIWORKING', change: Partial<WorkingOrder> = {}): WorkingOrder {
  return {
    ...DEALT_MARKET,
    dealId: dealId(deal),
    direction: 'BUY',
    size: new Decimal(1),
    level: new Decimal('1.08000'),
    kind: 'limit',
    timeInForce: 'good-till-cancelled',
    goodTillAtMs: null,
    stopDistancePoints: null,
    limitDistancePoints: null,
    isGuaranteed: false,
    currency: 'USD',
    isDma: false,
    limitedRiskPremium: null,
    createdAtMs: Date.UTC(2026, 0, 5),
    ...change,
  }
}
