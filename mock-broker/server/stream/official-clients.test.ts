import { waitFor } from '@scalpdesk/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type ItemUpdate,
  type OfficialClient,
  type OfficialLibrary,
  type OfficialSubscription,
  officialClient,
  officialLibrary,
} from '../../testing/official-client.ts'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { OPEN, type RestClient, signIn } from '../../testing/rest-client.ts'
import type { MockBroker, MockBrokerOptions } from '../index.ts'

const EURUSD = 'CS.D.EURUSD.CFD.IP'
const LIBRARIES = [
  'lightstreamer-client-node',
  'lightstreamer-client-node-9',
  'lightstreamer-client-web',
] as const satisfies readonly OfficialLibrary[]

const ending: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})

interface Desk {
  readonly broker: MockBroker
  readonly rest: RestClient
  readonly client: OfficialClient
  /** Statuses and errors, in order. */
  readonly story: string[]
  subscription(mode: string, item: string, fields: readonly string[]): OfficialSubscription
}

async function start(name: OfficialLibrary, options: MockBrokerOptions = {}): Promise<Desk> {
  const library = officialLibrary(name)
  const broker = await startQuietBroker(options)
  ending.push(() => broker.close())
  const rest = await signIn(broker)
  const { client, story } = officialClient(library, broker, rest)
  ending.push(() => client.disconnect())
  return {
    broker,
    rest,
    client,
    story,
    subscription: (mode, item, fields) => new library.Subscription(mode, [item], fields),
  }
}

/** Subscribes to EUR/USD's price and writes down what is heard of it. */
function followPrice({ client, subscription }: Desk): {
  readonly price: OfficialSubscription
  readonly heard: string[]
} {
  const heard: string[] = []
  const price = subscription('MERGE', `PRICE:MOCK1:${EURUSD}`, ['BIDPRICE1', 'ASKPRICE1', 'DLG_FLAG'])
  price.setDataAdapter('Pricing')
  price.addListener({
    onSubscription: () => void heard.push('subscribed'),
    onUnsubscription: () => void heard.push('unsubscribed'),
    onSubscriptionError: (code, text) => void heard.push(`error ${code} ${text}`),
    onItemUpdate: update => void heard.push(`${update.getValue('BIDPRICE1')}${update.isSnapshot() ? ' first' : ''}`),
  })
  client.subscribe(price)
  return { price, heard }
}

describe.each(LIBRARIES)('%s', name => {
  it('connects, gets rows, recovers what it missed and unsubscribes', async () => {
    const desk = await start(name)
    const { broker, client, story } = desk
    const { price, heard } = followPrice(desk)
    client.connect()
    await waitFor('the snapshot', () => heard.includes('1.08417 first'))
    await waitFor('a WebSocket', () => story.at(-1) === 'CONNECTED:WS-STREAMING')
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    await waitFor('a row', () => heard.includes('1.08418'))

    broker.faults.dropStream()
    broker.injectTick(EURUSD, '1.08419', '1.08425')
    await waitFor('what was missed', () => heard.includes('1.08419'))
    await waitFor('the recovery', () => story.at(-1) === 'CONNECTED:WS-STREAMING')
    expect(story).toContain('DISCONNECTED:TRYING-RECOVERY')
    broker.injectTick(EURUSD, '1.08420', '1.08426')
    await waitFor('a row after it', () => heard.includes('1.08420'))

    client.unsubscribe(price)
    await waitFor('the end of the subscription', () => broker.streams()[0]?.subscriptions === 0)
    client.disconnect()
    await waitFor('the end of the session', () => broker.streams().length === 0)
    expect(heard).toEqual(['subscribed', '1.08417 first', '1.08418', '1.08419', '1.08420', 'unsubscribed'])
  })

  it.each(['WS-POLLING', 'HTTP-STREAMING', 'HTTP-POLLING'])('gets every row by %s', async transport => {
    const desk = await start(name)
    const { broker, client, story } = desk
    client.connectionOptions.setForcedTransport(transport)
    const { heard } = followPrice(desk)
    client.connect()
    await waitFor('the snapshot', () => heard.includes('1.08417 first'))
    await waitFor(transport, () => story.at(-1) === `CONNECTED:${transport}`)
    for (const bid of ['1.08418', '1.08419', '1.08420']) {
      broker.injectTick(EURUSD, bid, '1.08430')
      await waitFor(bid, () => heard.includes(bid))
    }
    expect(heard).toEqual(['subscribed', '1.08417 first', '1.08418', '1.08419', '1.08420'])
  })

  it('goes on after the server told it to bind again', async () => {
    const desk = await start(name)
    const { broker, client, story } = desk
    const { heard } = followPrice(desk)
    client.connect()
    await waitFor('the snapshot', () => heard.includes('1.08417 first'))
    await waitFor('a WebSocket', () => story.at(-1) === 'CONNECTED:WS-STREAMING')
    broker.faults.loopStream()
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    await waitFor('the next row', () => heard.includes('1.08418'))
    expect(heard).toEqual(['subscribed', '1.08417 first', '1.08418'])
  })

  it('binds again each time an answer over HTTP is full', async () => {
    const desk = await start(name)
    const { broker, client, story } = desk
    client.connectionOptions.setForcedTransport('HTTP-STREAMING')
    client.connectionOptions.setContentLength(60)
    const { heard } = followPrice(desk)
    client.connect()
    await waitFor('the snapshot', () => heard.includes('1.08417 first'))
    await waitFor('streaming', () => story.at(-1) === 'CONNECTED:HTTP-STREAMING')
    const bids = Array.from({ length: 12 }, (_, index) => (1.085 + index / 100_000).toFixed(5))
    for (const bid of bids) {
      broker.injectTick(EURUSD, bid, '1.09000')
      await waitFor(bid, () => heard.includes(bid))
    }
    expect(heard).toEqual(['subscribed', '1.08417 first', ...bids])
  })

  it('tells its reader that sign-in, a subscription or the session was refused', async () => {
    const desk = await start(name)
    const { broker, client, story } = desk
    broker.faults.refuseSubscription(-1, 'Insufficient permissions')
    const { heard } = followPrice(desk)
    client.connect()
    await waitFor('the refusal', () => heard.length > 0)
    expect(heard).toEqual(['error -1 Insufficient permissions'])
    broker.faults.endStream(32, 'Maintenance')
    await waitFor('the end', () => story.includes('error 32 Maintenance'))
    expect(story.at(-1)).toMatch(/^(DISCONNECTED|error 32 Maintenance)$/)
  })

  it('tells each deal once, and candles and ticks of the chart', async () => {
    const { broker, rest, client, subscription } = await start(name)
    const confirms: string[] = []
    const bids: string[] = []
    const closes: string[] = []
    const trade = subscription('DISTINCT', 'TRADE:MOCK1', ['CONFIRMS', 'OPU', 'WOU'])
    const ticks = subscription('DISTINCT', `CHART:${EURUSD}:TICK`, ['BID', 'OFR', 'UTM'])
    const candle = subscription('MERGE', `CHART:${EURUSD}:1MINUTE`, ['BID_CLOSE', 'BID_OPEN', 'CONS_END'])
    const keep = (into: string[], field: string) => (update: ItemUpdate) => void into.push(update.getValue(field) ?? '')
    trade.addListener({ onItemUpdate: keep(confirms, 'CONFIRMS') })
    ticks.addListener({ onItemUpdate: keep(bids, 'BID') })
    candle.addListener({ onItemUpdate: keep(closes, 'BID_CLOSE') })
    for (const each of [trade, ticks, candle]) client.subscribe(each)
    client.connect()
    await waitFor('all three', () => broker.streams()[0]?.subscriptions === 3)
    await rest.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'told' })
    broker.injectTick(EURUSD, '1.08418', '1.08424')
    await waitFor('the tick', () => bids.includes('1.08418'))
    await waitFor('the candle', () => closes.includes('1.08418'))
    await waitFor('the confirm', () => confirms.some(text => text.includes('"dealReference":"told"')))
  })
})
