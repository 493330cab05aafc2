import { type AllowanceView, Decimal, epic, type Market } from '@scalpdesk/sdk'

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
