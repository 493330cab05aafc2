import { manualClock, waitFor } from '@scalpdesk/testkit'
import { expect, it } from 'vitest'
import { isFresh } from '../freshness.ts'
import type { Heartbeat } from '../heartbeat.ts'
import type { Quote } from '../quote.ts'
import { EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'

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

it('the whole ladder, and how its levels follow the price', async () => {
  await using contract = await startContract()
  const { broker, ig } = contract
  const market = await ig.markets.get(EURUSD)
  const quotes: Quote[] = []
  ig.stream.prices([market], quote => quotes.push(quote), { depth: 5 })
  await contract.comes('a price', () => quotes.length > 0)
  const levels = quotes[0]?.levels ?? []
  expect(levels).toHaveLength(5)
  const sizes = levels.map(level => level.offerSize?.toNumber() ?? 0)
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
  expect(new Set(sizes).size).toBe(5)
  for (const [index, level] of levels.entries()) {
    const before = levels[index - 1]
    if (before === undefined) continue
    expect(level.offerUnits).toBeGreaterThan(before.offerUnits ?? Number.POSITIVE_INFINITY)
    expect(level.bidUnits).toBeLessThan(before.bidUnits ?? Number.NEGATIVE_INFINITY)
  }
  broker.injectTick(EURUSD, '1.08420', '1.08426')
  await contract.comes('the change', () => quotes.at(-1)?.bidUnits === 108_420)
  expect(quotes.at(-1)?.levels?.map(level => (level.bidUnits ?? 0) - (levels[0]?.bidUnits ?? 0))).toEqual(
    levels.map(level => (level.bidUnits ?? 0) - (levels[0]?.bidUnits ?? 0) + 3),
  )
})

it.each(['MARKET', 'L1'] as const)('the withdrawn item %s gives the same quotes', async legacyItems => {
  await using contract = await startContract({ broker: { streaming: { legacyItems: true } } })
  const { broker, ig } = contract
  const quotes: Quote[] = []
  const present: Quote[] = []
  ig.stream.prices([EURUSD], quote => quotes.push(quote), { legacyItems, day: true })
  ig.stream.prices([EURUSD], quote => present.push(quote), { day: true })
  await contract.comes('both', () => quotes.length > 0 && present.length > 0)
  expect(quotes[0]).toMatchObject({ bidUnits: 108_417, offerUnits: 108_423, isSnapshot: true, levels: null })
  expect([quotes[0]?.state, quotes[0]?.gap]).toEqual(['tradeable', null])
  // Its time has seconds, and is of London: in June one hour ahead of UTC.
  expect(quotes[0]?.brokerTimeMs).toBe(Math.floor(START_MS / 1_000) * 1_000)
  expect(quotes[0]?.day?.percentChange?.toFixed()).toBe(present[0]?.day?.percentChange?.toFixed())
  expect(quotes[0]?.day?.midOpen?.toFixed()).toBe(present[0]?.day?.midOpen?.toFixed())
  broker.injectTick(EURUSD, '1.08420', '1.08426')
  await contract.comes('the change', () => quotes.at(-1)?.bidUnits === 108_420)
  broker.faults.closeMarket(EURUSD)
  await contract.comes('the state', () => quotes.at(-1)?.state === 'closed')
  expect(present.at(-1)?.bidUnits).toBe(108_420)
})

it('the withdrawn item in winter: London is then at UTC, whatever the zone of the account', async () => {
  const winter = manualClock(Date.UTC(2026, 0, 14, 9, 30, 15))
  await using contract = await startContract({
    broker: { streaming: { legacyItems: true }, clock: winter },
    connect: { clock: winter },
  })
  const quotes: Quote[] = []
  contract.ig.stream.prices([EURUSD], quote => quotes.push(quote), { legacyItems: 'MARKET' })
  await waitFor('a quote', () => quotes[0])
  expect(quotes[0]?.brokerTimeMs).toBe(winter.nowMs())
})

it('where the withdrawn items are gone the quotes say so', async () => {
  await using contract = await startContract()
  const quotes: Quote[] = []
  contract.ig.stream.prices([EURUSD], quote => quotes.push(quote), { legacyItems: 'MARKET' })
  await contract.comes('the refusal', () => quotes.length > 0)
  expect(quotes[0]?.gap?.kind).toBe('refused')
})
