import { createServer } from 'node:http'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { at, OPEN, signIn } from '../testing/rest-client.ts'
import { startedBrokers } from '../testing/started-brokers.ts'
import { ACCOUNT, openSession } from '../testing/stream-client.ts'
import { cashAccount, type MockUser, startMockBroker } from './index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const TWIN: MockUser = { username: 'twin', password: 'x', clientId: '1', accounts: [cashAccount(new Decimal(1))] }
const { startBroker: start, closeLater } = startedBrokers()

describe('a round trip', () => {
  it('opens, confirms, shows and closes a position, and books its profit', async () => {
    const broker = await start()
    const client = await signIn(broker)
    const opened = await client.send('POST', '/positions/otc', 2, {
      ...OPEN,
      dealReference: 'my-deal',
      stopDistance: 10,
      limitLevel: 1.0872,
    })
    expect(opened).toMatchObject({ status: 200, body: { dealReference: 'my-deal' } })
    const { body: confirm } = await client.get('/confirms/my-deal', 1)
    const dealId = String(at(confirm, 'dealId'))
    expect(dealId).toMatch(/^DIAAAA[A-Z0-9]{9}$/)
    expect(confirm).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/),
      status: 'OPEN',
      reason: 'SUCCESS',
      dealStatus: 'ACCEPTED',
      epic: EURUSD,
      expiry: '-',
      dealReference: 'my-deal',
      dealId,
      affectedDeals: [{ dealId, status: 'OPENED' }],
      level: 1.08423,
      size: 1,
      direction: 'BUY',
      stopLevel: 1.08323,
      limitLevel: 1.0872,
      stopDistance: 10,
      limitDistance: null,
      guaranteedStop: false,
      trailingStop: false,
      profit: null,
      profitCurrency: null,
    })
    const { body: positions } = await client.get('/positions', 2)
    expect(positions).toEqual({ positions: broker.positions() })
    expect(await client.get(`/positions/${dealId}`, 2)).toMatchObject({ body: broker.positions()[0] })
    expect(broker.positions()).toMatchObject([
      {
        position: { dealId, dealReference: 'my-deal', level: 1.08423, stopLevel: 1.08323, contractSize: 100_000 },
        market: { epic: EURUSD, bid: 1.08417, offer: 1.08423, marketStatus: 'TRADEABLE' },
      },
    ])

    broker.injectTick(EURUSD, '1.08523', '1.08529')
    const close = { dealId, direction: 'SELL', size: 1, orderType: 'MARKET' }
    const closed = await client.send('POST', '/positions/otc', 1, close, { _method: 'DELETE' })
    const reference = String(at(closed.body, 'dealReference'))
    expect(reference).toMatch(/^[A-Z0-9]{15}$/)
    expect(await client.get(`/confirms/${reference}`, 1)).toMatchObject({
      body: {
        dealId,
        status: 'CLOSED',
        profit: 100,
        profitCurrency: 'USD',
        affectedDeals: [{ dealId, status: 'FULLY_CLOSED' }],
      },
    })
    const { body: accounts } = await client.get('/accounts', 1)
    expect(at(accounts, 'accounts', 0, 'balance')).toEqual({
      balance: 100_092.59,
      deposit: 0,
      profitLoss: 0,
      available: 100_092.59,
    })
    expect(broker.orders().map(({ method, path }) => [method, path])).toEqual([
      ['POST', '/positions/otc'],
      ['DELETE', '/positions/otc'],
    ])
  })

  it('amends both legs: the one left out is removed', async () => {
    const broker = await start()
    const client = await signIn(broker)
    await client.send('POST', '/positions/otc', 2, { ...OPEN, stopDistance: 10, limitDistance: 20 })
    const dealId = broker.positions()[0]?.position.dealId
    const amended = await client.send('PUT', `/positions/otc/${dealId}`, 2, {
      stopLevel: '1.08350',
      trailingStop: 'false',
    })
    expect(await client.get(`/confirms/${at(amended.body, 'dealReference')}`, 1)).toMatchObject({
      body: { status: 'AMENDED', affectedDeals: [{ dealId, status: 'AMENDED' }] },
    })
    expect(broker.positions()).toMatchObject([{ position: { stopLevel: 1.0835, limitLevel: null } }])
  })

  it('keeps the confirm away until the deal is done, and for no longer than a minute', async () => {
    const clock = manualClock()
    const broker = await start({ clock, delays: { acknowledgeMs: 25, confirmMs: 40 } })
    const client = await signIn(broker)
    const answer = client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'slow' })
    await waitFor('the order', () => broker.orders().length === 1)
    clock.advance(25)
    expect(await answer).toMatchObject({ status: 200 })
    const notThere = { status: 404, body: { errorCode: 'error.confirms.deal-not-found' } }
    expect(await client.get('/confirms/slow', 1)).toMatchObject(notThere)
    expect(broker.positions()).toEqual([])
    clock.advance(40)
    expect(await client.get('/confirms/slow', 1)).toMatchObject({ status: 200 })
    expect(broker.positions()).toHaveLength(1)
    clock.advance(60_000)
    expect(await client.get('/confirms/slow', 1)).toMatchObject(notThere)
  })

  it('deals a repeated reference once and keeps the first confirm', async () => {
    const broker = await start()
    const client = await signIn(broker)
    for (const size of [1, 1, 2]) {
      expect(await client.send('POST', '/positions/otc', 2, { ...OPEN, size, dealReference: 'again' })).toMatchObject({
        status: 200,
      })
    }
    expect(broker.positions()).toHaveLength(1)
    expect(await client.get('/confirms/again', 1)).toMatchObject({ body: { dealStatus: 'ACCEPTED', size: 1 } })
  })
})

describe('starting', () => {
  it('has a quote for every market as soon as it is ready, but for the one share that nobody subscribed to', async () => {
    const broker = await startMockBroker()
    closeLater(broker)
    const client = await signIn(broker)
    const { body } = await client.get('/markets?searchTerm=', 1)
    const found = at(body, 'markets')
    const listed = Array.isArray(found) ? found : []
    expect(listed.length).toBeGreaterThanOrEqual(40)
    expect(listed.filter(market => at(market, 'bid') === null).map(market => at(market, 'epic'))).toEqual([
      'SE.D.PFE.CASH.IP',
    ])
  })

  it('says so when the port is in use', async () => {
    const { port } = new URL((await start()).url)
    await expect(startMockBroker({ port: Number(port) })).rejects.toMatchObject({
      name: 'MockBrokerError',
      code: 'EADDRINUSE',
      message: expect.stringContaining(`port ${port}, but it is in use`),
    })
  })

  it.each([
    [{ host: '0.0.0.0' }, 'host-not-loopback'],
    [{ host: 'example.com' }, 'host-not-loopback'],
    [{ speed: 0 }, 'bad-option'],
    [{ speed: Number.NaN }, 'bad-option'],
    [{ port: 70_000 }, 'bad-option'],
    [{ seed: 1.5 }, 'bad-option'],
    [{ cash: 'much' }, 'bad-option'],
    [{ delays: { acknowledgeMs: -1 } }, 'bad-option'],
    [{ delays: { confirmMs: Number.NaN } }, 'bad-option'],
    [{ streaming: { subscriptionLimit: 0.5 } }, 'bad-option'],
    [{ streaming: { newestTlcp: '3.0' as '2.5' } }, 'bad-option'],
    [{ users: [TWIN, { ...TWIN, accounts: [{ ...TWIN.accounts[0], id: 'OTHER' }] }] }, 'bad-option'],
    [{ users: [TWIN, { ...TWIN, username: 'another' }] }, 'bad-option'],
    [{ conditions: { requoteChance: 2 } }, 'bad-option'],
    [{ conditions: { partialFillChance: Number.NaN } }, 'bad-option'],
    [{ conditions: { mostSlippagePoints: 0 } }, 'bad-option'],
  ] as const)('refuses %j', async (options, code) => {
    await expect(startMockBroker(options)).rejects.toMatchObject({ code })
  })

  it('refuses a tape that is not there', async () => {
    await expect(startMockBroker({ replay: ['/no/such/tape'] })).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('gives the same deal ids and prices for the same seed', async () => {
    const story = async () => {
      const client = await signIn(await start({ seed: 9 }))
      const { body } = await client.send('POST', '/positions/otc', 2, OPEN)
      const { body: market } = await client.get('/markets/IX.D.DAX.IFD.IP', 3)
      return [body, at(market, 'snapshot', 'bid')]
    }
    expect(await story()).toEqual(await story())
  })

  it('leaves no timer behind when it is closed', async () => {
    const clock = manualClock()
    const broker = await start({ clock, delays: { acknowledgeMs: 25, confirmMs: 40 } })
    const client = await signIn(broker)
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${ACCOUNT}&LS_schema=PNL`)
    await stream.line(/^U/)
    const answer = client.send('POST', '/positions/otc', 2, OPEN).catch(() => 'cut')
    await waitFor('the order', () => broker.orders().length === 1)
    await broker.close()
    expect(await answer).toBe('cut')
    expect(clock.pending).toBe(0)
    const reused = createServer()
    await new Promise<void>(resolve => reused.listen(Number(new URL(broker.url).port), '127.0.0.1', resolve))
    await new Promise(resolve => reused.close(resolve))
  })
})
