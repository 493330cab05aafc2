/**
 * The tables of the README that come from the code. A test compares them; `pnpm exec node packages/sdk/readme-tables.ts` writes
 * them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { errorTable } from './src/error-codes.ts'
import { ROUTES, type RouteName } from './src/rest/routes.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const README = `${HERE}README.md`

/** Which call performs a route, and the file with its doc comment. */
const PERFORMED_BY: Readonly<Record<RouteName, readonly [call: string, file: string]>> = {
  signIn: ['connectIg', 'connect-ig'],
  signInOauth: ['connectIg', 'connect-ig'],
  encryptionKey: ['connectIg', 'connect-ig'],
  refreshToken: ['connectIg', 'connect-ig'],
  signOut: ['ig.close', 'ig'],
  readSession: ['session.read', 'resources/session'],
  switchAccount: ['session.switchAccount', 'resources/session'],
  accounts: ['accounts.list', 'resources/accounts'],
  preferences: ['accounts.preferences', 'resources/accounts'],
  setPreferences: ['accounts.setPreferences', 'resources/accounts'],
  activity: ['history.activity', 'resources/history'],
  activityPaged: ['history.activityPaged', 'resources/history'],
  activityBetween: ['history.activityBetween', 'resources/history'],
  activityOfPeriod: ['history.activityOfPeriod', 'resources/history'],
  transactions: ['history.transactions', 'resources/history'],
  transactionsBetween: ['history.transactionsBetween', 'resources/history'],
  transactionsOfPeriod: ['history.transactionsOfPeriod', 'resources/history'],
  confirm: ['confirms.find', 'resources/confirms'],
  positions: ['positions.list', 'resources/positions'],
  position: ['positions.get', 'resources/positions'],
  openPosition: ['positions.open', 'resources/positions'],
  amendPosition: ['positions.amend', 'resources/positions'],
  closePosition: ['positions.close', 'resources/positions'],
  workingOrders: ['orders.list', 'resources/orders'],
  placeWorkingOrder: ['orders.place', 'resources/orders'],
  amendWorkingOrder: ['orders.amend', 'resources/orders'],
  cancelWorkingOrder: ['orders.cancel', 'resources/orders'],
  repeatDealingWindow: ['repeatDealing.window', 'resources/repeat-dealing'],
  market: ['markets.get', 'resources/markets'],
  marketLadder: ['markets.ladder', 'resources/markets'],
  markets: ['markets.details', 'resources/markets'],
  searchMarkets: ['markets.search', 'resources/markets'],
  categories: ['markets.categories', 'resources/markets'],
  categoryInstruments: ['markets.instruments', 'resources/markets'],
  sentiments: ['markets.sentiments', 'resources/markets'],
  sentiment: ['markets.sentiment', 'resources/markets'],
  relatedSentiments: ['markets.relatedSentiments', 'resources/markets'],
  prices: ['prices.candles', 'resources/prices'],
  pricesByColonDates: ['prices.betweenV1', 'resources/prices'],
  latestPrices: ['prices.latest', 'resources/prices'],
  pricesBetween: ['prices.between', 'resources/prices'],
  watchlists: ['watchlists.list', 'resources/watchlists'],
  createWatchlist: ['watchlists.create', 'resources/watchlists'],
  watchlist: ['watchlists.markets', 'resources/watchlists'],
  addToWatchlist: ['watchlists.add', 'resources/watchlists'],
  deleteWatchlist: ['watchlists.delete', 'resources/watchlists'],
  removeFromWatchlist: ['watchlists.remove', 'resources/watchlists'],
  applications: ['applications.list', 'resources/applications'],
  updateApplication: ['applications.update', 'resources/applications'],
  disableApplication: ['applications.disable', 'resources/applications'],
  openingCosts: ['costs.ofOpening', 'resources/costs'],
  closingCosts: ['costs.ofClosing', 'resources/costs'],
  editingCosts: ['costs.ofEditing', 'resources/costs'],
  costsDocument: ['costs.document', 'resources/costs'],
  costsHistory: ['costs.history', 'resources/costs'],
}

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
export function readmeTables(): Readonly<Record<'operations' | 'error-codes', string>> {
  return { operations: operationsTable(), 'error-codes': errorCodesTable() }
}

export function withTables(readme: string): string {
  return Object.entries(readmeTables()).reduce((text, [name, table]) => {
    const marked = new RegExp(`(<!-- ${name} -->\n\n)[\\s\\S]*?(\n\n<!-- /${name} -->)`)
    if (!marked.test(text))
      throw new Error(`expected the markers of ${name} in the README, but they are not there; add them`)
    return text.replace(marked, (_whole, before: string, after: string) => `${before}${table}${after}`)
  }, readme)
}

function operationsTable(): string {
  const rows = Object.entries(ROUTES).map(([name, { method, path, version, counts, isHistorical }]) => {
    const [call, file] = PERFORMED_BY[name as RouteName]
    const allowance = isHistorical ? 'data, points' : counts
    return [`\`${method} ${path}\``, String(version), `[\`${call}\`](src/${file}.ts#L${lineOf(call, file)})`, allowance]
  })
  return markdownTable(['Operation', 'Version', 'Call', 'Allowance'], rows)
}

/** Where the method, or the function, is declared: right below its doc comment. */
function lineOf(call: string, file: string): number {
  const name = call.split('.').at(-1) ?? call
  const lines = readFileSync(`${HERE}src/${file}.ts`, 'utf8').split('\n')
  const at = lines.findIndex(line => new RegExp(`^(?: {2}|export async function )${name}\\(`).test(line))
  if (at === -1) throw new Error(`expected ${call} in src/${file}.ts, but it is not there; correct PERFORMED_BY`)
  return at + 1
}

function errorCodesTable(): string {
  const rows = errorTable().map(({ code, httpStatuses, class: name, advice }) => {
    return [`\`${code}\``, httpStatuses.join(', '), name, advice.replaceAll('|', '\\|')]
  })
  return markdownTable(['Code', 'Status', 'Class', 'Do'], rows)
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, at) => Math.max(title.length, ...rows.map(row => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [titles, widths.map(width => '-'.repeat(width)), ...rows].map(line).join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(README, withTables(readFileSync(README, 'utf8')))
