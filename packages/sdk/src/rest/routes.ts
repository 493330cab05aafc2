/**
 * One operation of IG's REST API, in one version.
 * Source: IG Labs, REST API reference (https://labs.ig.com/reference/), one page per group.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the base URL; `{name}` stands for a parameter. */
  readonly path: string
  /** Header `Version`. */
  readonly version: 1 | 2 | 3 | 4
  /** The allowance that a call counts against. Source: IG Labs, FAQ, "Limits". */
  readonly counts: 'trading' | 'data'
  /** Each price point in the answer also counts against the week's historical allowance. */
  readonly isHistorical: boolean
}

const at = (counts: Route['counts'], isHistorical: boolean) => {
  return (method: Route['method'], path: string, version: Route['version']): Route => ({
    method,
    path,
    version,
    counts,
    isHistorical,
  })
}
const data = at('data', false)
const trading = at('trading', false)
const historical = at('data', true)

/**
 * Every operation that this package performs, by our name of it. The unhyphenated paths are those of IG's own samples;
 * newer pages of the reference print some with hyphens.
 */
export const ROUTES = {
  signIn: data('POST', '/session', 2),
  signInOauth: data('POST', '/session', 3),
  readSession: data('GET', '/session', 1),
  switchAccount: data('PUT', '/session', 1),
  signOut: data('DELETE', '/session', 1),
  refreshToken: data('POST', '/session/refresh-token', 1),
  encryptionKey: data('GET', '/session/encryptionKey', 1),

  accounts: data('GET', '/accounts', 1),
  preferences: data('GET', '/accounts/preferences', 1),
  setPreferences: data('PUT', '/accounts/preferences', 1),

  activity: data('GET', '/history/activity', 3),
  activityPaged: data('GET', '/history/activity', 2),
  activityBetween: data('GET', '/history/activity/{fromDate}/{toDate}', 1),
  activityOfPeriod: data('GET', '/history/activity/{lastPeriod}', 1),
  transactions: data('GET', '/history/transactions', 2),
  transactionsBetween: data('GET', '/history/transactions/{transactionType}/{fromDate}/{toDate}', 1),
  transactionsOfPeriod: data('GET', '/history/transactions/{transactionType}/{lastPeriod}', 1),

  confirm: data('GET', '/confirms/{dealReference}', 1),
  positions: data('GET', '/positions', 2),
  position: data('GET', '/positions/{dealId}', 2),
  openPosition: trading('POST', '/positions/otc', 2),
  amendPosition: trading('PUT', '/positions/otc/{dealId}', 2),
  closePosition: trading('DELETE', '/positions/otc', 1),
  workingOrders: data('GET', '/workingorders', 2),
  placeWorkingOrder: trading('POST', '/workingorders/otc', 2),
  amendWorkingOrder: trading('PUT', '/workingorders/otc/{dealId}', 2),
  cancelWorkingOrder: trading('DELETE', '/workingorders/otc/{dealId}', 2),
  repeatDealingWindow: data('GET', '/repeat-dealing-window', 1),

  market: data('GET', '/markets/{epic}', 3),
  marketLadder: data('GET', '/markets/{epic}', 4),
  markets: data('GET', '/markets?epics=', 2),
  searchMarkets: data('GET', '/markets?searchTerm=', 1),
  categories: data('GET', '/categories', 1),
  categoryInstruments: data('GET', '/categories/{categoryId}/instruments', 1),
  sentiments: data('GET', '/clientsentiment?marketIds=', 1),
  sentiment: data('GET', '/clientsentiment/{marketId}', 1),
  relatedSentiments: data('GET', '/clientsentiment/related/{marketId}', 1),

  prices: historical('GET', '/prices/{epic}', 3),
  pricesByColonDates: historical('GET', '/prices/{epic}/{resolution}?startdate&enddate', 1),
  latestPrices: historical('GET', '/prices/{epic}/{resolution}/{numPoints}', 2),
  pricesBetween: historical('GET', '/prices/{epic}/{resolution}/{startDate}/{endDate}', 2),

  watchlists: data('GET', '/watchlists', 1),
  createWatchlist: data('POST', '/watchlists', 1),
  watchlist: data('GET', '/watchlists/{watchlistId}', 1),
  addToWatchlist: data('PUT', '/watchlists/{watchlistId}', 1),
  deleteWatchlist: data('DELETE', '/watchlists/{watchlistId}', 1),
  removeFromWatchlist: data('DELETE', '/watchlists/{watchlistId}/{epic}', 1),

  applications: data('GET', '/operations/application', 1),
  updateApplication: data('PUT', '/operations/application', 1),
  disableApplication: data('PUT', '/operations/application/disable', 1),

  openingCosts: data('POST', '/indicativecostsandcharges/open', 1),
  closingCosts: data('POST', '/indicativecostsandcharges/close', 1),
  editingCosts: data('POST', '/indicativecostsandcharges/edit', 1),
  costsDocument: data('GET', '/indicativecostsandcharges/durablemedium/{indicativeQuoteReference}', 1),
  costsHistory: data('GET', '/indicativecostsandcharges/history/from/{from}/to/{to}', 1),
} as const satisfies Readonly<Record<string, Route>>

export type RouteName = keyof typeof ROUTES
