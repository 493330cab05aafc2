import { listAccounts, readPreferences, writePreferences } from './account-routes.ts'
import { listActivity, listActivityOfDates, listActivityOfPeriod } from './activity-routes.ts'
import { changeApplication, disableApplication, listApplications } from './application-routes.ts'
import { listCategories, listInstruments } from './category-routes.ts'
import { closeCosts, costDocument, editCosts, listCosts, openCosts } from './cost-routes.ts'
import { readMarket, readMarkets } from './market-routes.ts'
import {
  amendPosition,
  closePosition,
  listPositions,
  openPosition,
  readConfirm,
  readPosition,
  readRepeatWindow,
} from './position-routes.ts'
import { readPrices, readPricesOfDates, readPricesOfNumber, readPricesOfQuery } from './price-routes.ts'
import { deals, open, type Route, reads } from './route.ts'
import { listRelatedSentiment, listSentiment, readSentiment } from './sentiment-routes.ts'
import { readEncryptionKey, readSession, refreshSession, signIn, signOut, switchAccount } from './session-routes.ts'
import { listTransactions, listTransactionsOfDates, listTransactionsOfPeriod } from './transaction-routes.ts'
import {
  addToWatchlist,
  createWatchlist,
  deleteWatchlist,
  listWatchlists,
  readWatchlist,
  removeFromWatchlist,
} from './watchlist-routes.ts'
import { amendOrder, cancelOrder, listWorkingOrders, placeOrder } from './working-order-routes.ts'

/**
 * Every operation of IG Labs, REST API reference, in its versions. Any other path or version is `invalid.url`: so are sprint
 * markets and market navigation, which IG has retired.
 */
const routes: readonly Route[] = [
  open('POST /session', [1, 2, 3], signIn),
  open('POST /session/refresh-token', [1], refreshSession),
  open('GET /session/encryptionKey', [1], readEncryptionKey),
  reads('GET /session', [1], readSession),
  reads('PUT /session', [1], switchAccount),
  reads('DELETE /session', [1], signOut),
  reads('GET /accounts', [1], listAccounts),
  reads('GET /accounts/preferences', [1], readPreferences),
  reads('PUT /accounts/preferences', [1], writePreferences),
  reads('GET /history/activity', [2, 3], listActivity),
  reads('GET /history/activity/*/*', [1], listActivityOfDates),
  reads('GET /history/activity/*', [1], listActivityOfPeriod),
  reads('GET /history/transactions', [2], listTransactions),
  reads('GET /history/transactions/*/*/*', [1], listTransactionsOfDates),
  reads('GET /history/transactions/*/*', [1], listTransactionsOfPeriod),
  reads('GET /confirms/*', [1], readConfirm),
  reads('GET /positions', [1, 2], listPositions),
  reads('GET /positions/*', [1, 2], readPosition),
  deals('POST /positions/otc', [1, 2], openPosition),
  deals('PUT /positions/otc/*', [1, 2], amendPosition),
  deals('DELETE /positions/otc', [1], closePosition),
  reads('GET /workingorders', [1, 2], listWorkingOrders),
  deals('POST /workingorders/otc', [1, 2], placeOrder),
  deals('PUT /workingorders/otc/*', [1, 2], amendOrder),
  deals('DELETE /workingorders/otc/*', [1, 2], cancelOrder),
  reads('GET /repeat-dealing-window', [1], readRepeatWindow),
  reads('GET /markets', [1, 2], readMarkets),
  reads('GET /markets/*', [1, 2, 3, 4], readMarket),
  reads('GET /categories', [1], listCategories),
  reads('GET /categories/*/instruments', [1], listInstruments),
  reads('GET /prices/*', [3], readPrices),
  reads('GET /prices/*/*', [1], readPricesOfQuery),
  reads('GET /prices/*/*/*', [1, 2], readPricesOfNumber),
  reads('GET /prices/*/*/*/*', [2], readPricesOfDates),
  reads('GET /clientsentiment', [1], listSentiment),
  reads('GET /clientsentiment/*', [1], readSentiment),
  reads('GET /clientsentiment/related/*', [1], listRelatedSentiment),
  reads('GET /watchlists', [1], listWatchlists),
  reads('POST /watchlists', [1], createWatchlist),
  reads('GET /watchlists/*', [1], readWatchlist),
  reads('PUT /watchlists/*', [1], addToWatchlist),
  reads('DELETE /watchlists/*', [1], deleteWatchlist),
  reads('DELETE /watchlists/*/*', [1], removeFromWatchlist),
  reads('GET /operations/application', [1], listApplications),
  reads('PUT /operations/application', [1], changeApplication),
  reads('PUT /operations/application/disable', [1], disableApplication),
  reads('POST /indicativecostsandcharges/open', [1], openCosts),
  reads('POST /indicativecostsandcharges/close', [1], closeCosts),
  reads('POST /indicativecostsandcharges/edit', [1], editCosts),
  reads('GET /indicativecostsandcharges/durablemedium/*', [1], costDocument),
  reads('GET /indicativecostsandcharges/history/from/*/to/*', [1], listCosts),
]

/** @returns null when there is no such path, method or version. */
export function findRoute(
  method: string,
  segments: readonly string[],
  version: number,
): { readonly route: Route; readonly parameters: readonly string[] } | null {
  // A slash at the end changes nothing: a client in use on IG's own servers sends one.
  const [first = '', ...rest] = segments.at(-1) === '' ? segments.slice(0, -1) : segments
  const asked = [otherSpellings.get(first) ?? first, ...rest]
  const candidates = byShape.get(`${method} ${asked.length}`) ?? []
  for (const { route, parts } of candidates) {
    if (!route.versions.includes(version)) continue
    if (parts.every((part, index) => part === '*' || part === asked[index])) {
      return { route, parameters: asked.filter((_, index) => parts[index] === '*') }
    }
  }
  return null
}

/** IG's newer pages print these; its samples and the clients in use have the others. */
const otherSpellings: ReadonlyMap<string, string> = new Map([
  ['working-orders', 'workingorders'],
  ['client-sentiment', 'clientsentiment'],
])

const byShape = Map.groupBy(
  routes.map(route => ({ route, parts: route.path.slice(1).split('/') })),
  ({ route, parts }) => `${route.method} ${parts.length}`,
)
