import { contractFor, type DeskState, type Holding, initialState, type RestingOrder } from '@scalpdesk/desk'
import {
  type AllowanceView,
  createQuote,
  Decimal,
  dealId,
  epic,
  type Market,
  type MarketDetails,
  type Quote,
} from '@scalpdesk/sdk'

/** A market as the broker describes it. */
export const MARKET: Market = {
  epic: epic('CS.D.EURUSD.CFD.IP'),
  name: 'EUR/USD',
  expiry: '-',
  currency: 'USD',
  currencyPerBase: null,
  decimals: 5,
  pointsPerUnit: 10_000,
  contractSize: new Decimal(100_000),
  minSize: new Decimal('0.5'),
  minStopDistance: { unit: 'POINTS', value: new Decimal(2) },
  maxStopDistance: { unit: 'POINTS', value: new Decimal(1_000) },
  minGuaranteedStopDistance: { unit: 'POINTS', value: new Decimal(5) },
  state: 'tradeable',
  bid: null,
  offer: null,
  high: null,
  low: null,
  allowsMarketOrders: true,
}

const UNCOUNTED = { limit: null, used: 0, reserve: 0, heldBackUntilMs: null }

/** A connection that keeps no allowances. */
export const NO_ALLOWANCES: AllowanceView = {
  origin: 'off',
  key: UNCOUNTED,
  trading: UNCOUNTED,
  data: UNCOUNTED,
  pointsPerWeek: null,
  historicalPoints: null,
  pointsSpentUntilMs: null,
}

/** A desk that has heard nothing yet, with this market and its usual preset. */
export const UNHEARD: DeskState = initialState({
  contracts: [
    contractFor(MARKET, [
      {
        name: 'usual',
        sizes: { 1: { kind: 'fixed', size: new Decimal(1) } },
        sizeKey: 1,
        stop: { kind: 'normal', distancePoints: new Decimal(15) },
        limitPoints: null,
      },
    ]),
  ],
  accountCurrency: 'EUR',
})

/** A price of this market, or of another. */
export function unitsQuote(bidUnits: number | null, offerUnits: number | null, decimals = 5, of = MARKET.epic): Quote {
  return createQuote({
    epic: of,
    bidUnits,
    offerUnits,
    decimals,
    state: 'tradeable',
    isDelayed: false,
    brokerTimeMs: null,
    receivedAtMs: 0,
    isSnapshot: false,
  })
}

/** A position of ours, listed by the broker. */
export function aHolding(change: Partial<Holding> = {}): Holding {
  return {
    dealId: dealId('DIAAAA1'),
    reference: null,
    epic: MARKET.epic,
    marketName: MARKET.name,
    direction: 'BUY',
    size: new Decimal(2),
    level: new Decimal('1.392'),
    stopLevel: null,
    limitLevel: new Decimal('1.395'),
    currency: 'USD',
    contractSize: new Decimal(100_000),
    pointsPerUnit: 10_000,
    isGuaranteed: false,
    trailingStop: null,
    openedWallMs: null,
    origin: 'ours',
    isStopWanted: false,
    firstSeenAtMs: 0,
    toldAtMs: null,
    seen: { kind: 'listed' },
    ...change,
  }
}

/** A working order of ours, listed by the broker. */
export function aRestingOrder(change: Partial<RestingOrder> = {}): RestingOrder {
  return {
    dealId: dealId('DIORDER1'),
    epic: MARKET.epic,
    marketName: MARKET.name,
    direction: 'BUY',
    size: new Decimal(1),
    level: new Decimal('1.39'),
    orderKind: 'limit',
    stopDistancePoints: null,
    limitDistancePoints: null,
    origin: 'ours',
    toldAtMs: null,
    ...change,
  }
}

/** The same with all that a picker reads of a market's details. */
export function aMarketDetails(change: Partial<MarketDetails> = {}): MarketDetails {
  return {
    ...MARKET,
    bid: new Decimal('1.08417'),
    offer: new Decimal('1.08423'),
    instrument: {
      type: 'currencies',
      unit: 'contracts',
      marketId: null,
      lotSize: null,
      isForceOpenAllowed: true,
      areStopsAndLimitsAllowed: true,
      isGuaranteedStopAllowed: true,
      isStreamable: true,
      currencies: [],
      marginBands: null,
      marginFactor: { unit: 'PERCENTAGE', value: new Decimal('3.33') },
      slippageFactor: null,
      limitedRiskPremium: null,
      openingHours: null,
      expiryDetails: null,
      rolloverDetails: null,
      newsCode: null,
      chartCode: null,
      country: null,
      valueOfOnePip: null,
      onePipMeans: null,
      specialInfo: [],
    },
    rules: {
      minTrailingStep: null,
      guaranteedStopSpacing: null,
      marketOrders: 'default-on',
      trailingStops: 'available',
    },
    snapshot: {
      netChange: null,
      percentageChange: null,
      updateTime: null,
      delayMinutes: null,
      binaryOdds: null,
      guaranteedStopExtraSpread: null,
    },
    ...change,
  }
}
