/** The one order of a cell: a market order to buy, with its stop. */
export interface Ticket {
  readonly epic: string
  readonly currency: string
  readonly stopPoints: number
  readonly bid: string
  readonly offer: string
}

export const EURUSD: Ticket = {
  epic: 'CS.D.EURUSD.CFD.IP',
  currency: 'USD',
  stopPoints: 20,
  bid: '1.08500',
  offer: '1.08509',
}

/** Its market refuses every market order at the door: 400 `error.trading.otc.market-orders.not-supported-for-epic`. */
export const NO_MARKET_ORDERS: Ticket = {
  epic: 'IX.D.SUNDOW.IGI.IP',
  currency: 'USD',
  stopPoints: 200,
  bid: '39200.0',
  offer: '39202.0',
}

/** Every field, because one of the clients takes null for "not set" and nothing for a mistake (POST /positions/otc, version 2). */
export function otcOrder({ epic, currency, stopPoints }: Ticket) {
  return {
    epic,
    expiry: '-',
    direction: 'BUY',
    size: 1,
    orderType: 'MARKET',
    timeInForce: 'FILL_OR_KILL',
    level: null,
    guaranteedStop: false,
    stopLevel: null,
    stopDistance: stopPoints,
    trailingStop: false,
    trailingStopIncrement: null,
    forceOpen: true,
    limitLevel: null,
    limitDistance: null,
    quoteId: null,
    currencyCode: currency,
  } as const
}
