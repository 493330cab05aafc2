import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { at, call, OPEN, type RestClient, signIn } from '../../testing/rest-client.ts'
import type { MockBroker } from '../index.ts'

let broker: MockBroker
let client: RestClient
beforeAll(async () => {
  broker = await startQuietBroker()
  client = await signIn(broker)
})
afterAll(() => broker.close())

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const DATES = '01-01-2024/31-01-2024'
const STAMPS = '2024-01-03%2010:00:00/2024-01-03%2011:00:00'

/** Every operation that a GET reaches, with its versions (IG Labs, REST API reference). */
const OPERATIONS: readonly (readonly [path: string, versions: readonly number[]])[] = [
  ['/session', [1]],
  ['/session/encryptionKey', [1]],
  ['/accounts', [1]],
  ['/accounts/preferences', [1]],
  ['/history/activity', [2, 3]],
  [`/history/activity/${DATES}`, [1]],
  ['/history/activity/60000', [1]],
  ['/history/transactions', [2]],
  [`/history/transactions/ALL/${DATES}`, [1]],
  ['/history/transactions/ALL/60000', [1]],
  ['/positions', [1, 2]],
  ['/workingorders', [1, 2]],
  ['/repeat-dealing-window', [1]],
  [`/markets/${EURUSD}`, [1, 2, 3, 4]],
  [`/markets?epics=${EURUSD}`, [1, 2]],
  ['/markets?searchTerm=dax', [1]],
  ['/categories', [1]],
  ['/categories/FOREX/instruments', [1]],
  [`/prices/${EURUSD}`, [3]],
  [`/prices/${EURUSD}/HOUR?startdate=2024:01:03-10:00:00&enddate=2024:01:03-11:00:00`, [1]],
  [`/prices/${EURUSD}/HOUR/2`, [1, 2]],
  [`/prices/${EURUSD}/HOUR/${STAMPS}`, [2]],
  ['/clientsentiment?marketIds=EURUSD', [1]],
  ['/clientsentiment/EURUSD', [1]],
  ['/clientsentiment/related/EURUSD', [1]],
  ['/watchlists', [1]],
  ['/watchlists/Popular%20Markets', [1]],
  ['/operations/application', [1]],
  ['/indicativecostsandcharges/history/from/2024-01-01T00:00:00.000Z/to/2030-01-01T00:00:00.000Z', [1]],
]

describe.each(OPERATIONS)('GET %s', (path, versions) => {
  it.each([1, 2, 3, 4, 5])(`in version %i is ${versions.join(', ')} or not at all`, async version => {
    const answer = await client.get(path, version)
    if (versions.includes(version)) expect(answer.status).toBe(200)
    else expect(answer).toMatchObject({ status: 404, body: { errorCode: 'invalid.url' } })
  })
})

it.each(['/marketnavigation', '/marketnavigation/1', '/sprintmarkets', '/positions/sprintmarkets/1'])(
  '%s is retired',
  async path => {
    expect(await client.get(path, 1)).toMatchObject({ status: 404, body: { errorCode: 'invalid.url' } })
  },
)

it.each(['/accounts/', '/positions/', '/workingorders/'])('%s is answered with its slash at the end', async path => {
  expect(await client.get(path, path === '/accounts/' ? 1 : 2)).toMatchObject({ status: 200 })
})

it('an order is counted with its slash at the end, too', async () => {
  const before = broker.orders().length
  await client.send('POST', '/positions/otc/', 2, { ...OPEN, size: null })
  expect(broker.orders()).toHaveLength(before + 1)
  expect(broker.dealingRequests().at(-1)?.path).toBe('/positions/otc/')
})

describe('market details', () => {
  it('of version 1 have a margin and named currencies, of version 4 a ladder and no margin', async () => {
    const { body: first } = await client.get(`/markets/${EURUSD}`, 1)
    expect(first).toMatchObject({ instrument: { margin: 3.33, currencies: [{ name: 'USD' }] } })
    expect(at(first, 'dealingRules', 'trailingStopsPreference')).toBeUndefined()
    expect(at(first, 'instrument', 'limitedRiskPremium')).toBeUndefined()
    const { body: second } = await client.get(`/markets/${EURUSD}`, 2)
    expect(second).toMatchObject({
      instrument: { marginFactor: 3.33 },
      dealingRules: { trailingStopsPreference: 'AVAILABLE' },
    })
    const { body: fourth } = await client.get(`/markets/${EURUSD}`, 4)
    expect(fourth).toMatchObject({
      instrument: { stopAllowed: true },
      snapshot: { priceLadder: [{ bid: '1.08417', ask: '1.08423' }] },
    })
    expect(at(fourth, 'instrument', 'marginFactor')).toBeUndefined()
    expect(at(fourth, 'dealingRules', 'marketOrderPreference')).toBeUndefined()
  })

  it('of version 3 print every nullable field', async () => {
    const { body } = await client.get('/markets/SE.D.PFE.CASH.IP', 3)
    // From 08:00 to midnight UTC, an hour later in the account's zone.
    expect(body).toMatchObject({
      instrument: {
        contractSize: null,
        onePipMeans: null,
        unit: 'SHARES',
        openingHours: { marketTimes: [{ openTime: '09:00', closeTime: '01:00' }] },
        expiryDetails: null,
        rolloverDetails: null,
        newsCode: null,
        streamingPricesAvailable: false,
        sprintMarketsMinimumExpiryTime: null,
      },
      snapshot: { marketStatus: 'EDITS_ONLY', bid: null, offer: null, high: null, low: null, binaryOdds: null },
    })
  })

  it('come for up to fifty epics at once, and for none when one is unknown', async () => {
    const epics = `${EURUSD},IX.D.DAX.IFD.IP`
    const { body } = await client.get(`/markets?epics=${epics}&filter=SNAPSHOT_ONLY`, 2)
    expect(body).toMatchObject({
      marketDetails: [
        { instrument: { epic: EURUSD, type: 'CURRENCIES', name: null, forceOpenAllowed: false }, dealingRules: null },
        { snapshot: { marketStatus: 'TRADEABLE' } },
      ],
    })
    expect(await client.get(`/markets?epics=${epics},CS.D.NOSUCH.IP`, 2)).toMatchObject({
      status: 404,
      body: { errorCode: 'error.public-api.epic-not-found' },
    })
    const many = Array.from({ length: 51 }, (_, index) => `CS.D.N${index}.IP`).join(',')
    expect(await client.get(`/markets?epics=${many}`, 1)).toMatchObject({
      status: 400,
      body: { errorCode: 'error.public-api.too-many-epics' },
    })
  })

  it('name a closed market, one that takes edits only, one without market orders and a daily bet', async () => {
    const state = async (epic: string) => (await client.get(`/markets/${epic}`, 3)).body
    expect(await state('IX.D.NIKKEI.IFM.IP')).toMatchObject({
      snapshot: { marketStatus: 'CLOSED', bid: expect.any(Number) },
    })
    expect(await state('CO.D.KC.USS.IP')).toMatchObject({ snapshot: { marketStatus: 'EDITS_ONLY' } })
    expect(await state('IX.D.SUNDOW.IGI.IP')).toMatchObject({
      dealingRules: { marketOrderPreference: 'NOT_AVAILABLE' },
    })
    expect(await state('CS.D.GBPUSD.TODAY.IP')).toMatchObject({
      instrument: { expiry: 'DFB', currencies: [{ code: 'GBP', isDefault: true }, {}, {}] },
    })
  })

  it('say so before dealing where market orders are not taken', async () => {
    const order = { ...OPEN, epic: 'IX.D.SUNDOW.IGI.IP' }
    expect(await client.send('POST', '/positions/otc', 2, order)).toMatchObject({
      status: 400,
      body: { errorCode: 'error.trading.otc.market-orders.not-supported-for-epic' },
    })
  })
})

describe('categories', () => {
  it('list their instruments in pages from 0', async () => {
    expect(await client.get('/categories', 1)).toMatchObject({
      body: { categories: expect.arrayContaining([{ code: 'SHARES', nonTradeable: false }]) },
    })
    const { body } = await client.get('/categories/SHARES/instruments?pageSize=3&pageNumber=1', 1)
    expect(body).toMatchObject({
      instruments: [{ lotSize: 1, otcTradeable: true }, {}, {}],
      metadata: { pageNumber: 1, pageSize: 3 },
    })
    expect(await client.get('/categories/SHARES/instruments?pageSize=1001', 1)).toMatchObject({
      status: 400,
      body: { errorCode: 'error.request.invalid.page-size' },
    })
  })
})

it('sentiment adds up to a hundred, and is 0 for a market that nobody knows', async () => {
  const { body } = await client.get('/client-sentiment?marketIds=EURUSD,NOPE', 1)
  expect(at(body, 'clientSentiments', 1)).toEqual({
    marketId: 'NOPE',
    longPositionPercentage: 0,
    shortPositionPercentage: 0,
  })
  const sum = ['long', 'short'].map(side => Number(at(body, 'clientSentiments', 0, `${side}PositionPercentage`)))
  expect(sum[0]! + sum[1]!).toBe(100)
  const { body: related } = await client.get('/clientsentiment/related/EURUSD', 1)
  expect(JSON.stringify(related)).not.toContain('"EURUSD"')
  expect(JSON.stringify(related)).toContain('"GBPUSD"')
})

describe('watchlists', () => {
  it('are made, filled, read, emptied and deleted', async () => {
    const made = await client.send('POST', '/watchlists', 1, { name: 'Mine é', epics: [EURUSD, 'CS.D.NOSUCH.IP'] })
    expect(made.body).toEqual({
      watchlistId: expect.stringMatching(/^\d+$/),
      status: 'SUCCESS_NOT_ALL_INSTRUMENTS_ADDED',
    })
    const path = `/watchlists/${at(made.body, 'watchlistId')}`
    expect(await client.send('PUT', path, 1, { epic: 'IX.D.DAX.IFD.IP' })).toMatchObject({
      body: { status: 'SUCCESS' },
    })
    expect(await client.get(path, 1)).toMatchObject({ body: { markets: [{ epic: EURUSD, lotSize: 1 }, {}] } })
    await client.send('DELETE', `${path}/${EURUSD}`, 1, undefined)
    expect(await client.get(path, 1)).toMatchObject({ body: { markets: [{ epic: 'IX.D.DAX.IFD.IP' }] } })
    expect(await client.get('/watchlists', 1)).toMatchObject({
      body: { watchlists: expect.arrayContaining([expect.objectContaining({ name: 'Mine é', deleteable: true })]) },
    })
    expect(await client.send('DELETE', path, 1, undefined)).toMatchObject({ body: { status: 'SUCCESS' } })
    expect(await client.get(path, 1)).toMatchObject({ status: 404, body: { errorCode: 'error.invalid.watchlist' } })
  })

  it.each<[string, string, string, unknown, string]>([
    ['an unknown epic', 'PUT', '', { epic: 'CS.D.NOSUCH.IP' }, 'error.service.watchlists.add-instrument.invalid-epic'],
    ['a name twice', 'POST', 'top', { name: 'Popular Markets' }, 'error.watchlists.management.duplicate-name'],
    ['a strange name', 'POST', 'top', { name: '<b>' }, 'validation.pattern.invalid.request.name'],
    ['deleting a system list', 'DELETE', 'system', undefined, 'error.watchlists.management.cannot-delete-watchlist'],
  ])('refuse %s', async (what, method, where, body, errorCode) => {
    const made = await client.send('POST', '/watchlists', 1, { name: `for ${what}` })
    const own = `/watchlists/${at(made.body, 'watchlistId')}`
    const path = where === 'top' ? '/watchlists' : where === 'system' ? '/watchlists/Popular%20Markets' : own
    expect(await client.send(method, path, 1, body)).toMatchObject({ status: 400, body: { errorCode } })
  })
})

describe('costs', () => {
  const BODY = { ask: 1.08423, bid: 1.08417, dealCurrencyCode: 'USD', dealReference: 'c', size: 1, epic: EURUSD }

  it('are quoted, listed, and printed as a PDF', async () => {
    const { body } = await client.send('POST', '/indicativecostsandcharges/open', 1, { ...BODY, direction: 'BUY' })
    expect(body).toMatchObject({ currencyCodeISO: 'USD', notionalValue: 108_420, openingSpread: 3, closingSpread: 3 })
    const reference = String(at(body, 'indicativeQuoteReference'))
    const history =
      '/indicativecostsandcharges/history/from/2020-01-01T00:00:00.000%2B00:00/to/2099-01-01T00:00:00.000Z'
    expect(await client.get(history, 1)).toMatchObject({
      body: { costsAndChargesHistory: [{ indicativeQuoteReference: reference, type: 'OPEN', direction: 'BUY' }] },
    })
    const pdf = await client.get(`/indicativecostsandcharges/durablemedium/${reference}`, 1)
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    expect(pdf.body).toMatch(/^%PDF-1\.4/)
    expect(await client.get('/indicativecostsandcharges/durablemedium/NONE', 1)).toMatchObject({
      status: 404,
      body: { errorCode: 'public-api.costs-and-charges.indicative-quote-reference-not-found' },
    })
  })

  it.each(['close', 'edit'])('of a %s need the opening level', async kind => {
    const path = `/indicativecostsandcharges/${kind}`
    expect(await client.send('POST', path, 1, BODY)).toMatchObject({ status: 400 })
    expect(await client.send('POST', path, 1, { ...BODY, openingLevel: 1.08 })).toMatchObject({ status: 200 })
  })
})

describe('dealing in version 1', () => {
  it('opens with legs without force, and shows and amends positions in the older shape', async () => {
    const open = { ...OPEN, forceOpen: false, stopDistance: 10, dealReference: 'older' }
    expect(await client.send('POST', '/positions/otc', 1, open)).toMatchObject({ status: 200 })
    const { body } = await client.get('/positions', 1)
    const position = at(body, 'positions', 0, 'position')
    expect(position).toMatchObject({ dealSize: 1, openLevel: 1.08423, stopLevel: 1.08323 })
    expect(Object.keys(position as object)).not.toEqual(expect.arrayContaining(['dealReference']))
    const path = `/positions/otc/${at(position, 'dealId')}`
    const amended = await client.send('PUT', path, 1, { stopLevel: 1.082, limitLevel: null })
    expect(await client.get(`/confirms/${at(amended.body, 'dealReference')}`, 1)).toMatchObject({
      body: { status: 'AMENDED', stopLevel: 1.082 },
    })
  })

  it('counts what was dealt a short while ago', async () => {
    const { body } = await client.get(`/repeat-dealing-window?epic=${EURUSD}`, 1)
    expect(body).toMatchObject({
      accountId: 'MOCK1',
      repeatDealingEntryList: [
        {
          instrumentSource: 'E',
          instrumentValue: EURUSD,
          currencyList: [{ currency: 'USD', buy: [{ size: 1 }], sell: [] }],
        },
      ],
    })
  })
})

it('the key can be changed, and disabled for good', async () => {
  const own = await startQuietBroker()
  const user = await signIn(own)
  const change = { apiKey: 'mock-api-key', status: 'ENABLED', allowanceAccountOverall: 20, allowanceAccountTrading: 50 }
  expect(await user.send('PUT', '/operations/application', 1, change)).toMatchObject({
    body: { status: 'ENABLED', allowanceAccountOverall: 20, allowanceAccountTrading: 50 },
  })
  expect(await user.get('/operations/application', 1)).toMatchObject({ body: [{ concurrentSubscriptionsLimit: 40 }] })
  expect(await user.send('PUT', '/operations/application/disable', 1, undefined)).toMatchObject({
    body: { status: 'DISABLED' },
  })
  expect(await call(own, 'POST', '/session', { 'X-IG-API-KEY': 'mock-api-key', Version: '2' }, '{}')).toMatchObject({
    status: 403,
    body: { errorCode: 'error.security.api-key-disabled' },
  })
  await own.close()
})

it('a daily bet is dealt on the spread-bet account alone', async () => {
  const own = await startQuietBroker()
  const user = await signIn(own)
  const bet = { ...OPEN, epic: 'IX.D.FTSE.DAILY.IP', expiry: 'DFB', currencyCode: 'GBP' }
  await user.send('POST', '/positions/otc', 2, { ...bet, dealReference: 'cfd' })
  expect(await user.get('/confirms/cfd', 1)).toMatchObject({
    body: { reason: 'REJECT_SPREADBET_ORDER_ON_CFD_ACCOUNT' },
  })
  const credentials = JSON.stringify({ identifier: 'mock', password: 'mock' })
  const { body } = await call(own, 'POST', '/session', { 'X-IG-API-KEY': 'mock-api-key', Version: '3' }, credentials)
  const headers = { Authorization: `Bearer ${at(body, 'oauthToken', 'access_token')}`, 'IG-ACCOUNT-ID': 'MOCK2' }
  const better = { 'X-IG-API-KEY': 'mock-api-key', Version: '2', ...headers }
  await call(own, 'POST', '/positions/otc', better, JSON.stringify({ ...bet, dealReference: 'bet' }))
  expect(await call(own, 'GET', '/confirms/bet', { ...better, Version: '1' })).toMatchObject({
    body: { dealStatus: 'ACCEPTED', expiry: 'DFB' },
  })
  await own.close()
})
