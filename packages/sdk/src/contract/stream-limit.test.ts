import { expect, it } from 'vitest'
import { epic } from '../ids.ts'
import type { Quote } from '../quote.ts'
import { DAX, EURUSD, startContract } from '../testing/contract-broker.ts'

it('the 41st subscription is refused here, before IG is asked; closing one makes room', async () => {
  await using contract = await startContract()
  const { broker, ig } = contract
  const epics = broker
    .state()
    .markets.filter(market => market.epic !== EURUSD)
    .slice(0, 40)
    .map(market => epic(market.epic))
  const [first] = epics.map(each => ig.stream.prices([each], () => {}))
  await contract.comes('forty', () => broker.streams()[0]?.subscriptions === 40)
  expect(() => ig.stream.prices([EURUSD], () => {})).toThrow(
    expect.objectContaining({ name: 'StreamLimitError', limit: 40 }),
  )
  // What is there already is shared, and takes no room.
  ig.stream.prices(epics, () => {})
  expect(ig.stream.usage).toEqual({ open: 40, limit: 40 })
  first?.close()
  expect(() => ig.stream.heartbeat()).toThrow('40 of 40')
  const heard: Quote[] = []
  const shared = ig.stream.prices([epics[1] ?? EURUSD], quote => heard.push(quote))
  shared.close()
  expect(broker.streams()[0]?.subscriptions).toBe(40)
})

it('the last one of a shared subscription to leave ends it at the broker', async () => {
  await using contract = await startContract()
  const { broker, ig } = contract
  const quotes: Quote[] = []
  const first = ig.stream.prices([EURUSD], quote => quotes.push(quote))
  const reader = ig.stream.prices([EURUSD])
  await contract.comes('a price', () => quotes.length > 0)
  expect((await reader.next()).value).toMatchObject({ bidUnits: 108_417 })
  expect(broker.streams()).toMatchObject([{ subscriptions: 1 }])
  first.close()
  broker.injectTick(EURUSD, '1.08420', '1.08426')
  expect((await reader.next()).value).toMatchObject({ bidUnits: 108_420 })
  expect(quotes).toHaveLength(1)
  reader.close()
  await contract.comes('its end', () => broker.streams()[0]?.subscriptions === 0)
})

it('what IG refuses beyond its own limit is told with its words, takes no room, and harms nothing', async () => {
  await using contract = await startContract({ broker: { streaming: { subscriptionLimit: 1 } } })
  const { broker, ig } = contract
  const quotes: Quote[] = []
  const other: Quote[] = []
  const first = ig.stream.prices([EURUSD], quote => quotes.push(quote))
  await contract.comes('a price', () => quotes.length > 0)
  ig.stream.prices([DAX], quote => other.push(quote))
  await contract.comes('the refusal', () => other[0]?.gap?.kind === 'refused')
  expect(other[0]).toMatchObject({ bid: null, state: { other: expect.stringContaining('(-1)') } })
  expect(ig.stream.usage.open).toBe(1)
  broker.injectTick(EURUSD, '1.08420', '1.08426')
  await contract.comes('the price of the other', () => quotes.at(-1)?.bidUnits === 108_420)
  first.close()
  await contract.comes('its end', () => broker.streams()[0]?.subscriptions === 0)
  // Asked for again by whoever wants it next, for everybody.
  ig.stream.prices([DAX], () => {})
  await contract.comes('its price', () => other.at(-1)?.gap === null)
})
