import { describe, expect, it } from 'vitest'
import type { AccountFigures } from '../account.ts'
import { accountId, epic } from '../ids.ts'
import type { ConnectOptions } from '../ig.ts'
import type { Quote } from '../quote.ts'
import { EURUSD, startContract } from '../testing/contract-broker.ts'
import type { TradeEvent } from '../trade-event.ts'

const BETTING = accountId('MOCK2')
const EURUSD_BET = epic('CS.D.EURUSD.TODAY.IP')

async function started(connect: Partial<ConnectOptions> = {}) {
  const contract = await startContract({ connect })
  const { ig } = contract
  const statuses: string[] = []
  const quotes: Quote[] = []
  const trades: TradeEvent[] = []
  const figures: AccountFigures[] = []
  ig.stream.onStatus(status => statuses.push(status.kind === 'live' ? status.continuity : status.kind))
  ig.stream.prices([await ig.markets.get(EURUSD)], quote => quotes.push(quote))
  ig.stream.trades(event => trades.push(event))
  ig.stream.account(each => figures.push(each))
  await contract.comes('all of them', () => [quotes, trades, figures].every(each => each.length > 0))
  const feed = () => trades.flatMap(event => (event.kind === 'feed' ? [event.state] : []))
  /** The stream's session is gone at the broker, too. */
  const lose = () => {
    contract.broker.faults.dropStream()
    contract.broker.injectTick(EURUSD, '1.08499', '1.08505')
    contract.broker.faults.forgetStream()
  }
  return { contract, statuses, quotes, trades, figures, feed, lose }
}

describe.each([2, 3] as const)('tokens of version %d that ran out', sessionVersion => {
  it('leave a stream that is up as it is', async () => {
    const { contract, statuses, quotes } = await started({ sessionVersion })
    await using _ = contract
    contract.clock.advance(200)
    contract.broker.faults.expireToken()
    contract.broker.injectTick(EURUSD, '1.08499', '1.08505')
    await contract.comes('the price', () => quotes.at(-1)?.bidUnits === 108_499)
    contract.broker.faults.dropStream()
    await contract.comes('the recovery', () => statuses.includes('recovered'))
    expect(contract.events.filter(event => event.kind === 'session' && event.what === 'renewed')).toEqual([])
  })

  it.each([
    ['right after the sign-in', 200],
    ['later', 62_000],
  ])('are replaced for a new session of the stream, which tells what it missed, %s', async (_when, ageMs) => {
    const { contract, statuses, quotes, feed, lose } = await started({ sessionVersion })
    await using _ = contract
    await contract.pass(ageMs)
    const diedAtMs = contract.clock.monotonicMs()
    contract.broker.faults.expireToken()
    lose()
    await contract.comes('another session', () => statuses.includes('replaced'))
    await contract.comes('its price', () => quotes.at(-1)?.bidUnits === 108_499)
    await contract.comes('its trades', () => feed().at(-1) === 'listening')
    expect(contract.clock.monotonicMs() - diedAtMs).toBeLessThan(10_000)
    expect(feed().at(0)).toBe('listening')
    expect(feed().slice(-2)).toEqual(['interrupted', 'listening'])
    expect(quotes.some(quote => quote.gap?.kind === 'lost')).toBe(true)
    await contract.dealt(contract.ig.positions.open(await contract.terms()))
    const signIns = contract.broker.requests().filter(({ method, path }) => method === 'POST' && path === '/session')
    expect(signIns).toHaveLength(sessionVersion === 2 ? 2 : 1)
  })
})

describe('a stream that IG refuses', () => {
  it('right after the sign-in holds no order back, and comes with the next tokens', async () => {
    await using contract = await startContract()
    const { broker, ig } = contract
    const quotes: Quote[] = []
    const kinds: string[] = []
    broker.faults.refuseStream(1, 'User/password check failed')
    ig.stream.onStatus(status => kinds.push(status.kind))
    ig.stream.prices([await ig.markets.get(EURUSD)], quote => quotes.push(quote))
    await contract.comes('the end of it', () => kinds.includes('closed') || quotes.some(quote => quote.bid !== null))
    const sent = await ig.positions.open(await contract.terms(), { connectWithinMs: 100 })
    expect(sent.kind).toBe('acknowledged')
    await contract.pass(60_000)
    await contract.comes('a price', () => quotes.at(-1)?.bidUnits === 108_417)
  })
})

it('a subscription that IG refused comes with the next login, while the stream is up', async () => {
  await using contract = await startContract()
  const { broker, ig } = contract
  const quotes: Quote[] = []
  broker.faults.refuseSubscription(-1, 'Insufficient permissions')
  ig.stream.prices([await ig.markets.get(EURUSD)], quote => quotes.push(quote))
  await contract.comes('the refusal', () => quotes.at(-1)?.gap?.kind === 'refused')
  broker.faults.expireToken()
  await ig.positions.list()
  await contract.comes('a price', () => quotes.at(-1)?.bidUnits === 108_417)
  expect(broker.streams()).toHaveLength(1)
})

it('tokens that were renewed while the stream was dialling are not renewed once more', async () => {
  const { contract, statuses, quotes, lose } = await started()
  await using _ = contract
  const { broker, ig } = contract
  await contract.pass(62_000)
  broker.faults.expireToken()
  // The stream asks with the tokens that it knows, while a read is the first to find out that they are over.
  lose()
  await Promise.all([ig.positions.list(), contract.comes('another session', () => statuses.includes('replaced'))])
  await contract.comes('its price', () => quotes.at(-1)?.bidUnits === 108_499)
  const signIns = broker.requests().filter(({ method, path }) => method === 'POST' && path === '/session')
  expect(signIns).toHaveLength(2)
  expect(contract.events.filter(event => event.kind === 'session-failed')).toEqual([])
})

describe.each([2, 3] as const)('after a switch of accounts, in version %d', sessionVersion => {
  it('the streams of the old one end, those of the new one begin, and no row of the old one comes', async () => {
    const { contract, figures, trades, quotes, feed } = await started({ sessionVersion })
    await using _ = contract
    const { broker, ig } = contract
    broker.injectTick(EURUSD_BET, '10841.7', '10842.3')
    await contract.dealt(ig.positions.open(await contract.terms()))
    const other = await contract.connect()
    const theirs = await contract.terms()
    await ig.session.switchAccount(BETTING)
    const [ofFigures, ofTrades, ofQuotes] = [figures.length, trades.length, quotes.length]
    // The old account goes on without us.
    const there = await other.positions.open({ ...theirs, reference: contract.reference() })
    expect((await contract.inTime(other.settle(there))).kind).toBe('accepted')
    broker.injectTick(EURUSD, '1.08517', '1.08523')
    await contract.comes('the other account', () => figures.at(-1)?.funds?.eq(50_000))
    await contract.comes('its trades', () => feed().at(-1) === 'listening')
    await contract.comes('prices', () => quotes.at(-1)?.bidUnits === 108_517)
    await contract.dealt(ig.positions.open(await contract.terms({ epic: EURUSD_BET })))
    await contract.comes('its position', () => trades.slice(ofTrades).some(event => event.kind === 'position'))
    expect(figures.slice(ofFigures).map(each => each.funds?.toFixed(0) ?? null)).not.toContain('100000')
    const deals = trades.slice(ofTrades).flatMap(event => (event.kind === 'position' ? [event.update.epic] : []))
    expect(deals).toEqual([EURUSD_BET])
    expect(quotes.slice(ofQuotes).every(quote => quote.session === 2)).toBe(true)
    expect(quotes[ofQuotes - 1]).toMatchObject({ bid: null, session: 1 })
    expect(quotes[ofQuotes - 1]?.gap?.kind).toBe('switched')
    await contract.comes('one stream', () => broker.streams().length === 1)
    expect(broker.streams()).toMatchObject([{ account: 'MOCK2' }])
  })
})

it('forty subscriptions are taken along to another account', async () => {
  await using contract = await startContract()
  const { broker, ig } = contract
  const epics = broker
    .state()
    .markets.slice(0, 40)
    .map(market => epic(market.epic))
  const sessions = new Map<string, number>()
  ig.stream.prices(epics, quote => void (quote.gap === null && sessions.set(quote.epic, quote.session)))
  await contract.comes('forty', () => sessions.size === 40)
  await ig.session.switchAccount(BETTING)
  expect(ig.stream.usage).toEqual({ open: 40, limit: 40 })
  await contract.comes('forty again', () => [...sessions.values()].every(session => session === 2))
  await contract.comes('one session', () => broker.streams().length === 1)
  expect(broker.streams()).toMatchObject([{ account: 'MOCK2', subscriptions: 40 }])
})

describe.each([2, 3] as const)('while the stream of version %d is being connected', sessionVersion => {
  it('closing everything leaves nothing at the broker', async () => {
    await using contract = await startContract({ connect: { sessionVersion } })
    const { broker, ig } = contract
    const quotes = ig.stream.prices([EURUSD])
    for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve))
    await contract.inTime(ig.close())
    expect(await quotes.next()).toEqual({ done: true, value: undefined })
    await contract.comes('no session', () => broker.streams().length === 0)
  })

  it('a switch of accounts leads to one session, of the account that was meant', async () => {
    await using contract = await startContract({ connect: { sessionVersion } })
    const { broker, ig } = contract
    const figures: AccountFigures[] = []
    ig.stream.account(each => figures.push(each))
    await ig.session.switchAccount(BETTING)
    await contract.comes('its figures', () => figures.at(-1)?.funds?.eq(50_000))
    await contract.comes('one session', () => broker.streams().length === 1)
    expect(broker.streams()).toMatchObject([{ account: 'MOCK2' }])
  })
})
