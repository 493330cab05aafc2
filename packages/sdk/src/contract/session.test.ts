import { waitFor } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import type { AccountFigures } from '../account.ts'
import { accountId, epic } from '../ids.ts'
import type { Ig } from '../ig.ts'
import { type Contract, EURUSD, startContract } from '../testing/contract-broker.ts'
import { notExercised } from '../testing/contract-routes.ts'
import type { TradeEvent } from '../trade-event.ts'
import { fetchTransport } from '../transport/fetch-transport.ts'

const BETTING = accountId('MOCK2')
const EURUSD_BET = epic('CS.D.EURUSD.TODAY.IP')

describe('signing in', () => {
  it('lands on the preferred account, and the session says the same when it is read', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    expect(ig.session).toMatchObject({ accountId: broker.accountId, version: 2, utcOffsetHours: 1 })
    expect(ig.account).toMatchObject({ id: broker.accountId, type: 'cfd', currency: 'EUR', isPreferred: true })
    expect(await ig.session.read()).toEqual({
      clientId: '100000001',
      accountId: broker.accountId,
      utcOffsetHours: 1,
      locale: 'en_GB',
      currency: 'EUR',
      streamServer: broker.stream,
    })
  })

  it('acts on the account that was wanted, in version 2 as in version 3', async () => {
    await using contract = await startContract({ connect: { accountId: BETTING } })
    const third = await contract.connect({ accountId: BETTING, sessionVersion: 3 })
    for (const ig of [contract.ig, third]) {
      expect(ig.account).toMatchObject({ id: BETTING, type: 'spread-bet', currency: 'GBP' })
      expect((await ig.session.read()).accountId).toBe(BETTING)
    }
  })

  it('sends the password encrypted when told to, and IG reads it', async () => {
    await using contract = await startContract({ connect: { encryptPassword: 'always' } })
    const { broker, ig } = contract
    expect(ig.account.id).toBe(broker.accountId)
    expect(broker.requests().map(({ method, path }) => `${method} ${path}`)).toContain('GET /session/encryptionKey')
    const signIn = broker.requests().find(({ method, path }) => method === 'POST' && path === '/session')
    expect(signIn?.body).toMatchObject({ identifier: broker.username, encryptedPassword: true })
  })

  it('asks for no key where IG takes the password as it is', async () => {
    await using contract = await startContract({ connect: { encryptPassword: 'when-required' } })
    expect(contract.broker.requests().map(({ path }) => path)).not.toContain('/session/encryptionKey')
  })

  it.each([
    ['a wrong password', { password: 'wrong' }, 'error.security.invalid-details'],
    ['a wrong login name', { identifier: 'nobody' }, 'error.security.invalid-details'],
    [
      'an e-mail address',
      { identifier: 'a.b@c.example' },
      'validation.pattern.invalid.authenticationRequest.identifier',
    ],
    ['a wrong key', { apiKey: 'another-key' }, 'error.security.api-key-invalid'],
  ])('is refused for %s, with the code, and tried once', async (_what, wrong, code) => {
    await using contract = await startContract()
    const { broker, events } = contract
    const { apiKey, username: identifier, password } = broker
    const before = broker.requests().length
    const attempt = contract.connect({ credentials: { apiKey, identifier, password, ...wrong } })
    await expect(attempt).rejects.toMatchObject({ name: 'SignInError', code })
    expect(broker.requests()).toHaveLength(before + 1)
    expect(events.filter(event => event.kind === 'session' && event.what === 'signed-in')).toHaveLength(1)
  })

  it('is refused for an account of somebody else, in version 2 as in version 3', async () => {
    await using contract = await startContract()
    const theirs = accountId('OTHER1')
    const second = contract.connect({ accountId: theirs })
    await expect(second).rejects.toMatchObject({ name: 'SignInError', code: 'unknown-account' })
    const third = contract.connect({ accountId: theirs, sessionVersion: 3 })
    await expect(third).rejects.toMatchObject({ code: 'error.security.account-access-denied' })
  })
})

describe('switching the account', () => {
  it.each([2, 3] as const)('takes orders, reads and streams along (version %d)', async version => {
    await using contract = await startContract({ connect: { sessionVersion: version } })
    const { ig, broker } = contract
    broker.injectTick(EURUSD_BET, '10841.7', '10842.3')
    const figures: AccountFigures[] = []
    const trades: TradeEvent[] = []
    ig.stream.account(each => figures.push(each))
    ig.stream.trades(each => trades.push(each))
    await waitFor('figures of the first account', () => figures.at(-1)?.funds?.eq(100_000))

    const account = await ig.session.switchAccount(BETTING)
    expect(account).toMatchObject({ id: BETTING, currency: 'GBP' })
    expect([ig.account.id, ig.session.accountId]).toEqual([BETTING, BETTING])
    await waitFor('figures of the other account', () => figures.at(-1)?.funds?.eq(50_000))
    await waitFor('the trades of the other account', () => isListening(trades))

    const terms = await contract.terms({ epic: EURUSD_BET })
    expect(terms.market).toMatchObject({ expiry: 'DFB', currency: 'GBP' })
    const opened = await contract.dealt(ig.positions.open(terms))
    await waitFor('its event', () => trades.find(event => event.kind === 'position'))
    expect((await ig.positions.list()).map(position => position.dealId)).toEqual(opened.dealIds)
    const first = await contract.connect()
    expect(first.account.id).toBe(broker.accountId)
    expect(await first.positions.list()).toEqual([])
  })

  it('to where we are already asks IG for nothing but the account', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    expect((await ig.session.switchAccount(ig.account.id)).id).toBe(ig.account.id)
    expect(broker.requests().filter(({ method, path }) => method === 'PUT' && path === '/session')).toEqual([])
  })

  it('makes it the preferred one when asked to: the next sign-in lands there', async () => {
    await using contract = await startContract()
    await contract.ig.session.switchAccount(BETTING, { makeDefault: true })
    expect((await contract.connect()).account.id).toBe(BETTING)
    expect((await contract.ig.accounts.list()).find(each => each.isPreferred)?.id).toBe(BETTING)
  })

  it('to an account of somebody else changes nothing', async () => {
    await using contract = await startContract()
    const attempt = contract.ig.session.switchAccount(accountId('OTHER1'))
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidInputError' })
    expect((await contract.ig.session.read()).accountId).toBe(contract.broker.accountId)
  })
})

describe('a session of version 3', () => {
  it('orders, streams, and is replaced before its minute is over, again and again', async () => {
    await using contract = await startContract({ connect: { sessionVersion: 3 } })
    const { ig, broker } = contract
    const trades: TradeEvent[] = []
    ig.stream.trades(each => trades.push(each))
    await waitFor('the stream', () => isListening(trades))
    await openOne(contract, ig)
    await waitFor('the confirm by stream', () => trades.find(event => event.kind === 'confirm'))
    for (let round = 0; round < 4; round++) {
      await contract.pass(61_000)
      expect(whatHappened(contract, 'refreshed')).toBeGreaterThan(round)
      await openOne(contract, ig)
    }
    expect(broker.positions()).toHaveLength(5)
    expect(broker.requests().filter(({ method, path }) => method === 'POST' && path === '/session')).toHaveLength(1)
  })

  it('that cannot be renewed now: an order is unsent, in time, and the next one after the renewal deals', async () => {
    await using contract = await startContract({ connect: { sessionVersion: 3 } })
    const { ig, broker } = contract
    const terms = await contract.terms()
    for (let failure = 0; failure < 4; failure++) broker.faults.errorWithNullCode('/session')
    await contract.pass(40_000)
    expect(contract.events).toContainEqual({ kind: 'session-failed', code: 'http-500' })
    contract.clock.advance(16_000)
    const sent = await contract.inTime(ig.positions.open(terms, { connectWithinMs: 1_000 }))
    expect(sent.kind).toBe('unsent')
    await contract.pass(30_000)
    await openOne(contract, ig)
    expect(broker.orders()).toHaveLength(1)
  })

  it('is renewed by its refresh token when IG no longer takes the other', async () => {
    await using contract = await startContract({ connect: { sessionVersion: 3 } })
    contract.broker.faults.expireToken()
    expect(await contract.ig.positions.list()).toEqual([])
    expect([whatHappened(contract, 'refreshed'), whatHappened(contract, 'renewed')]).toEqual([1, 0])
  })
})

describe('a session of version 2', () => {
  it('is renewed once for all who wait when its tokens are gone', async () => {
    await using contract = await startContract()
    const { ig, broker, clock } = contract
    clock.advance(61_000)
    broker.faults.expireToken()
    const reads = await Promise.all([ig.positions.list(), ig.orders.list(), ig.accounts.list(), ig.watchlists.list()])
    expect(reads.map(rows => rows.length > 0)).toEqual([false, false, true, true])
    expect(broker.requests().filter(({ method, path }) => method === 'POST' && path === '/session')).toHaveLength(2)
    expect(whatHappened(contract, 'renewed')).toBe(1)
  })

  it('lives for six hours without use, and is made anew after them', async () => {
    await using contract = await startContract()
    contract.clock.advance(6 * 3_600_000 + 1000)
    expect((await contract.ig.markets.get(EURUSD)).epic).toBe(EURUSD)
    expect(whatHappened(contract, 'renewed')).toBe(1)
  })

  it('an order that meets dead tokens is rejected, not sent again; the next one deals', async () => {
    await using contract = await startContract()
    const { ig, broker, clock } = contract
    const terms = await contract.terms()
    clock.advance(61_000)
    broker.faults.expireToken()
    const sent = await ig.positions.open(terms)
    expect(sent).toMatchObject({ kind: 'rejected', code: 'error.security.client-token-invalid', httpStatus: 401 })
    expect(broker.positions()).toEqual([])
    await openOne(contract, ig)
    expect(broker.orders()).toHaveLength(2)
  })
})

describe('signing out', () => {
  it.each([2, 3] as const)('ends the tokens at IG (version %d)', async version => {
    await using contract = await startContract()
    const { broker } = contract
    const headers: Record<string, string>[] = []
    const transport = fetchTransport((url, init) => {
      headers.push(init?.headers as Record<string, string>)
      return fetch(url, init)
    })
    const ig = await contract.connect({ sessionVersion: version, transport })
    await ig.session.read()
    const used = headers.at(-1) ?? {}
    const read = (): Promise<Response> => fetch(`${broker.url}/session`, { headers: used })
    expect((await read()).status).toBe(200)
    await ig.close()
    expect(broker.requests().at(-1)).toMatchObject({ method: 'DELETE', path: '/session' })
    expect((await read()).status).toBe(401)
  })

  it('happens once, and afterwards nothing is asked any more', async () => {
    await using contract = await startContract()
    const { ig, broker } = contract
    await Promise.all([ig.close(), ig.close()])
    const before = broker.requests().length
    await expect(ig.positions.list()).rejects.toMatchObject({ name: 'TransportError', code: 'closed' })
    expect(broker.requests()).toHaveLength(before)
  })
})

it('exercises every route of a session', () => {
  expect(notExercised('session')).toEqual([])
})

async function openOne(contract: Contract, ig: Ig): Promise<void> {
  await contract.dealt(ig.positions.open(await contract.terms()))
}

function isListening(trades: readonly TradeEvent[]): boolean {
  const last = trades.filter(event => event.kind === 'feed').at(-1)
  return last?.state === 'listening'
}

function whatHappened({ events }: Contract, what: 'refreshed' | 'renewed'): number {
  return events.filter(event => event.kind === 'session' && event.what === what).length
}
