import { afterEach, expect, it } from 'vitest'
import { startQuietBroker } from '../testing/quiet-broker.ts'
import { OPEN, signIn } from '../testing/rest-client.ts'
import type { MockBroker } from './index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const running: MockBroker[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(broker => broker.close()))
})

async function start(): Promise<MockBroker> {
  const broker = await startQuietBroker()
  running.push(broker)
  return broker
}

it('loses a reply: the deal is done, the client hears nothing', async () => {
  const broker = await start()
  const client = await signIn(broker)
  broker.faults.loseNextReply('open')
  await expect(client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'lost' })).rejects.toThrow()
  expect(broker.positions()).toHaveLength(1)
  expect(broker.orders()).toHaveLength(1)
  expect(await client.get('/confirms/lost', 1)).toMatchObject({ body: { dealStatus: 'ACCEPTED' } })
  expect(await client.send('POST', '/positions/otc', 2, OPEN)).toMatchObject({ status: 200 })
})

it('loses only the kind of reply that it was told to', async () => {
  const broker = await start()
  const client = await signIn(broker)
  broker.faults.loseNextReply('close')
  expect(await client.send('POST', '/positions/otc', 2, OPEN)).toMatchObject({ status: 200 })
  const dealId = broker.positions()[0]?.position.dealId
  const close = { dealId, direction: 'SELL', size: 1, orderType: 'MARKET' }
  await expect(client.send('POST', '/positions/otc', 1, close, { _method: 'DELETE' })).rejects.toThrow()
  expect(broker.positions()).toEqual([])
})

it('rejects the next order with the reason that it was given', async () => {
  const broker = await start()
  const client = await signIn(broker)
  broker.faults.rejectNext('ORDER_DECLINED')
  await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'no' })
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

it('closes a market and opens it again', async () => {
  const broker = await start()
  const client = await signIn(broker)
  broker.faults.closeMarket(EURUSD)
  await client.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'shut' })
  expect(await client.get('/confirms/shut', 1)).toMatchObject({ body: { reason: 'MARKET_CLOSED' } })
  expect(await client.get(`/markets/${EURUSD}`, 3)).toMatchObject({ body: { snapshot: { marketStatus: 'CLOSED' } } })
  broker.faults.openMarket(EURUSD)
  await client.send('POST', '/positions/otc', 2, OPEN)
  expect(broker.positions()).toHaveLength(1)
})

it.each([
  ['an unknown epic', 'NO.SUCH', '1', '2'],
  ['a price too fine', EURUSD, '1.084171', '1.085'],
])('refuses to inject a tick with %s', async (_what, epic, bid, offer) => {
  const broker = await start()
  expect(() => broker.injectTick(epic, bid, offer)).toThrow(/expected .*, but got/)
})
