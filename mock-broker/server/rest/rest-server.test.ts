import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, call, type HeaderFields, OPEN, type RestClient, signIn } from '../../testing/rest-client.ts'
import { type MockBroker, startMockBroker } from '../index.ts'

let broker: MockBroker
let client: RestClient
beforeAll(async () => {
  broker = await startMockBroker({ delays: { acknowledgeMs: 0, confirmMs: 0 } })
  client = await signIn(broker)
})
afterAll(() => broker.close())

describe('signing in', () => {
  const key = { 'X-IG-API-KEY': 'mock-api-key', Version: '2' }
  it.each<[string, HeaderFields, unknown, number, string]>([
    ['no key', {}, {}, 400, 'error.security.api-key-missing'],
    ['a wrong key', { 'X-IG-API-KEY': 'x' }, {}, 403, 'error.security.api-key-invalid'],
    ['a wrong password', key, { identifier: 'mock', password: 'x' }, 401, 'error.security.invalid-details'],
    ['a wrong user', key, { identifier: 'x', password: 'mock' }, 401, 'error.security.invalid-details'],
    [
      'an e-mail address',
      key,
      { identifier: 'a@b.c', password: 'mock' },
      400,
      'validation.pattern.invalid.authenticationRequest.identifier',
    ],
    ['no password', key, { identifier: 'mock' }, 400, 'validation.null-not-allowed.request.password'],
    ['an unknown version', { ...key, Version: '9' }, {}, 404, 'invalid.url'],
  ])('with %s is refused', async (_what, headers, body, status, errorCode) => {
    const answer = await call(broker, 'POST', '/session', headers, JSON.stringify(body))
    expect(answer).toMatchObject({ status, body: { errorCode } })
    expect(answer.headers.get('CST')).toBeNull()
  })

  it('answers with the account, our own streaming endpoint and two tokens', async () => {
    const answer = await call(broker, 'POST', '/session', key, '{"identifier":"mock","password":"mock"}')
    expect(answer.body).toMatchObject({
      currentAccountId: broker.accountId,
      lightstreamerEndpoint: broker.stream,
      currencyIsoCode: 'EUR',
      reroutingEnvironment: null,
    })
    expect(answer.headers.get('CST')).toBeTruthy()
    expect(answer.headers.get('X-SECURITY-TOKEN')).toBeTruthy()
  })

  it('keeps the password out of the record', () => {
    expect(JSON.stringify(broker.requests())).not.toContain('"password":"mock"')
    expect(broker.requests()[0]?.body).toMatchObject({ password: '(redacted)' })
  })

  it('gives tokens that die with the session', async () => {
    const other = await signIn(broker)
    expect(await other.get('/session?fetchSessionTokens=true', 1)).toMatchObject({
      status: 200,
      body: { accountId: broker.accountId },
    })
    expect(await other.send('DELETE', '/session', 1, {})).toMatchObject({ status: 200, body: '' })
    expect(await other.get('/accounts', 1)).toMatchObject({
      status: 401,
      body: { errorCode: 'error.security.client-token-invalid' },
    })
  })

  it.each([
    ['MOCK1', 'error.switch.accountId-must-be-different'],
    ['OTHER', 'error.switch.invalid-accountId'],
  ])('cannot switch to the account %s', async (accountId, errorCode) => {
    expect(await client.send('PUT', '/session', 1, { accountId })).toMatchObject({ status: 400, body: { errorCode } })
  })
})

describe('the checks come in order', () => {
  const bad = { 'X-IG-API-KEY': 'x', Version: '9' }
  it.each<[string, () => HeaderFields, string, string, number, string]>([
    ['key before route', () => bad, '/nowhere', '{', 403, 'error.security.api-key-invalid'],
    ['route before tokens', () => ({ ...client.tokens, CST: '' }), '/nowhere', '{', 404, 'invalid.url'],
    [
      'version before tokens',
      () => ({ ...client.tokens, CST: '', Version: '7' }),
      '/positions/otc',
      '{',
      404,
      'invalid.url',
    ],
    [
      'client token before account token',
      () => ({ 'X-IG-API-KEY': 'mock-api-key', Version: '2' }),
      '/positions/otc',
      '{',
      401,
      'error.security.client-token-missing',
    ],
    [
      'account token before body',
      () => ({ ...client.tokens, 'X-SECURITY-TOKEN': '', Version: '2' }),
      '/positions/otc',
      '{',
      401,
      'error.security.account-token-missing',
    ],
    [
      'a wrong account token is told from a missing one',
      () => ({ ...client.tokens, 'X-SECURITY-TOKEN': 'x', Version: '2' }),
      '/positions/otc',
      '{',
      401,
      'error.security.account-token-invalid',
    ],
    ['then the body', () => ({ ...client.tokens, Version: '2' }), '/positions/otc', '{', 400, 'invalid.input'],
  ])('%s', async (_what, headers, path, body, status, errorCode) => {
    expect(await call(broker, 'POST', path, headers(), body)).toMatchObject({ status, body: { errorCode } })
  })
})

describe('an open is refused before dealing', () => {
  const without = (field: keyof typeof OPEN) => ({ ...OPEN, [field]: null })
  it.each<[string, object, string]>([
    ['without a currency', without('currencyCode'), 'validation.null-not-allowed.request.currencyCode'],
    ['without a size', without('size'), 'validation.null-not-allowed.request.size'],
    ['without forceOpen', without('forceOpen'), 'validation.null-not-allowed.request.forceOpen'],
    ['with a forceOpen that is no boolean', { ...OPEN, forceOpen: 'maybe' }, 'invalid.request.force_open'],
    ['with an unknown direction', { ...OPEN, direction: 'UP' }, 'invalid.request.direction'],
    ['with a size that is no number', { ...OPEN, size: 'one' }, 'invalid.request.size'],
    ['with a negative size', { ...OPEN, size: -1 }, 'invalid.request.size'],
    ['with a size too fine', { ...OPEN, size: '1.1234567890123' }, 'validation.pattern.invalid.request.size'],
    ['with a strange expiry', { ...OPEN, expiry: '-*' }, 'validation.pattern.invalid.request.expiry'],
    ['with a strange epic', { ...OPEN, epic: 'a b' }, 'validation.pattern.invalid.request.epic'],
    [
      'with a strange reference',
      { ...OPEN, dealReference: 'a'.repeat(31) },
      'validation.pattern.invalid.request.dealReference',
    ],
    ['LIMIT without level', { ...OPEN, orderType: 'LIMIT' }, 'validation.null-conditional-set-value.request'],
    ['MARKET with level', { ...OPEN, level: 1 }, 'validation.mutual-exclusive-value.request'],
    ['with two stops', { ...OPEN, stopLevel: 1, stopDistance: 1 }, 'validation.mutual-exclusive-value.request'],
    ['with two limits', { ...OPEN, limitLevel: 1, limitDistance: 1 }, 'validation.mutual-exclusive-value.request'],
    [
      'with a stop and without forceOpen',
      { ...OPEN, forceOpen: false, stopDistance: 10 },
      'validation.target-value-conditional-set-value.request',
    ],
    ['guaranteed without a stop', { ...OPEN, guaranteedStop: true }, 'validation.null-conditional-set-value.request'],
    [
      'with a trailing step but no trailing stop',
      { ...OPEN, trailingStopIncrement: 1 },
      'validation.target-value-conditional-set-value.request',
    ],
    ['that is a list', [], 'invalid.input'],
  ])('%s', async (_what, body, errorCode) => {
    expect(await client.send('POST', '/positions/otc', 2, body)).toMatchObject({ status: 400, body: { errorCode } })
  })

  it('for an unknown epic', async () => {
    expect(await client.send('POST', '/positions/otc', 2, { ...OPEN, epic: 'CS.D.NOSUCH.IP' })).toMatchObject({
      status: 404,
      body: { errorCode: 'error.trading.otc.instrument-not-found' },
    })
  })

  it('but text for numbers and booleans is taken, as IG takes it', async () => {
    const sent = { ...OPEN, size: '1.5', forceOpen: 'true', guaranteedStop: 'false', dealReference: 'texts' }
    expect(await client.send('POST', '/positions/otc', 2, sent)).toMatchObject({ status: 200 })
    expect(await client.get('/confirms/texts', 1)).toMatchObject({ body: { dealStatus: 'ACCEPTED', size: 1.5 } })
  })
})

describe('a close is refused before dealing', () => {
  const CLOSE = { dealId: 'DIAAAANOSUCHDEA', direction: 'SELL', size: 1, orderType: 'MARKET' }
  it.each<[string, unknown, string]>([
    ['with deal and epic', { ...CLOSE, epic: OPEN.epic }, 'validation.mutual-exclusive-value.request'],
    ['with neither', { ...CLOSE, dealId: null }, 'validation.null-conditional-set-value.request'],
    [
      'with an epic but no expiry',
      { ...CLOSE, dealId: null, epic: OPEN.epic },
      'validation.null-conditional-set-value.request',
    ],
    ['without a direction', { ...CLOSE, direction: null }, 'validation.null-not-allowed.request.direction'],
    ['without a body', undefined, 'validation.null-not-allowed.request'],
  ])('%s', async (_what, body, errorCode) => {
    const answer = await client.send('POST', '/positions/otc', 1, body, { _method: 'delete' })
    expect(answer).toMatchObject({ status: 400, body: { errorCode } })
  })

  it('as a real DELETE: its body is dropped on the way', async () => {
    expect(await client.send('DELETE', '/positions/otc', 1, CLOSE)).toMatchObject({
      status: 400,
      body: { errorCode: 'validation.null-not-allowed.request' },
    })
  })

  it('and without `_method` is taken for an open', async () => {
    expect(await client.send('POST', '/positions/otc', 2, CLOSE)).toMatchObject({
      body: { errorCode: 'validation.null-not-allowed.request.currencyCode' },
    })
  })
})

describe('reading', () => {
  it.each([
    ['/markets/CS.D.NOSUCH.IP', 3, 404, 'error.public-api.epic-not-found'],
    ['/positions/DIAAAANOSUCHDEA', 2, 404, 'error.position.notfound'],
    ['/confirms/NOSUCHREFERENCE', 1, 404, 'error.confirms.deal-not-found'],
    ['/markets/CS.D.EURUSD.CFD.IP', 9, 404, 'invalid.url'],
    ['/../../etc/passwd', 1, 404, 'invalid.url'],
    ['/markets/%ff', 3, 404, 'invalid.url'],
  ])('%s in version %i is refused', async (path, version, status, errorCode) => {
    expect(await client.get(path, version)).toMatchObject({ status, body: { errorCode } })
  })

  it('finds markets by a part of their name, and none without complaint', async () => {
    const { body } = await client.get('/markets?searchTerm=germany', 1)
    expect(body).toMatchObject({ markets: [{ epic: 'IX.D.DAX.IFD.IP', instrumentName: 'Germany 40', expiry: '-' }] })
    expect(await client.get('/markets?searchTerm=nothing%20like%20it', 1)).toMatchObject({ body: { markets: [] } })
  })

  it('tells the facts of a market', async () => {
    const { body } = await client.get('/markets/CS.D.EURUSD.CFD.IP', 3)
    expect(body).toMatchObject({
      instrument: { contractSize: '100000', valueOfOnePip: '10.00', currencies: [{ code: 'USD' }], marginFactor: 3.33 },
      dealingRules: { minNormalStopOrLimitDistance: { unit: 'POINTS', value: 2 }, minDealSize: { value: 0.1 } },
      snapshot: { decimalPlacesFactor: 5, scalingFactor: 10_000, binaryOdds: null },
    })
    expect(Number(at(body, 'snapshot', 'offer'))).toBeGreaterThan(Number(at(body, 'snapshot', 'bid')))
  })

  it('has no working orders', async () => {
    expect(await client.get('/workingorders', 2)).toMatchObject({ status: 200, body: { workingOrders: [] } })
  })

  it('answers a body that is far too long like any other it cannot read', async () => {
    expect(await client.send('POST', '/positions/otc', 2, { text: 'x'.repeat(1_000_000) })).toMatchObject({
      status: 400,
      body: { errorCode: 'invalid.input' },
    })
  })
})
