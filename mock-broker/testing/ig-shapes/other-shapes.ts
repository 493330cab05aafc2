import { count, like, listOf, nothing, number, only, type Shape, text, truth } from '../json-shape.ts'
import { INSTRUMENT_TYPE, ISO } from './field-kinds.ts'

/** "Prices". */
const PRICE: Shape = { bid: number, ask: number, lastTraded: nothing }
const CANDLE = {
  openPrice: PRICE,
  closePrice: PRICE,
  highPrice: PRICE,
  lowPrice: PRICE,
  lastTradedVolume: count,
} satisfies Record<string, Shape>
const ALLOWANCE: Shape = { remainingAllowance: count, totalAllowance: only(10_000), allowanceExpiry: count }
const SLASHED_SECOND = like(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/)
export const PRICES: Shape = {
  prices: listOf({ ...CANDLE, snapshotTime: SLASHED_SECOND, snapshotTimeUTC: ISO }),
  instrumentType: INSTRUMENT_TYPE,
  metadata: { allowance: ALLOWANCE, size: count, pageData: { pageSize: count, pageNumber: count, totalPages: count } },
}
export const PRICES_V2: Shape = {
  prices: listOf({ ...CANDLE, snapshotTime: SLASHED_SECOND }),
  instrumentType: INSTRUMENT_TYPE,
  allowance: ALLOWANCE,
}
export const PRICES_V1: Shape = {
  prices: listOf({ ...CANDLE, snapshotTime: like(/^\d{4}:\d\d:\d\d-\d\d:\d\d:\d\d$/) }),
  instrumentType: INSTRUMENT_TYPE,
  allowance: ALLOWANCE,
}

/** "Watchlists". */
export const WATCHLISTS: Shape = {
  watchlists: listOf({ id: text, name: text, editable: truth, deleteable: truth, defaultSystemWatchlist: truth }),
}
export const MADE_WATCHLIST: Shape = {
  watchlistId: like(/^\d+$/),
  status: only('SUCCESS', 'SUCCESS_NOT_ALL_INSTRUMENTS_ADDED'),
}
export const DONE: Shape = { status: only('SUCCESS') }

/** "Client sentiment". */
export const SENTIMENT: Shape = { marketId: text, longPositionPercentage: number, shortPositionPercentage: number }
export const SENTIMENTS: Shape = { clientSentiments: listOf(SENTIMENT) }

/** "Operations": a bare list. */
export const APPLICATIONS: Shape = listOf({
  name: text,
  apiKey: text,
  status: only('DISABLED', 'ENABLED', 'REVOKED'),
  allowanceApplicationOverall: count,
  allowanceAccountTrading: count,
  allowanceAccountOverall: count,
  allowanceAccountHistoricalData: count,
  concurrentSubscriptionsLimit: count,
  allowEquities: truth,
  allowQuoteOrders: truth,
  createdDate: like(/^\d{4}-\d\d-\d\d$/),
})
