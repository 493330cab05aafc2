import { Decimal } from 'decimal.js'
import { accountId, dealId, dealReference, epic } from '../ids.ts'
import type { Ig } from '../ig.ts'
import type { CallOptions } from '../rest/rest.ts'
import { Secret } from '../secret.ts'
import type { Sent } from '../submission.ts'

/** One call of a connection's, and the path, below the base, that it asks first. */
export interface EveryCall {
  readonly path: string
  readonly call: (ig: Ig, options: CallOptions) => Promise<unknown>
}

const EPIC = epic('CS.D.EURUSD.CFD.IP')
const one = new Decimal(1)
const costs = { bid: one, offer: one, currency: 'EUR', reference: dealReference('C'), size: one, openingLevel: one }
const minute = { epic: EPIC, resolution: 'minute' } as const
const time = { fromMs: 0, toMs: 60_000 }
const bars = { ...minute, ...time }
const update = { status: 'enabled', tradingPerMinute: 1, dataPerMinute: 1 } as const
const all = <T>(rows: AsyncIterable<T>): Promise<readonly T[]> => Array.fromAsync(rows)
const prices = `/prices/${EPIC}`

/** Every call that is no order. @param apiKey the login's own. */
export function everyCall(apiKey: string): readonly EveryCall[] {
  const key = new Secret(apiKey)
  return [
    { path: '/session', call: (ig, o) => ig.session.read(o) },
    { path: '/session', call: (ig, o) => ig.session.switchAccount(accountId('ABC13'), o) },
    { path: '/accounts', call: (ig, o) => ig.accounts.list(o) },
    { path: '/accounts/preferences', call: (ig, o) => ig.accounts.preferences(o) },
    { path: '/accounts/preferences', call: (ig, o) => ig.accounts.setPreferences({ trailingStopsEnabled: true }, o) },
    { path: `/markets/${EPIC}`, call: (ig, o) => ig.markets.get(EPIC, o) },
    { path: `/markets/${EPIC}`, call: (ig, o) => ig.markets.ladder(EPIC, o) },
    { path: '/markets', call: (ig, o) => ig.markets.details([EPIC], o) },
    { path: '/markets', call: (ig, o) => ig.markets.snapshots([EPIC], { ...o, onUnknown: 'leave-out' }) },
    { path: '/markets', call: (ig, o) => ig.markets.search('x', o) },
    { path: '/categories', call: (ig, o) => ig.markets.categories(o) },
    { path: '/categories/X/instruments', call: (ig, o) => all(ig.markets.instruments('X', o)) },
    { path: '/clientsentiment/X', call: (ig, o) => ig.markets.sentiment('X', o) },
    { path: '/clientsentiment', call: (ig, o) => ig.markets.sentiments(['X'], o) },
    { path: '/clientsentiment/related/X', call: (ig, o) => ig.markets.relatedSentiments('X', o) },
    { path: prices, call: (ig, o) => ig.prices.list({ ...minute, latest: 1 }, o) },
    { path: prices, call: (ig, o) => all(ig.prices.candles(bars, o)) },
    { path: `${prices}/MINUTE`, call: (ig, o) => ig.prices.betweenV1(bars, o) },
    { path: `${prices}/MINUTE/1`, call: (ig, o) => ig.prices.latest({ ...minute, latest: 1 }, o) },
    {
      path: `${prices}/MINUTE/1970-01-01%2000%3A00%3A00/1970-01-01%2000%3A01%3A00`,
      call: (ig, o) => ig.prices.between(bars, o),
    },
    { path: '/positions', call: (ig, o) => ig.positions.list(o) },
    { path: '/positions/D1', call: (ig, o) => ig.positions.get(dealId('D1'), o) },
    { path: '/workingorders', call: (ig, o) => ig.orders.list(o) },
    { path: '/confirms/R1', call: (ig, o) => ig.confirms.find(dealReference('R1'), o) },
    { path: '/repeat-dealing-window', call: (ig, o) => ig.repeatDealing.window(EPIC, o) },
    { path: '/history/activity', call: (ig, o) => all(ig.history.activity(time, o)) },
    { path: '/history/activity', call: (ig, o) => ig.history.activityPaged({ lastSeconds: 60 }, o) },
    { path: '/history/activity/60000', call: (ig, o) => ig.history.activityOfPeriod(60_000, o) },
    {
      path: '/history/activity/01-01-2026/02-01-2026',
      call: (ig, o) => ig.history.activityBetween('2026-01-01', '2026-01-02', o),
    },
    { path: '/history/transactions', call: (ig, o) => all(ig.history.transactions(time, o)) },
    { path: '/history/transactions/ALL/60000', call: (ig, o) => ig.history.transactionsOfPeriod('all', 60_000, o) },
    {
      path: '/history/transactions/ALL/01-01-2026/02-01-2026',
      call: (ig, o) => ig.history.transactionsBetween('all', '2026-01-01', '2026-01-02', o),
    },
    { path: '/watchlists', call: (ig, o) => ig.watchlists.list(o) },
    { path: '/watchlists', call: (ig, o) => ig.watchlists.create({ name: 'X', epics: [EPIC] }, o) },
    { path: '/watchlists/X', call: (ig, o) => ig.watchlists.markets('X', o) },
    { path: '/watchlists/X', call: (ig, o) => ig.watchlists.add('X', EPIC, o) },
    { path: '/watchlists/X', call: (ig, o) => ig.watchlists.delete('X', o) },
    { path: `/watchlists/X/${EPIC}`, call: (ig, o) => ig.watchlists.remove('X', EPIC, o) },
    { path: '/operations/application', call: (ig, o) => ig.applications.list(o) },
    { path: '/operations/application', call: (ig, o) => ig.applications.update({ ...update, apiKey: key }, o) },
    { path: '/operations/application/disable', call: (ig, o) => ig.applications.disable(o) },
    { path: '/indicativecostsandcharges/open', call: (ig, o) => ig.costs.ofOpening(costs, o) },
    { path: '/indicativecostsandcharges/close', call: (ig, o) => ig.costs.ofClosing(costs, o) },
    { path: '/indicativecostsandcharges/edit', call: (ig, o) => ig.costs.ofEditing(costs, o) },
    { path: '/indicativecostsandcharges/durablemedium/X', call: (ig, o) => ig.costs.document('X', o) },
    {
      path: '/indicativecostsandcharges/history/from/1970-01-01T00%3A00%3A00.000Z/to/1970-01-01T00%3A01%3A00.000Z',
      call: (ig, o) => all(ig.costs.history(time, o)),
    },
  ]
}

const market = { epic: EPIC, expiry: '-', currency: 'EUR' }
const D1 = dealId('D1')
const terms = { market, direction: 'BUY', size: one } as const
const resting = { kind: 'limit', level: one, goodTill: 'cancelled' } as const

/** Every way to send an order. */
export const EVERY_ORDER: readonly ((ig: Ig, reference: string, options: CallOptions) => Promise<Sent>)[] = [
  (ig, reference, o) => ig.positions.open({ ...terms, reference: dealReference(reference) }, watch(o)),
  (ig, _reference, o) => ig.positions.close({ dealId: D1, direction: 'SELL', size: one }, watch(o)),
  (ig, _reference, o) => ig.positions.close({ market, direction: 'SELL', size: one }, watch(o)),
  (ig, _reference, o) => ig.positions.amend({ dealId: D1, stopLevel: one, limitLevel: null }, watch(o)),
  (ig, reference, o) => ig.orders.place({ ...terms, ...resting, reference: dealReference(reference) }, watch(o)),
  (ig, _reference, o) => ig.orders.amend({ dealId: D1, ...resting, stop: null, limit: null }, watch(o)),
  (ig, _reference, o) => ig.orders.cancel(D1, watch(o)),
  (ig, reference, o) =>
    ig.positions.open({ ...terms, reference: dealReference(reference), size: new Decimal(-1) }, watch(o)),
]

function watch({ signal, timeoutMs }: CallOptions) {
  return { ...(signal === undefined ? {} : { signal }), ...(timeoutMs === undefined ? {} : { timeoutMs }) }
}
