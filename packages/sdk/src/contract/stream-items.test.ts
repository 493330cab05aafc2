import { waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { isFresh } from '../freshness.ts'
import type { Heartbeat } from '../heartbeat.ts'
import type { Quote } from '../quote.ts'
import { EURUSD, startContract } from '../testing/contract-broker.ts'

it('prices come with levels and the figures of the day, shared by everyone who wants the same', async () => {
  await using contract = await startContract()
  const { broker, ig } = contract
  const market = await ig.markets.get(EURUSD)
  const quotes: Quote[] = []
  const late: Quote[] = []
  ig.stream.prices([market], quote => quotes.push(quote), { depth: 2, day: true })
  await waitFor('a price', () => quotes.length > 0)
  const [first] = quotes
  expect(first).toMatchObject({ bidUnits: 108_417, offerUnits: 108_423, isSnapshot: true, session: 1 })
  expect(first?.levels?.[0]).toMatchObject({ bidUnits: 108_417, offerUnits: 108_423 })
  expect(first?.day?.high?.toFixed()).toMatch(/^1\.\d+$/)
  expect(ig.stream.health).toMatchObject({ status: { kind: 'live' }, session: 1 })
  ig.stream.prices([EURUSD], quote => late.push(quote), { depth: 2, day: true })
  await waitFor('what is known', () => late.length > 0)
  expect(late[0]).toMatchObject({ bidUnits: 108_417, isSnapshot: true })
  expect(ig.stream.usage).toEqual({ open: 1, limit: 40 })
  broker.injectTick(EURUSD, '1.08420', '1.08426')
  await waitFor('the change', () => late.length > 1)
  expect(late[1]).toMatchObject({ bidUnits: 108_420, isSnapshot: false })
  expect(late[1]).toBe(quotes.at(-1))
  expect(isFresh(late[1] ?? quotes[0]!, ig.stream.health, late[1]?.receivedAtMs ?? 0)).toBe(true)
})

it('a reader gets the newest price, and ends with the connection', async () => {
  await using contract = await startContract()
  const { broker, ig } = contract
  const reader = ig.stream.prices([EURUSD])
  expect((await reader.next()).value).toMatchObject({ decimals: 5, bidUnits: 108_417 })
  broker.injectTick(EURUSD, '1.08420', '1.08426')
  expect((await reader.next()).value).toMatchObject({ bidUnits: 108_420, isSnapshot: false })
  await contract.inTime(ig.close())
  expect(await reader.next()).toEqual({ done: true, value: undefined })
})

it('the heartbeat has the time of the broker', async () => {
  await using contract = await startContract()
  const beats: Heartbeat[] = []
  contract.ig.stream.heartbeat(beat => beats.push(beat))
  await waitFor('a beat', () => beats[0])
  expect(beats[0]).toMatchObject({ brokerTimeMs: contract.clock.nowMs(), isSnapshot: true, gap: null })
  expect(contract.ig.stream.health.heartbeatAtMs).toBe(beats[0]?.receivedAtMs)
})
