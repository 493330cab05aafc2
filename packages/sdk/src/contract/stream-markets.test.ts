import { describe, expect, it } from 'vitest'
import { freshness } from '../freshness.ts'
import { epic } from '../ids.ts'
import type { MarketState } from '../market.ts'
import type { Quote } from '../quote.ts'
import { type Contract, EURUSD, START_MS, startContract } from '../testing/contract-broker.ts'

async function started(contract: Contract) {
  const { ig, clock } = contract
  const quotes: Quote[] = []
  ig.stream.prices([await ig.markets.get(EURUSD)], quote => quotes.push(quote))
  await contract.comes('a price', () => quotes.length > 0)
  const last = (): Quote => {
    const quote = quotes.at(-1)
    if (quote === undefined) throw new Error('expected a quote')
    return quote
  }
  return { quotes, last, worth: () => freshness(last(), ig.stream.health, clock.monotonicMs()) }
}

describe('a market that closes', () => {
  it('says so with its last price, is no alarm however long it is silent, and is fresh when it opens', async () => {
    await using contract = await startContract()
    const { broker, clock } = contract
    const { last, worth } = await started(contract)
    expect(worth()).toBe('fresh')
    broker.faults.closeMarket(EURUSD)
    await contract.comes('the state', () => last().state === 'closed')
    expect(last()).toMatchObject({ bidUnits: 108_417, offerUnits: 108_423, isSnapshot: false })
    const closedAtMs = clock.monotonicMs()
    await contract.comes('half a minute', () => clock.monotonicMs() > closedAtMs + 30_000)
    expect(worth()).toBe('closed')
    broker.faults.openMarket(EURUSD)
    broker.injectTick(EURUSD, '1.08420', '1.08426')
    await contract.comes('the price', () => last().bidUnits === 108_420)
    expect([last().state, worth()]).toEqual(['tradeable', 'fresh'])
  })

  it('a weekend: who comes then gets the last price as a snapshot, with the time that it is of', async () => {
    await using contract = await startContract()
    const { broker } = contract
    broker.faults.closeMarket(EURUSD)
    broker.setClock(START_MS + 3 * 86_400_000)
    const { last, worth } = await started(contract)
    expect(last()).toMatchObject({ state: 'closed', isSnapshot: true, bidUnits: 108_417 })
    expect(last().brokerTimeMs).toBeLessThan(START_MS + 60_000)
    expect(worth()).toBe('closed')
  })

  it('and the session that ends over the weekend: the next one shows the state again, and no alarm', async () => {
    await using contract = await startContract()
    const { broker } = contract
    const { quotes, last, worth } = await started(contract)
    broker.faults.closeMarket(EURUSD)
    await contract.comes('the state', () => last().state === 'closed')
    broker.faults.endStream(32, 'Maintenance, back on Sunday')
    await contract.comes('the next session', () => last().session === 2 && last().gap === null)
    expect(quotes.find(quote => quote.gap !== null)?.gap?.text).toContain('Maintenance, back on Sunday')
    expect([last().state, last().isSnapshot, worth()]).toEqual(['closed', true, 'closed'])
  })
})

const STATES: readonly (readonly [string, MarketState])[] = [
  ['IX.D.NIKKEI.IFM.IP', 'closed'],
  ['CO.D.KC.USS.IP', 'edits-only'],
]
it.each(STATES)('%s is %s from the first row', async (name, state) => {
  await using contract = await startContract()
  const quotes: Quote[] = []
  contract.ig.stream.prices([epic(name)], quote => quotes.push(quote))
  await contract.comes('a quote', () => quotes.length > 0)
  expect(quotes[0]?.state).toBe(state)
})

describe('a price that is none', () => {
  it('is null until the market shows the next, and nobody may deal on it', async () => {
    await using contract = await startContract()
    const { broker } = contract
    const { last, worth } = await started(contract)
    broker.faults.nullPrices(EURUSD)
    await contract.comes('no price', () => last().bid === null)
    expect(last()).toMatchObject({ bid: null, offer: null, state: 'tradeable' })
    expect([last().gap, worth()]).toEqual([null, 'missing'])
    broker.injectTick(EURUSD, '1.08420', '1.08426')
    await contract.comes('the price', () => last().bidUnits === 108_420)
    expect(worth()).toBe('fresh')
  })

  it('a crossed one is told as it is, and is not fresh', async () => {
    await using contract = await startContract()
    const { broker } = contract
    const { quotes, worth, last } = await started(contract)
    broker.faults.crossedQuote(EURUSD)
    await contract.comes('it', () => last().bidUnits === 108_423)
    expect(last()).toMatchObject({ bidUnits: 108_423, offerUnits: 108_417 })
    expect(worth()).toBe('crossed')
    expect(quotes).toHaveLength(2)
  })
})

it('a market that stands still is quiet while the heartbeat comes, and silent where nobody listens to that', async () => {
  await using contract = await startContract()
  const { ig, clock } = contract
  const { last } = await started(contract)
  const beats = ig.stream.heartbeat(() => {})
  const startMs = clock.monotonicMs()
  await contract.comes('eleven seconds', () => clock.monotonicMs() > startMs + 11_000)
  const worth = () => freshness(last(), ig.stream.health, clock.monotonicMs())
  expect(worth()).toBe('quiet')
  beats.close()
  expect(worth()).toBe('silent')
})
