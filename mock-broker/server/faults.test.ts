import { manualClock, waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { at, OPEN, ORDER, type RestClient, signIn } from '../testing/rest-client.ts'
import { startedBrokers } from '../testing/started-brokers.ts'
import { openSession, PRICE, TRADE } from '../testing/stream-client.ts'
import type { MockBroker } from './index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const { start } = startedBrokers()

const open = (client: RestClient, dealReference: string, more: object = {}) =>
  client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference, ...more })
const close = (client: RestClient, broker: MockBroker) => {
  const body = { dealId: broker.positions()[0]?.position.dealId, direction: 'SELL', size: 1, orderType: 'MARKET' }
  return client.send('POST', '/positions/otc', 1, body, { _method: 'DELETE' })
}
const NOT_FOUND = { status: 404, body: { errorCode: 'error.confirms.deal-not-found' } }

describe('an answer', () => {
  it('is lost: the deal is done, the client hears nothing', async () => {
    const { broker, client } = await start()
    broker.faults.loseReply()
    await expect(open(client, 'lost')).rejects.toThrow()
    expect(broker.positions()).toHaveLength(1)
    expect(broker.orders()).toHaveLength(1)
    expect(await client.get('/confirms/lost', 1)).toMatchObject({ body: { dealStatus: 'ACCEPTED' } })
    expect(await open(client, 'next')).toMatchObject({ status: 200 })
  })

  it('is lost only for the kind of request that was meant', async () => {
    const { broker, client } = await start()
    broker.faults.loseNextReply('close')
    expect(await open(client, 'kept')).toMatchObject({ status: 200 })
    await expect(close(client, broker)).rejects.toThrow()
    expect(broker.positions()).toEqual([])
  })

  it('is slow on its way: the deal is done meanwhile', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    broker.faults.slowReply(5000)
    const answer = open(client, 'slow')
    await waitFor('the deal', () => broker.positions().length === 1)
    clock.advance(5000)
    expect(await answer).toMatchObject({ status: 200, body: { dealReference: 'slow' } })
  })

  it('is slow for any request, or for those of one path', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    broker.faults.slowReply(1000, '/accounts')
    expect(await client.get('/positions', 2)).toMatchObject({ status: 200 })
    const answer = client.get('/accounts', 1)
    await waitFor('the request', () => broker.requests().some(({ path }) => path === '/accounts'))
    expect(clock.pending).toBeGreaterThan(0)
    clock.advance(1000)
    expect(await answer).toMatchObject({ status: 200 })
  })

  it('is a gateway timeout, though the order was taken', async () => {
    const { broker, client } = await start()
    broker.faults.gatewayTimeoutAfterAccept('open')
    expect(await open(client, 'late')).toMatchObject({ status: 504 })
    expect(broker.positions()).toHaveLength(1)
  })

  it('is an error with a null code, and nothing was done', async () => {
    const { broker, client } = await start()
    broker.faults.errorWithNullCode()
    expect(await open(client, 'failed')).toMatchObject({ status: 500, body: { errorCode: null } })
    expect(broker.positions()).toEqual([])
    expect(broker.dealingRequests()).toHaveLength(1)
  })

  it.each([
    ['empty', 'emptyBody', ''],
    ['a page', 'htmlBody', expect.stringContaining('<html>')],
  ] as const)('is %s, though the order was taken', async (_what, fault, body) => {
    const { broker, client } = await start()
    broker.faults[fault]()
    expect(await open(client, 'odd')).toMatchObject({ status: 200, body })
    expect(broker.positions()).toHaveLength(1)
  })
})

describe('a confirm', () => {
  async function streamed(broker: MockBroker, client: RestClient) {
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${TRADE}`)
    await stream.line(/^SUBOK/)
    return { stream, confirms: () => stream.lines.filter(line => line.includes('"affectedDeals"')) }
  }

  it('is late, by REST and by stream, though the deal is done', async () => {
    const clock = manualClock()
    const { broker, client } = await start({ clock })
    const { stream, confirms } = await streamed(broker, client)
    broker.faults.confirmLate(3000)
    await open(client, 'late')
    expect(broker.positions()).toHaveLength(1)
    await stream.line(/"status":"OPEN"/)
    expect(await client.get('/confirms/late', 1)).toMatchObject(NOT_FOUND)
    expect(confirms()).toEqual([])
    clock.advance(3000)
    expect(await client.get('/confirms/late', 1)).toMatchObject({ status: 200 })
    await waitFor('the confirm', () => confirms().length === 1)
  })

  it('is lost for good', async () => {
    const { broker, client } = await start()
    broker.faults.confirmLost('open')
    await open(client, 'lost')
    expect(await client.get('/confirms/lost', 1)).toMatchObject(NOT_FOUND)
    expect(broker.positions()).toMatchObject([{ position: { dealReference: 'lost' } }])
  })

  it('is told twice by the stream', async () => {
    const { broker, client } = await start()
    const { confirms } = await streamed(broker, client)
    broker.faults.confirmTwice()
    await open(client, 'twice')
    await waitFor('both', () => confirms().length === 2)
  })

  it('names a deal that does not exist', async () => {
    const { broker, client } = await start()
    broker.faults.confirmWrongId()
    await open(client, 'wrong')
    const { body } = await client.get('/confirms/wrong', 1)
    expect(await client.get(`/positions/${at(body, 'dealId')}`, 2)).toMatchObject({ status: 404 })
    expect(broker.positions()).toHaveLength(1)
  })

  it('is answered 405 without a body for ever, though the position is open', async () => {
    const { broker, client } = await start()
    broker.faults.confirm405ThoughOpen()
    await open(client, 'barred')
    for (let tries = 0; tries < 2; tries++) {
      expect(await client.get('/confirms/barred', 1)).toMatchObject({ status: 405, body: '' })
    }
    expect(broker.positions()).toHaveLength(1)
  })

  it('of a working order can go wrong as well', async () => {
    const { broker, client } = await start()
    broker.faults.confirmLost('place-order')
    await open(client, 'fine')
    await client.send('POST', '/workingorders/otc', 2, { ...ORDER, dealReference: 'order' })
    expect(await client.get('/confirms/fine', 1)).toMatchObject({ status: 200 })
    expect(await client.get('/confirms/order', 1)).toMatchObject(NOT_FOUND)
    expect(broker.workingOrders()).toHaveLength(1)
  })
})

it('opens without the stop that the confirm names', async () => {
  const { broker, client } = await start()
  broker.faults.openWithoutStop()
  await open(client, 'bare', { guaranteedStop: true, stopDistance: 10 })
  expect(await client.get('/confirms/bare', 1)).toMatchObject({ body: { stopLevel: 1.08323, guaranteedStop: true } })
  expect(broker.positions()).toMatchObject([{ position: { stopLevel: null, controlledRisk: false } }])
})

it('rejects the next order with the reason that it was given', async () => {
  const { broker, client } = await start()
  broker.faults.rejectNext('ORDER_DECLINED')
  await open(client, 'no')
  expect(await client.get('/confirms/no', 1)).toMatchObject({
    body: {
      dealStatus: 'REJECTED',
      reason: 'ORDER_DECLINED',
      status: null,
      affectedDeals: [],
      level: null,
      dealId: expect.stringMatching(/^DIAAAA/),
    },
  })
  expect(broker.positions()).toEqual([])
})

it('lets every token die but refresh tokens', async () => {
  const { broker, client } = await start()
  const credentials = { identifier: broker.username, password: broker.password }
  const { body } = await client.send('POST', '/session', 3, credentials)
  broker.faults.expireToken()
  expect(await client.get('/positions', 2)).toMatchObject({
    status: 401,
    body: { errorCode: 'error.security.client-token-invalid' },
  })
  const refresh = { refresh_token: at(body, 'oauthToken', 'refresh_token') }
  expect(await client.send('POST', '/session/refresh-token', 1, refresh)).toMatchObject({ status: 200 })
})

it.each([
  [undefined, 'error.public-api.exceeded-api-key-allowance'],
  ['account', 'error.public-api.exceeded-account-allowance'],
  ['account-trading', 'error.public-api.exceeded-account-trading-allowance'],
  ['account-historical-data', 'error.public-api.exceeded-account-historical-data-allowance'],
] as const)('exceeds an allowance (%s) once', async (kind, errorCode) => {
  const { broker, client } = await start()
  broker.faults.exceedAllowance(kind)
  expect(await open(client, 'much')).toMatchObject({ status: 403, body: { errorCode } })
  expect(broker.positions()).toEqual([])
  expect(await open(client, 'again')).toMatchObject({ status: 200 })
})

it('drops the stream', async () => {
  const { broker, client } = await start()
  const { stream } = await openSession(broker, client)
  broker.faults.dropStream()
  await waitFor('the cut', () => !stream.isOpen)
})

it('goes silent on the stream, and speaks again', async () => {
  const { broker, client } = await start()
  const { stream } = await openSession(broker, client)
  stream.send('control', `LS_reqId=1&LS_subId=1&${TRADE}`)
  await stream.line(/^SUBOK/)
  broker.faults.goSilent()
  await open(client, 'unheard')
  expect(stream.lines.some(line => line.includes('unheard'))).toBe(false)
  broker.faults.speak()
  await stream.line(/unheard/)
})

it('shows no prices until the next quote, by REST', async () => {
  const { broker, client } = await start()
  broker.faults.nullPrices(EURUSD)
  expect(await client.get(`/markets/${EURUSD}`, 3)).toMatchObject({ body: { snapshot: { bid: null, offer: null } } })
  await open(client, 'blind')
  expect(await client.get('/confirms/blind', 1)).toMatchObject({ body: { reason: 'MARKET_OFFLINE' } })
  broker.injectTick(EURUSD, '1.08417', '1.08423')
  expect(await client.get(`/markets/${EURUSD}`, 3)).toMatchObject({ body: { snapshot: { bid: 1.08417 } } })
})

describe('the stream of prices', () => {
  async function priced(broker: MockBroker, client: RestClient) {
    const { stream } = await openSession(broker, client)
    stream.send('control', `LS_reqId=1&LS_subId=1&${PRICE}&LS_schema=BIDPRICE1%20ASKPRICE1`)
    await stream.line(/^U,1,1,1\.08417\|1\.08423$/)
    return stream
  }

  it('breaks off in the middle of a line', async () => {
    const { broker, client } = await start()
    const stream = await priced(broker, client)
    broker.faults.halfLine()
    broker.injectTick(EURUSD, '1.08500', '1.08506')
    await waitFor('the cut', () => !stream.isOpen)
    expect(stream.rest()).toMatch(/^U,1,1,1/)
    expect(stream.rest()).not.toContain('1.08506')
  })

  it('has one row that nobody can read, then goes on', async () => {
    const { broker, client } = await start()
    const stream = await priced(broker, client)
    broker.faults.badRow()
    broker.injectTick(EURUSD, '1.08500', '1.08506')
    broker.injectTick(EURUSD, '1.08600', '1.08606')
    await stream.line(/^U,1,1,\^x$/)
    await stream.line(/^U,1,1,1\.08600\|1\.08606$/)
  })

  it('shows one crossed quote, which nothing deals on', async () => {
    const { broker, client } = await start()
    const stream = await priced(broker, client)
    broker.faults.crossedQuote(EURUSD)
    await stream.line(/^U,1,1,1\.08423\|1\.08417$/)
    await open(client, 'fair')
    expect(broker.positions()).toMatchObject([{ position: { level: 1.08423 } }])
    broker.injectTick(EURUSD, '1.08417', '1.08423')
    await waitFor(
      'the good one again',
      () => stream.data().filter(line => line === 'U,1,1,1.08417|1.08423').length === 2,
    )
  })

  it('stands still, and moves again', async () => {
    const { broker, client } = await start()
    const stream = await priced(broker, client)
    broker.faults.staleQuote(EURUSD)
    broker.injectTick(EURUSD, '1.08500', '1.08506')
    expect(await client.get(`/markets/${EURUSD}`, 3)).toMatchObject({ body: { snapshot: { bid: 1.08417 } } })
    broker.faults.freshQuote(EURUSD)
    broker.injectTick(EURUSD, '1.08600', '1.08606')
    await stream.line(/1\.08600/)
    expect(stream.lines.some(line => line.includes('1.08500'))).toBe(false)
  })
})

it('jumps with its clock, and nobody is signed out by that', async () => {
  const { broker, client } = await start({ clock: manualClock(Date.UTC(2026, 0, 7, 9)) })
  broker.faults.clockJump(-86_400_000)
  await open(client, 'yesterday')
  expect(await client.get('/confirms/yesterday', 1)).toMatchObject({
    body: { date: '2026-01-06T09:00:00.000', dealStatus: 'ACCEPTED' },
  })
})

it.each([9_000_000_000_000_000, -9_000_000_000_000_000])('jumps no further than dates go: by %i', async ms => {
  const { broker, client } = await start({ clock: manualClock(Date.UTC(2026, 0, 7, 9)) })
  broker.faults.clockJump(ms)
  await open(client, 'far')
  for (const path of ['/confirms/far', '/accounts', `/prices/${EURUSD}`]) {
    expect(await client.get(path, path.startsWith('/prices') ? 3 : 1)).toMatchObject({ status: 200 })
  }
  expect(() => broker.faults.clockJump(Number.NaN)).toThrow('expected whole milliseconds to jump by, but got NaN')
})

it('closes a market and opens it again', async () => {
  const { broker, client } = await start()
  broker.faults.marketClosed(EURUSD)
  await open(client, 'shut')
  expect(await client.get('/confirms/shut', 1)).toMatchObject({ body: { reason: 'MARKET_CLOSED' } })
  expect(await client.get(`/markets/${EURUSD}`, 3)).toMatchObject({ body: { snapshot: { marketStatus: 'CLOSED' } } })
  broker.faults.openMarket(EURUSD)
  await open(client, 'open')
  expect(broker.positions()).toHaveLength(1)
})

it('comes back from a restart with its deals, and nobody signed in', async () => {
  const { broker, client } = await start()
  const { stream } = await openSession(broker, client)
  await open(client, 'before')
  broker.faults.restart()
  await waitFor('the end of the stream', () => !stream.isOpen)
  expect(await client.get('/positions', 2)).toMatchObject({ status: 401 })
  const again = await signIn(broker)
  expect(at((await again.get('/positions', 2)).body, 'positions', 0, 'position', 'dealReference')).toBe('before')
  expect(await again.get('/confirms/before', 1)).toMatchObject(NOT_FOUND)
})

it.each([
  ['an unknown epic', 'NO.SUCH', '1', '2'],
  ['a price too fine', EURUSD, '1.084171', '1.085'],
])('refuses to inject a tick with %s', async (_what, epic, bid, offer) => {
  const { broker } = await start()
  expect(() => broker.injectTick(epic, bid, offer)).toThrow(/expected .*, but got/)
})
