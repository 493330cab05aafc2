import { describe, expect, it } from 'vitest'
import { at, OPEN, signIn } from '../testing/rest-client.ts'
import { startedBrokers } from '../testing/started-brokers.ts'
import { openSession } from '../testing/stream-client.ts'
import type { MockBroker } from './index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const COPPER = 'MT.D.HG.MONTH1.IP'
const { startBroker: start } = startedBrokers()

async function admin(
  broker: MockBroker,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const text = body === undefined ? null : JSON.stringify(body)
  const response = await fetch(`${broker.stream}/admin${path}`, { method, headers, body: text })
  const answer = await response.text()
  return { status: response.status, body: answer === '' ? null : JSON.parse(answer) }
}

describe('the admin route', () => {
  it('shows the state: markets, money, what is open, streams and faults', async () => {
    const broker = await start()
    const client = await signIn(broker)
    await openSession(broker, client)
    await client.send('POST', '/positions/otc', 2, OPEN)
    const { status, body } = await admin(broker, 'GET', '/state')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      isPaused: true,
      speed: 1,
      accounts: [{ id: 'MOCK1', cash: '100000.00', profitLoss: '-5.56' }, ...Array(5).fill({})],
      positions: [{ position: { size: 1 }, market: { epic: EURUSD } }],
      workingOrders: [],
      streams: [{ account: 'MOCK1', subscriptions: 0 }],
      faults: [],
    })
    const markets = at(body, 'markets')
    expect(markets).toContainEqual(
      expect.objectContaining({ epic: EURUSD, state: 'TRADEABLE', bid: '1.08417', offer: '1.08423' }),
    )
  })

  it('counts what arrived, with times, and the dealing part of it', async () => {
    const broker = await start()
    const client = await signIn(broker)
    await client.get('/accounts', 1)
    await client.send('POST', '/positions/otc', 2, OPEN)
    const all = at((await admin(broker, 'GET', '/requests')).body, 'requests')
    expect(all).toMatchObject([
      { method: 'POST', path: '/session', body: { password: '(redacted)' } },
      { path: '/accounts' },
      { path: '/positions/otc', atMs: expect.any(Number) },
    ])
    const dealing = at((await admin(broker, 'GET', '/requests?dealing=true')).body, 'requests')
    expect(dealing).toMatchObject([{ path: '/positions/otc' }])
    const later = await admin(broker, 'GET', '/requests?sinceMs=99999999999999')
    expect(later.body).toEqual({ requests: [] })
  })

  it('injects a tick, sets the clock and passes a night', async () => {
    const broker = await start()
    const tick = { epic: EURUSD, bid: '1.09000', offer: '1.09006' }
    expect(await admin(broker, 'POST', '/tick', tick)).toEqual({ status: 204, body: null })
    expect(broker.state().markets.find(({ epic }) => epic === EURUSD)?.bid).toBe('1.09000')
    const nowMs = Date.UTC(2030, 0, 1)
    await admin(broker, 'PUT', '/clock', { nowMs })
    expect(Math.abs(broker.state().nowMs - nowMs)).toBeLessThan(60_000)
    expect((await admin(broker, 'POST', '/night')).status).toBe(204)
  })

  it('tells how far tapes were played', async () => {
    const broker = await start()
    expect((await admin(broker, 'GET', '/replay')).body).toEqual({ speed: 1, isPaused: true, tapes: [] })
  })

  it('settles a contract at a level, or in the middle of its price', async () => {
    const broker = await start()
    const client = await signIn(broker)
    const copper = { ...OPEN, epic: COPPER, expiry: 'DEC-26' }
    broker.injectTick(COPPER, '449.00', '449.30')
    await client.send('POST', '/positions/otc', 2, copper)
    expect(broker.positions()).toHaveLength(1)
    expect((await admin(broker, 'POST', '/settlement', { epic: COPPER, level: '451.00' })).status).toBe(204)
    expect(broker.positions()).toEqual([])
    const { body } = await client.get('/history/transactions?from=2020-01-01T00:00:00&pageSize=1', 2)
    // 1.70 x 100 dollars at 1.08 for a euro.
    expect(body).toMatchObject({ transactions: [{ profitAndLoss: 'E157.41', closeLevel: '451', size: '+1' }] })
    expect(await client.get(`/markets/${COPPER}`, 3)).toMatchObject({
      body: {
        instrument: { expiryDetails: { lastDealingDate: '2026-12-18T20:00' } },
        snapshot: { marketStatus: 'CLOSED' },
      },
    })
    await client.send('POST', '/positions/otc', 2, { ...copper, dealReference: 'late' })
    expect((await client.get('/confirms/late', 1)).body).toMatchObject({ reason: 'MARKET_ROLLED' })
  })

  it('pauses, steps tick by tick, changes the speed and resumes', async () => {
    const broker = await start()
    const bids = (): readonly (readonly [string, string | null])[] =>
      broker.state().markets.map(({ epic, bid }) => [epic, bid])
    const before = bids()
    await admin(broker, 'POST', '/step', { ticks: 20, epic: EURUSD })
    const moved = bids().filter(([, bid], index) => bid !== before[index]?.[1])
    expect(moved.map(([epic]) => epic)).toEqual([EURUSD])
    await admin(broker, 'PUT', '/speed', { speed: 'max' })
    expect(broker.state().speed).toBe('max')
    await admin(broker, 'POST', '/resume')
    expect(broker.state().isPaused).toBe(false)
    expect((await admin(broker, 'POST', '/step')).status).toBe(400)
    await admin(broker, 'POST', '/pause')
    expect(broker.state().isPaused).toBe(true)
  })

  it('starts faults, one or several, lists and stops them', async () => {
    const broker = await start()
    const client = await signIn(broker)
    await admin(broker, 'POST', '/faults', [
      { fault: 'rejectNext', args: ['ORDER_DECLINED'] },
      { fault: 'htmlBody', probability: 1, match: 'amend' },
    ])
    expect(at((await admin(broker, 'GET', '/faults')).body, 'faults')).toMatchObject([{ fault: 'htmlBody' }])
    expect((await admin(broker, 'DELETE', '/faults/htmlBody')).status).toBe(204)
    expect(broker.faults.planned()).toEqual([])
    await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'declined' })
    expect((await client.get('/confirms/declined', 1)).body).toMatchObject({ reason: 'ORDER_DECLINED' })
  })

  it('starts none of several faults when one of them is wrong', async () => {
    const broker = await start()
    const asked = await admin(broker, 'POST', '/faults', [
      { fault: 'htmlBody', probability: 1 },
      { fault: 'rejectNext', args: ['NOTHING'] },
    ])
    expect(asked.status).toBe(400)
    expect(at(asked.body, 'error')).toContain('in entry 2 of the request')
    expect(broker.faults.planned()).toEqual([])
  })

  it.each([
    ['GET', '/nothing', undefined, 404],
    ['DELETE', '/state', undefined, 404],
    ['DELETE', '/faults/nothing', undefined, 404],
    ['POST', '/faults', { fault: 'nothing' }, 400],
    ['POST', '/faults', [], 400],
    ['POST', '/faults', undefined, 400],
    ['GET', '/requests?sinceMs=yesterday', undefined, 400],
    ['POST', '/tick', { epic: 'X', bid: '1', offer: '2' }, 400],
    ['POST', '/tick', { epic: EURUSD, bid: 1, offer: 2 }, 400],
    ['PUT', '/clock', { nowMs: 'soon' }, 400],
    ['PUT', '/clock', { nowMs: -1 }, 400],
    ['PUT', '/clock', { nowMs: 8.64e15 }, 400],
    ['POST', '/settlement', { epic: 'X' }, 400],
    ['POST', '/settlement', { epic: COPPER, level: '1.2345' }, 400],
    ['POST', '/settlement', { epic: 'SE.D.PFE.CASH.IP' }, 400],
    ['PUT', '/speed', { speed: 0 }, 400],
    ['POST', '/step', { epic: 'X' }, 400],
  ])('answers %s %s with %j by saying what is wrong', async (method, path, body, status) => {
    const broker = await start()
    const answer = await admin(broker, method, path, body)
    expect(answer.status).toBe(status)
    expect(at(answer.body, 'error')).toMatch(/^expected .+, but .+; .+/)
  })

  it('refuses a page in a browser, and what is no JSON', async () => {
    const broker = await start()
    const asked = await admin(broker, 'GET', '/state', undefined, { Origin: 'https://example.com' })
    expect(asked.status).toBe(403)
    const response = await fetch(`${broker.stream}/admin/faults`, { method: 'POST', body: '{' })
    expect(response.status).toBe(400)
  })
})
