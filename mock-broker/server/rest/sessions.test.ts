import { constants, createPublicKey, publicEncrypt } from 'node:crypto'
import { manualClock } from '@scalpdesk/testkit'
import { describe, expect, it } from 'vitest'
import { at, call, clientWith, OPEN, type RestClient, signIn } from '../../testing/rest-client.ts'
import { startedBrokers } from '../../testing/started-brokers.ts'
import { openSession } from '../../testing/stream-client.ts'
import type { MockBroker } from '../index.ts'

const { startBroker: start } = startedBrokers()

const KEY = { 'X-IG-API-KEY': 'mock-api-key' }
const CREDENTIALS = JSON.stringify({ identifier: 'mock', password: 'mock' })

async function signInWithBearer(broker: MockBroker): Promise<{ body: unknown; as: (account?: string) => RestClient }> {
  const { body } = await call(broker, 'POST', '/session', { ...KEY, Version: '3' }, CREDENTIALS)
  const Authorization = `Bearer ${at(body, 'oauthToken', 'access_token')}`
  return {
    body,
    as: account => clientWith(broker, { ...KEY, Authorization, ...(account ? { 'IG-ACCOUNT-ID': account } : {}) }),
  }
}

describe('a session of version 3', () => {
  it('has the shape of the reference', async () => {
    const { body } = await signInWithBearer(await start())
    expect(body).toEqual({
      clientId: '100000001',
      accountId: 'MOCK1',
      timezoneOffset: 1,
      lightstreamerEndpoint: expect.stringMatching(/^http:/),
      oauthToken: {
        access_token: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        refresh_token: expect.any(String),
        scope: 'profile',
        token_type: 'Bearer',
        expires_in: '60',
      },
    })
  })

  it('acts on the account that each call names, else on the preferred one', async () => {
    const { as } = await signInWithBearer(await start())
    expect(await as('MOCK2').get('/session', 1)).toMatchObject({ body: { accountId: 'MOCK2', currency: 'GBP' } })
    expect(await as().get('/session', 1)).toMatchObject({ body: { accountId: 'MOCK1', currency: 'EUR' } })
    expect(await as('OTHER1').get('/session', 1)).toMatchObject({ status: 401 })
  })

  it('lasts a minute, and is renewed by its refresh token, which is replaced', async () => {
    const clock = manualClock()
    const broker = await start({ clock })
    const { body, as } = await signInWithBearer(broker)
    clock.advance(60_000)
    const refused = { status: 401, body: { errorCode: 'error.security.oauth-token-invalid' } }
    expect(await as().get('/accounts', 1)).toMatchObject(refused)
    const refresh = JSON.stringify({ refresh_token: at(body, 'oauthToken', 'refresh_token') })
    const { body: renewed } = await call(broker, 'POST', '/session/refresh-token', KEY, refresh)
    const Authorization = `Bearer ${at(renewed, 'access_token')}`
    expect(await clientWith(broker, { ...KEY, Authorization }).get('/accounts', 1)).toMatchObject({ status: 200 })
    expect(await call(broker, 'POST', '/session/refresh-token', KEY, refresh)).toMatchObject(refused)
  })

  it('fetches tokens for the stream, and signs out', async () => {
    const broker = await start()
    const { as } = await signInWithBearer(broker)
    const { headers } = await as('MOCK1').get('/session?fetchSessionTokens=true', 1)
    const tokens = { CST: headers.get('CST') ?? '', 'X-SECURITY-TOKEN': headers.get('X-SECURITY-TOKEN') ?? '' }
    await openSession(broker, clientWith(broker, tokens))
    expect(await as().send('DELETE', '/session', 1, undefined)).toMatchObject({ status: 200, body: '' })
    expect(await as().get('/accounts', 1)).toMatchObject({ status: 401 })
  })

  it('is not switched by PUT', async () => {
    const { as } = await signInWithBearer(await start())
    expect(await as().send('PUT', '/session', 1, { accountId: 'MOCK2' })).toMatchObject({ status: 400 })
  })
})

describe('switching the account', () => {
  it('replaces both tokens and moves everything to the other account', async () => {
    const broker = await start()
    const client = await signIn(broker)
    await client.send('POST', '/positions/otc', 2, OPEN)
    const switched = await client.send('PUT', '/session', 1, { accountId: 'MOCK2', defaultAccount: true })
    expect(switched).toMatchObject({
      body: {
        trailingStopsEnabled: true,
        dealingEnabled: true,
        hasActiveDemoAccounts: true,
        hasActiveLiveAccounts: false,
      },
    })
    expect(await client.get('/positions', 2)).toMatchObject({ status: 401 })
    const tokens = {
      ...KEY,
      CST: switched.headers.get('CST') ?? '',
      'X-SECURITY-TOKEN': switched.headers.get('X-SECURITY-TOKEN') ?? '',
    }
    expect(tokens.CST).not.toBe(client.tokens.CST)
    const other = clientWith(broker, tokens)
    expect(await other.get('/positions', 2)).toMatchObject({ body: { positions: [] } })
    expect(await other.get('/session', 1)).toMatchObject({ body: { accountId: 'MOCK2' } })
    const login = await call(broker, 'POST', '/session', { ...KEY, Version: '2' }, CREDENTIALS)
    expect(login.body).toMatchObject({ currentAccountId: 'MOCK2', accountType: 'SPREADBET', currencySymbol: '£' })
  })
})

describe('an encrypted password', () => {
  async function encrypted(broker: MockBroker, password: string): Promise<string> {
    const { body } = await call(broker, 'GET', '/session/encryptionKey', KEY)
    const spki = Buffer.from(String(at(body, 'encryptionKey')), 'base64')
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const inner = Buffer.from(`${password}|${at(body, 'timeStamp')}`).toString('base64')
    return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(inner)).toString('base64')
  }

  it.each([
    ['mock', 200],
    ['wrong', 401],
  ])('of %s is answered %i', async (password, status) => {
    const broker = await start()
    const body = { identifier: 'mock', password: await encrypted(broker, password), encryptedPassword: true }
    expect(await call(broker, 'POST', '/session', { ...KEY, Version: '2' }, JSON.stringify(body))).toMatchObject({
      status,
    })
  })

  it('that is none is a wrong one', async () => {
    const body = JSON.stringify({ identifier: 'mock', password: 'mock', encryptedPassword: 'true' })
    expect(await call(await start(), 'POST', '/session', KEY, body)).toMatchObject({ status: 401 })
  })
})

it('keeps users apart: accounts, positions and confirms', async () => {
  const broker = await start()
  const [first, second] = [await signIn(broker), await signIn(broker, 'second')]
  await first.send('POST', '/positions/otc', 2, { ...OPEN, dealReference: 'mine' })
  const dealId = broker.positions()[0]?.position.dealId
  expect(at((await second.get('/accounts', 1)).body, 'accounts', 0, 'accountId')).toBe('OTHER1')
  expect(await second.get('/positions', 2)).toMatchObject({ body: { positions: [] } })
  expect(await second.get(`/positions/${dealId}`, 2)).toMatchObject({ status: 404 })
  expect(await second.get('/confirms/mine', 1)).toMatchObject({ status: 404 })
})

it('takes the preference of trailing stops, also as text', async () => {
  const client = await signIn(await start())
  expect(await client.send('PUT', '/accounts/preferences', 1, { trailingStopsEnabled: 'false' })).toMatchObject({
    body: { status: 'SUCCESS' },
  })
  expect(await client.get('/accounts/preferences', 1)).toMatchObject({ body: { trailingStopsEnabled: false } })
  const trailing = { ...OPEN, dealReference: 'trail', trailingStop: true, stopDistance: 10, trailingStopIncrement: 2 }
  await client.send('POST', '/positions/otc', 2, trailing)
  expect(await client.get('/confirms/trail', 1)).toMatchObject({ body: { reason: 'TRAILING_STOP_NOT_ALLOWED' } })
})

it('keeps passwords and refresh tokens out of the record', async () => {
  const broker = await start()
  await call(broker, 'POST', '/session/refresh-token', KEY, '{"refresh_token":"secret-one"}')
  expect(JSON.stringify(broker.requests())).not.toContain('secret-one')
})

describe('allowances', () => {
  it('of IG are enforced by the minute, and off unless asked for', async () => {
    const clock = manualClock()
    const broker = await start({ clock, allowances: 'ig' })
    const client = await signIn(broker)
    for (let count = 0; count < 30; count++) expect((await client.get('/accounts', 1)).status).toBe(200)
    const refused = { status: 403, body: { errorCode: 'error.public-api.exceeded-account-allowance' } }
    expect(await client.get('/accounts', 1)).toMatchObject(refused)
    expect(await client.send('POST', '/positions/otc', 2, OPEN)).toMatchObject({ status: 200 })
    clock.advance(60_000)
    expect(await client.get('/accounts', 1)).toMatchObject({ status: 200 })
  })

  it('of the key counts sign-ins too, and those of trading count alone', async () => {
    const broker = await start({ allowances: 'ig' })
    const client = await signIn(broker)
    for (let count = 0; count < 100; count++) await client.send('POST', '/positions/otc', 2, { ...OPEN, size: 0.01 })
    expect(await client.send('POST', '/positions/otc', 2, OPEN)).toMatchObject({
      status: 403,
      body: { errorCode: 'error.public-api.exceeded-account-trading-allowance' },
    })
    for (let count = 0; count < 59; count++) await signIn(broker)
    expect(await call(broker, 'POST', '/session', { ...KEY, Version: '2' }, CREDENTIALS)).toMatchObject({
      status: 403,
      body: { errorCode: 'error.public-api.exceeded-api-key-allowance' },
    })
  })

  it('of price points are counted, and their rest told', async () => {
    const client = await signIn(await start({ allowances: 'ig' }))
    const path = '/prices/CS.D.EURUSD.CFD.IP?max=6000&pageSize=0'
    expect(at((await client.get(path, 3)).body, 'metadata', 'allowance')).toEqual({
      remainingAllowance: 4000,
      totalAllowance: 10_000,
      allowanceExpiry: expect.any(Number),
    })
    expect(await client.get(path, 3)).toMatchObject({
      status: 403,
      body: { errorCode: 'error.public-api.exceeded-account-historical-data-allowance' },
    })
  })
})
