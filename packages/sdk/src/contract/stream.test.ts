import { type AddressInfo, connect, createServer } from 'node:net'
import { type MockBroker, startMockBroker } from '@scalpdesk/mock-broker'
import { waitFor } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AccountFigures } from '../account.ts'
import { connectIg } from '../connect-ig.ts'
import { dealReference, epic } from '../ids.ts'
import type { Ig } from '../ig.ts'
import type { Market } from '../market.ts'
import type { Quote } from '../quote.ts'
import type { TradeEvent } from '../trade-event.ts'

const EURUSD = epic('CS.D.EURUSD.CFD.IP')

let broker: MockBroker
let ig: Ig

beforeEach(async () => {
  broker = await startMockBroker()
  ig = await connectIg({
    environment: new URL(broker.url),
    credentials: { apiKey: broker.apiKey, identifier: broker.username, password: broker.password },
  })
})

afterEach(async () => {
  await ig.close()
  await broker.close()
})

describe('the streams', () => {
  it('opens, confirms by stream and by asking, lists, amends, and closes', async () => {
    const market = await ig.markets.get(EURUSD)
    const events: TradeEvent[] = []
    const quotes: Quote[] = []
    const figures: AccountFigures[] = []
    ig.stream.trades(event => events.push(event))
    ig.stream.prices([market], quote => quotes.push(quote))
    ig.stream.account(each => figures.push(each))
    await waitFor('a price', () => quotes.length > 0)
    expect(quotes[0]).toMatchObject({ epic: EURUSD, decimals: 5, state: 'tradeable', isSnapshot: true })
    await waitFor('figures', () => figures[0]?.funds)

    const reference = dealReference('contract-1')
    const stop = { distancePoints: new Decimal(20) }
    const sent = await ig.positions.open({ reference, market, direction: 'BUY', size: new Decimal(1), stop })
    expect(sent).toMatchObject({ kind: 'acknowledged', reference })
    const opened = await confirmOf(events, 'contract-1')
    expect(opened.outcome).toMatchObject({ kind: 'accepted', status: 'open' })
    expect((await ig.confirms.find(reference))?.dealId).toBe(opened.dealId)
    await waitFor('the position event', () => events.find(event => event.kind === 'position'))

    const [position] = await ig.positions.list()
    if (position === undefined) throw new Error('expected a position')
    expect(position).toMatchObject({ epic: EURUSD, direction: 'BUY', dealReference: reference })
    if (position.level === null) throw new Error('expected the level of the position')
    expect(position.stopLevel?.toFixed()).toBe(position.level.minus('0.002').toFixed())

    const stopLevel = position.level.minus('0.004')
    const amended = await ig.positions.amend({ dealId: position.dealId, stopLevel, limitLevel: null })
    if (amended.kind !== 'acknowledged') throw new Error(`expected an acknowledgement, got ${amended.kind}`)
    expect((await confirmOf(events, amended.reference)).outcome).toMatchObject({ kind: 'accepted', status: 'amended' })
    expect((await ig.positions.list())[0]?.stopLevel?.toFixed()).toBe(stopLevel.toFixed())

    const closed = await ig.positions.close({ dealId: position.dealId, direction: 'SELL', size: position.size })
    if (closed.kind !== 'acknowledged') throw new Error(`expected an acknowledgement, got ${closed.kind}`)
    const closing = await confirmOf(events, closed.reference)
    expect(closing.outcome).toMatchObject({ kind: 'accepted', status: 'closed' })
    expect(await ig.positions.list()).toEqual([])
    // Its list of orders leaves amends out.
    expect(broker.orders().map(order => order.method)).toEqual(['POST', 'DELETE'])
    expect(events.filter(event => event.kind === 'unreadable')).toEqual([])
  })

  it('working orders are told as they come, change, and go', async () => {
    const market = await ig.markets.get(EURUSD)
    const events: TradeEvent[] = []
    ig.stream.trades(event => events.push(event))
    await waitFor('the feed', () => events.some(event => event.kind === 'feed'))
    const terms = { reference: dealReference('resting'), market, direction: 'BUY', size: new Decimal(1) } as const
    const resting = { kind: 'limit', level: new Decimal('0.9'), goodTill: 'cancelled' } as const
    await ig.orders.place({ ...terms, ...resting })
    const { dealId } = await confirmOf(events, 'resting')
    await ig.orders.amend({ dealId, ...resting, level: new Decimal('0.8'), stop: null, limit: null })
    await ig.orders.cancel(dealId)
    const told = () => events.flatMap(event => (event.kind === 'working-order' ? [event.update] : []))
    await waitFor('three events', () => told().length === 3)
    expect(told().map(update => update.status)).toEqual(['open', 'updated', 'deleted'])
    expect(new Set(told().map(update => update.dealId))).toEqual(new Set([dealId]))
  })

  it('a stream that breaks makes the connections of orders fresh', async () => {
    const proxy = await startProxy(Number(new URL(broker.url).port))
    const environment = new URL(broker.url)
    environment.port = String(proxy.port)
    const credentials = { apiKey: broker.apiKey, identifier: broker.username, password: broker.password }
    const other = await connectIg({ environment, credentials })
    try {
      const feed: string[] = []
      const statuses: string[] = []
      other.stream.onStatus(status => statuses.push(status.kind))
      other.stream.trades(event => feed.push(event.kind === 'feed' ? event.state : event.kind))
      await waitFor('the feed', () => feed.includes('listening'))
      const before = proxy.connections()
      broker.faults.dropStream()
      await waitFor('the recovery', () => feed.length > 1)
      expect(feed).toEqual(['listening', 'listening'])
      expect(statuses).toContain('connecting')
      await waitFor('three fresh connections', () => proxy.connections() >= before + 3)
    } finally {
      await other.close()
      await proxy.close()
    }
  })

  it('a refused market shows as a quote without a price', async () => {
    const market: Market = { ...(await ig.markets.get(EURUSD)), epic: epic('CS.D.NOPE.CFD.IP') }
    const quotes: Quote[] = []
    ig.stream.prices([market], quote => quotes.push(quote))
    const quote = await waitFor('the refusal', () => quotes[0])
    expect(quote.bid).toBeNull()
    expect(quote.state).toMatchObject({ other: expect.stringContaining('refused') })
  })
})

function confirmOf(events: readonly TradeEvent[], reference: string) {
  return waitFor(`the streamed confirm of ${reference}`, () => {
    const found = events.find(event => event.kind === 'confirm' && event.confirm.reference === reference)
    return found?.kind === 'confirm' ? found.confirm : null
  })
}

/** Between the client's requests and the mock; the stream goes past it. */
async function startProxy(target: number) {
  let connections = 0
  const server = createServer(socket => {
    connections++
    const onward = connect(target, '127.0.0.1')
    for (const each of [socket, onward]) each.on('error', () => {})
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () => new Promise(resolve => server.close(resolve)),
  }
}
