import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as shapes from '../../testing/ig-shapes/index.ts'
import { listOf, mismatches, type Shape } from '../../testing/json-shape.ts'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { at, call, OPEN, ORDER, type RestAnswer, type RestClient, signIn } from '../../testing/rest-client.ts'
import type { MockBroker } from '../index.ts'

/** Every answer has the keys of IG's, no more and no fewer, with values of the same kind and format: read from the socket. */
const EURUSD = 'CS.D.EURUSD.CFD.IP'
const KEY = { 'X-IG-API-KEY': 'mock-api-key' }
const CREDENTIALS = JSON.stringify({ identifier: 'mock', password: 'mock' })

let broker: MockBroker
let client: RestClient
beforeAll(async () => {
  broker = await startQuietBroker()
  client = await signIn(broker)
})
afterAll(() => broker.close())

function expectShape(answer: RestAnswer, shape: Shape, status = 200): void {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  expect(mismatches(answer.body, shape)).toEqual([])
}

/** Sends a dealing request and waits for its confirm. */
async function deal(method: string, path: string, version: number, body: unknown, headers = {}): Promise<RestAnswer> {
  const taken = await client.send(method, path, version, body, headers)
  expectShape(taken, shapes.TAKEN)
  return client.get(`/confirms/${at(taken.body, 'dealReference')}`, 1)
}

describe('signing in', () => {
  it.each([1, 2])('with version %i has the account and its money, tokens in headers', async version => {
    const answer = await call(broker, 'POST', '/session', { ...KEY, Version: String(version) }, CREDENTIALS)
    expectShape(answer, shapes.SESSION)
    expect(answer.headers.get('CST')).toMatch(/^\S+$/)
    expect(answer.headers.get('X-SECURITY-TOKEN')).toMatch(/^\S+$/)
  })

  it('with version 3 has tokens, which are refreshed', async () => {
    const answer = await call(broker, 'POST', '/session', { ...KEY, Version: '3' }, CREDENTIALS)
    expectShape(answer, shapes.SESSION_V3)
    expect(answer.headers.get('CST')).toBeNull()
    const refresh = JSON.stringify({ refresh_token: at(answer.body, 'oauthToken', 'refresh_token') })
    expectShape(await call(broker, 'POST', '/session/refresh-token', { ...KEY, Version: '1' }, refresh), shapes.OAUTH)
  })

  it('with a wrong password has an error code and nothing else', async () => {
    const wrong = JSON.stringify({ identifier: 'mock', password: 'wrong' })
    const answer = await call(broker, 'POST', '/session', { ...KEY, Version: '2' }, wrong)
    expectShape(answer, shapes.REFUSED, 401)
    expect(answer.body).toEqual({ errorCode: 'error.security.invalid-details' })
  })
})

describe.each<readonly [string, number, Shape]>([
  ['/session', 1, shapes.SESSION_DETAILS],
  ['/session/encryptionKey', 1, shapes.ENCRYPTION_KEY],
  ['/accounts', 1, shapes.ACCOUNTS],
  ['/accounts/preferences', 1, shapes.PREFERENCES],
  [`/markets/${EURUSD}`, 1, shapes.MARKET_V1],
  [`/markets/${EURUSD}`, 2, shapes.MARKET_V2],
  [`/markets/${EURUSD}`, 3, shapes.MARKET],
  [`/markets/${EURUSD}`, 4, shapes.MARKET_V4],
  ['/markets/SE.D.PFE.CASH.IP', 3, shapes.MARKET],
  ['/markets/UA.D.AAPL.CASH.IP', 3, shapes.MARKET],
  ['/markets/IX.D.FTSE.CFD.IP', 3, shapes.MARKET],
  ['/markets/IX.D.FTSE.DAILY.IP', 3, shapes.MARKET],
  ['/markets/MT.D.HG.MONTH1.IP', 3, shapes.MARKET],
  [`/markets?epics=${EURUSD},IX.D.DAX.IFD.IP`, 1, { marketDetails: listOf(shapes.MARKET, 2) }],
  [`/markets?epics=${EURUSD},IX.D.DAX.IFD.IP`, 2, { marketDetails: listOf(shapes.MARKET, 2) }],
  [`/markets?epics=${EURUSD}&filter=SNAPSHOT_ONLY`, 2, { marketDetails: listOf(shapes.SNAPSHOT_ONLY) }],
  ['/markets?searchTerm=pfizer', 1, shapes.SEARCH],
  ['/markets?searchTerm=eur', 1, shapes.SEARCH],
  ['/categories', 1, shapes.CATEGORIES],
  ['/categories/FOREX/instruments', 1, shapes.CATEGORY_INSTRUMENTS],
  ['/history/activity?from=2020-01-01T00:00:00&detailed=true', 3, shapes.ACTIVITIES],
  ['/history/activity?from=2020-01-01T00:00:00', 3, shapes.BARE_ACTIVITIES],
  ['/history/activity?from=2020-01-01T00:00:00', 2, shapes.ACTIVITIES_V2],
  ['/history/activity/5000000000', 1, shapes.ACTIVITIES_V1],
  ['/history/transactions?from=2020-01-01T00:00:00&pageSize=0', 2, shapes.TRANSACTIONS],
  ['/history/transactions/ALL/5000000000', 1, shapes.TRANSACTIONS_V1],
  [`/prices/${EURUSD}`, 3, shapes.PRICES],
  [`/prices/${EURUSD}/HOUR/2`, 2, shapes.PRICES_V2],
  [`/prices/${EURUSD}/HOUR/2`, 1, shapes.PRICES_V1],
  ['/watchlists', 1, shapes.WATCHLISTS],
  ['/watchlists/Popular%20Markets', 1, shapes.WATCHLIST],
  ['/clientsentiment?marketIds=EURUSD,NOBODYKNOWS', 1, shapes.SENTIMENTS],
  ['/clientsentiment/EURUSD', 1, shapes.SENTIMENT],
  ['/clientsentiment/related/EURUSD', 1, shapes.SENTIMENTS],
  ['/operations/application', 1, shapes.APPLICATIONS],
])('GET %s', (path, version, shape) => {
  it(`in version ${version} is built like IG's`, async () => {
    expectShape(await client.get(path, version), shape)
  })
})

describe('dealing', () => {
  it('has the shape of IG in every answer from the open to the close', async () => {
    expectShape(await client.get('/positions', 2), { positions: listOf(shapes.POSITION, 0) })
    const stopped = { ...OPEN, stopDistance: 15, limitLevel: 1.0872 }
    const opened = await deal('POST', '/positions/otc', 2, stopped)
    expectShape(opened, shapes.ACCEPTED)
    await deal('POST', '/positions/otc', 2, OPEN)
    await deal('POST', '/positions/otc', 2, { ...OPEN, guaranteedStop: true, stopDistance: 20 })
    await deal('POST', '/positions/otc', 2, {
      ...OPEN,
      trailingStop: true,
      stopDistance: 20,
      trailingStopIncrement: 5,
    })
    expectShape(await client.get('/positions', 2), { positions: listOf(shapes.POSITION, 4) })
    expectShape(await client.get('/positions', 1), { positions: listOf(shapes.POSITION_V1, 4) })
    const dealId = at(opened.body, 'dealId')
    expectShape(await client.get(`/positions/${dealId}`, 2), shapes.POSITION)
    expectShape(await client.get(`/positions/${dealId}`, 1), shapes.POSITION_V1)
    expectShape(
      await deal('PUT', `/positions/otc/${dealId}`, 2, { stopLevel: 1.082, limitLevel: null }),
      shapes.ACCEPTED,
    )
    const close = { dealId, direction: 'SELL', size: 0.5, orderType: 'MARKET' }
    expectShape(await deal('POST', '/positions/otc', 1, close, { _method: 'DELETE' }), shapes.ACCEPTED)
    const closed = await deal('POST', '/positions/otc', 1, close, { _method: 'DELETE' })
    expectShape(closed, shapes.ACCEPTED)
    // A close names the deal that opened, and what it earned.
    expect(closed.body).toMatchObject({ dealId, status: 'CLOSED', profit: -3, profitCurrency: 'USD' })
    const refused = await deal('POST', '/positions/otc', 2, { ...OPEN, stopDistance: 0.5 })
    expectShape(refused, shapes.REJECTED)
    expectShape(await client.get('/repeat-dealing-window', 1), shapes.REPEAT_WINDOW)
    expectShape(await client.get('/history/activity?from=2020-01-01T00:00:00&detailed=true', 3), shapes.ACTIVITIES)
    expectShape(await client.get('/history/transactions?from=2020-01-01T00:00:00', 2), shapes.TRANSACTIONS)
  })

  it('has the shape of IG in every answer about a working order', async () => {
    const tillDate = { ...ORDER, timeInForce: 'GOOD_TILL_DATE', goodTillDate: '2099/06/30 20:59:00' }
    const placed = await deal('POST', '/workingorders/otc', 2, { ...tillDate, stopDistance: 5, limitLevel: 1.09 })
    expectShape(placed, shapes.ACCEPTED)
    await deal('POST', '/workingorders/otc', 2, { ...ORDER, guaranteedStop: true, stopDistance: 10 })
    expectShape(await client.get('/workingorders', 2), { workingOrders: listOf(shapes.WORKING_ORDER, 2) })
    expectShape(await client.get('/workingorders', 1), { workingOrders: listOf(shapes.WORKING_ORDER_V1, 2) })
    const path = `/workingorders/otc/${at(placed.body, 'dealId')}`
    expectShape(await deal('PUT', path, 2, { ...tillDate, level: 1.082 }), shapes.ACCEPTED)
    expectShape(await deal('DELETE', path, 2, undefined), shapes.ACCEPTED)
    expectShape(await client.get('/history/activity?from=2020-01-01T00:00:00', 2), shapes.ACTIVITIES_V2)
  })
})

it('the rest that changes something answers as IG does', async () => {
  const made = await client.send('POST', '/watchlists', 1, { name: 'Mine', epics: [EURUSD] })
  expectShape(made, shapes.MADE_WATCHLIST)
  const list = `/watchlists/${at(made.body, 'watchlistId')}`
  expectShape(await client.send('PUT', list, 1, { epic: 'IX.D.DAX.IFD.IP' }), shapes.DONE)
  expectShape(await client.send('DELETE', `${list}/${EURUSD}`, 1, undefined), shapes.DONE)
  expectShape(await client.send('DELETE', list, 1, undefined), shapes.DONE)
  expectShape(await client.send('PUT', '/accounts/preferences', 1, { trailingStopsEnabled: true }), shapes.DONE)
  const own = await signIn(broker)
  expectShape(await own.send('PUT', '/session', 1, { accountId: 'MOCK2' }), shapes.SWITCHED)
  const leaving = await signIn(broker)
  expect(await leaving.send('DELETE', '/session', 1, undefined)).toMatchObject({ body: '' })
})
