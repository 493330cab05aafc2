import { waitFor } from '@scalpdesk/testkit'
import { afterEach, expect, it } from 'vitest'
import { type ItemUpdate, officialClient, officialLibrary } from '../../testing/official-client.ts'
import { startQuietBroker } from '../../testing/quiet-broker.ts'
import { at, OPEN, signIn } from '../../testing/rest-client.ts'

/** One session from sign-in to sign-out as a trader has it, followed by each of Lightstreamer's own clients. */

const ending: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})

it.each(['lightstreamer-client-node', 'lightstreamer-client-node-9', 'lightstreamer-client-web'] as const)(
  '%s follows login, search, stream, open, amend, partial close, close, history and logout',
  async name => {
    const library = officialLibrary(name)
    const broker = await startQuietBroker()
    ending.push(() => broker.close())
    const rest = await signIn(broker)
    const { body: search } = await rest.get('/markets?searchTerm=EUR/USD', 1)
    const epic = String(at(search, 'markets', 0, 'epic'))

    const { client, story } = officialClient(library, broker, rest)
    ending.push(() => client.disconnect())
    const follow = (mode: string, item: string, fields: readonly string[], onItemUpdate: (row: ItemUpdate) => void) => {
      const subscription = new library.Subscription(mode, [item], fields)
      if (item.startsWith('PRICE')) subscription.setDataAdapter('Pricing')
      subscription.addListener({ onItemUpdate })
      client.subscribe(subscription)
    }
    const bids: (string | null)[] = []
    const cash: (string | null)[] = []
    const confirms = new Map<unknown, unknown>()
    const positions: string[] = []
    follow('MERGE', `PRICE:MOCK1:${epic}`, ['BIDPRICE1'], row => void bids.push(row.getValue('BIDPRICE1')))
    follow('MERGE', 'ACCOUNT:MOCK1', ['AVAILABLE_CASH', 'EQUITY'], row => void cash.push(row.getValue('EQUITY')))
    follow('DISTINCT', 'TRADE:MOCK1', ['CONFIRMS', 'OPU'], row => {
      const confirm: unknown = JSON.parse(row.getValue('CONFIRMS') ?? 'null')
      if (confirm) confirms.set(at(confirm, 'dealReference'), confirm)
      // A row of a confirm repeats the position of the row before.
      const position: unknown = JSON.parse(row.getValue('OPU') ?? 'null')
      const text = `${at(position, 'status')} ${at(position, 'size')}`
      if (position && positions.at(-1) !== text) positions.push(text)
    })
    client.connect()
    await waitFor('the first rows', () => bids.length > 0 && cash.length > 0)
    await waitFor('all three', () => broker.streams()[0]?.subscriptions === 3)
    expect(bids).toEqual(['1.08417'])

    const streamed = async (reference: string) => {
      await waitFor(reference, () => confirms.has(reference))
      const polled = (await rest.get(`/confirms/${reference}`, 1)).body
      expect(confirms.get(reference)).toEqual({ ...(polled as object), channel: 'PublicRestOTC' })
      return confirms.get(reference)
    }
    await rest.send('POST', '/positions/otc', 2, { ...OPEN, size: 2, stopDistance: 20, dealReference: 'opening' })
    const opened = await streamed('opening')
    expect(opened).toMatchObject({ dealStatus: 'ACCEPTED', status: 'OPEN', level: 1.08423, size: 2 })
    const dealId = at(opened, 'dealId')

    const amend = await rest.send('PUT', `/positions/otc/${dealId}`, 2, { stopLevel: 1.08, limitLevel: 1.09 })
    expect(await streamed(String(at(amend.body, 'dealReference')))).toMatchObject({ stopLevel: 1.08, limitLevel: 1.09 })

    broker.injectTick(epic, '1.08523', '1.08529')
    for (const [size, status] of [
      [0.5, 'PARTIALLY_CLOSED'],
      [1.5, 'CLOSED'],
    ] as const) {
      const order = { dealId, direction: 'SELL', size, orderType: 'MARKET' }
      const close = await rest.send('POST', '/positions/otc', 1, order, { _method: 'DELETE' })
      expect(await streamed(String(at(close.body, 'dealReference')))).toMatchObject({ status, profitCurrency: 'USD' })
    }
    await waitFor('the positions', () => positions.length >= 4)
    expect(positions).toEqual(['OPEN 2', 'UPDATED 2', 'UPDATED 1.5', 'DELETED 1.5'])
    expect(bids).toEqual(['1.08417', '1.08523'])

    const { body: done } = await rest.get('/history/activity?from=2000-01-01&detailed=true', 3)
    const actions = [0, 1, 2, 3].map(index => at(done, 'activities', index, 'details', 'actions', 0, 'actionType'))
    expect(actions).toEqual(['POSITION_CLOSED', 'POSITION_PARTIALLY_CLOSED', 'STOP_LIMIT_AMENDED', 'POSITION_OPENED'])
    const { body: money } = await rest.get('/history/transactions?from=2000-01-01&type=ALL_DEAL', 2)
    expect([0, 1].map(index => at(money, 'transactions', index, 'profitAndLoss'))).toEqual(['E138.89', 'E46.30'])
    await waitFor('the profit', () => cash.at(-1) === '100185.19')

    await rest.send('DELETE', '/session', 1, undefined)
    await waitFor('the end of the session', () => story.some(text => text.startsWith('error 32')))
    expect((await rest.get('/accounts', 1)).status).toBe(401)
    expect(broker.streams()).toEqual([])
  },
)
