import { Decimal } from 'decimal.js'

/** One contract of EUR/USD bought at market without a stop; whoever sends it says when, for whom and by which name. */
export const PLAIN_OPEN = {
  kind: 'open',
  epic: 'CS.D.EURUSD.CFD.IP',
  expiry: '-',
  currency: 'USD',
  direction: 'BUY',
  size: new Decimal(1),
  price: { type: 'MARKET' },
  timeInForce: 'FILL_OR_KILL',
  mode: 'force',
  stop: null,
  limit: null,
  losesStop: false,
} as const
