import { routeLabel } from '../rest/caller.ts'
import { ROUTES, type RouteName } from '../rest/routes.ts'

/** Which file of `src/contract` exercises a route: one for each, or this does not compile. */
export const CONTRACT_FILES = {
  signIn: 'session',
  signInOauth: 'session',
  readSession: 'session',
  switchAccount: 'session',
  signOut: 'session',
  refreshToken: 'session',
  encryptionKey: 'session',

  accounts: 'accounts',
  preferences: 'accounts',
  setPreferences: 'accounts',

  activity: 'activity',
  activityPaged: 'activity',
  activityBetween: 'activity',
  activityOfPeriod: 'activity',
  transactions: 'transactions',
  transactionsBetween: 'transactions',
  transactionsOfPeriod: 'transactions',

  confirm: 'positions',
  positions: 'positions',
  position: 'positions',
  openPosition: 'positions',
  amendPosition: 'positions',
  closePosition: 'positions',
  repeatDealingWindow: 'positions',
  workingOrders: 'orders',
  placeWorkingOrder: 'orders',
  amendWorkingOrder: 'orders',
  cancelWorkingOrder: 'orders',

  market: 'markets',
  marketLadder: 'markets',
  markets: 'markets',
  searchMarkets: 'markets',
  categories: 'markets',
  categoryInstruments: 'markets',
  sentiments: 'markets',
  sentiment: 'markets',
  relatedSentiments: 'markets',

  prices: 'prices',
  pricesByColonDates: 'prices',
  latestPrices: 'prices',
  pricesBetween: 'prices',

  watchlists: 'watchlists',
  createWatchlist: 'watchlists',
  watchlist: 'watchlists',
  addToWatchlist: 'watchlists',
  deleteWatchlist: 'watchlists',
  removeFromWatchlist: 'watchlists',

  applications: 'applications',
  updateApplication: 'applications',
  disableApplication: 'applications',

  openingCosts: 'costs',
  closingCosts: 'costs',
  editingCosts: 'costs',
  costsDocument: 'costs',
  costsHistory: 'costs',
} as const satisfies Readonly<Record<RouteName, string>>

export type ContractFile = (typeof CONTRACT_FILES)[RouteName]

/** Labels of the routes that were answered well, in this process. */
const answered = new Set<string>()

export function noteAnswered(route: string): void {
  answered.add(route)
}

/** The routes of a file that no good answer came for so far: look at the end of the file. */
export function notExercised(file: ContractFile): readonly RouteName[] {
  const names = Object.keys(CONTRACT_FILES) as RouteName[]
  return names.filter(name => CONTRACT_FILES[name] === file && !answered.has(routeLabel(ROUTES[name])))
}
