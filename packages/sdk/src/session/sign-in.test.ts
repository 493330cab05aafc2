import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectIg } from '../connect-ig.ts'
import { accountId, dealReference, epic } from '../ids.ts'
import type { ConnectOptions } from '../ig.ts'
import { json, type RudeServer, raw, signedIn, startRudeServer } from '../testing/rude-server.ts'

let server: RudeServer

beforeEach(async () => {
  server = await startRudeServer()
})

afterEach(() => server.close())

const connect = (more: Partial<ConnectOptions> = {}) =>
  connectIg({
    environment: server.url,
    credentials: { apiKey: 'canary-key', identifier: 'canary-name', password: 'canary-password' },
    requestTimeoutMs: 400,
    ...more,
  })

const failure = async (run: Promise<unknown>): Promise<Error> => {
  const error = await run.then(
    () => new Error('expected a failure'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof Error)) throw new Error('expected an Error')
  expect(inspect(error, { depth: 9 })).not.toContain('canary')
  return error
}

describe('signing in', () => {
  it('sends the login once, in version 2, and acts on the preferred account', async () => {
    await using ig = await connect()
    const [login] = server.requests
    expect(`${login?.method} ${login?.path}`).toBe('POST /gateway/deal/session')
    expect(login?.headers.get('version')).toBe('2')
    expect(JSON.parse(login?.body ?? '')).toEqual({ identifier: 'canary-name', password: 'canary-password' })
    expect(ig.account).toMatchObject({ id: 'ABC12', name: 'CFD', type: 'cfd', currency: 'EUR', isPreferred: true })
    expect(ig.account.balance?.profitLoss.toFixed()).toBe('-12.5')
    expect(inspect(ig, { depth: 9 })).not.toContain('canary')
  })

  it('switches to the account asked for and takes its new tokens', async () => {
    server.on('PUT /session', json(200, {}, { CST: 'canary-2', 'X-SECURITY-TOKEN': 'canary-3' }))
    await using ig = await connect({ accountId: accountId('ABC13') })
    expect(ig.account).toMatchObject({ id: 'ABC13', type: 'spread-bet', currency: 'GBP', balance: null })
    expect(server.requests.find(request => request.method === 'PUT')?.body).toBe('{"accountId":"ABC13"}')
    expect(server.requests.at(-1)?.headers.get('x-security-token')).toBe('canary-3')
  })

  it('names the accounts there are when the one asked for is not', async () => {
    const error = await failure(connect({ accountId: accountId('NOPE') }))
    expect(error).toMatchObject({ name: 'SignInError', code: 'unknown-account' })
    expect(error.message).toContain('ABC12, ABC13')
  })

  it.each([
    [401, 'error.security.invalid-details', 'SignInError', 'password'],
    [403, 'error.security.api-key-invalid', 'SignInError', 'API key'],
    [400, 'validation.pattern.invalid.authenticationRequest.identifier', 'SignInError', 'e-mail'],
    [403, 'error.public-api.exceeded-api-key-allowance', 'AllowanceError', 'wait'],
    [500, 'system.error', 'TransportError', 'later'],
  ])('%s %s is a %s that says what to do', async (status, errorCode, name, advice) => {
    server.on('/session', json(status, { errorCode }))
    const error = await failure(connect())
    expect(error).toMatchObject({ name, code: errorCode })
    expect(error.message).toContain(advice)
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    ['HTML', raw(200, '<html>'), 'ProtocolError'],
    ['no tokens', json(200, {}), 'DecodeError'],
    ['an empty 503', raw(503, ''), 'TransportError'],
  ])('%s is a failure, not a session', async (_title, answer, name) => {
    server.on('/session', answer)
    expect(await failure(connect())).toMatchObject({ name })
  })

  it('names the address that does not answer', async () => {
    const error = await failure(connect({ environment: new URL('http://127.0.0.1:1/gateway/deal') }))
    expect(error).toMatchObject({ name: 'TransportError' })
    expect(error.message).toContain('127.0.0.1:1')
    expect(error.message).toContain('ECONNREFUSED')
  })

  it('gives up after its timeout, and when told to', async () => {
    server.on('/session', () => {})
    expect((await failure(connect())).message).toContain('400 ms')
    const controller = new AbortController()
    const attempt = failure(connect({ signal: controller.signal }))
    controller.abort()
    expect(await attempt).toMatchObject({ code: 'aborted' })
  })

  it('refuses a key that cannot be one, without showing it', async () => {
    const credentials = { apiKey: 'canary\r\nCST: x', identifier: 'a', password: 'b' }
    expect(await failure(connect({ credentials }))).toMatchObject({ name: 'InvalidInputError' })
    expect(server.requests).toHaveLength(0)
  })
})

describe('reading', () => {
  const empty = json(200, { positions: [] })
  const dead = json(401, { errorCode: 'error.security.client-token-invalid' })

  it('signs in again for tokens that are refused at once, but not over and over', async () => {
    await using ig = await connect()
    server.on('/positions', dead)
    for (let attempt = 0; attempt < 5; attempt++) {
      expect(await failure(ig.positions.list())).toMatchObject({ name: 'SignInError', code: 'session-lost' })
    }
    expect(server.requests.filter(request => request.method === 'POST')).toHaveLength(2)
  })

  it('repeats a read once when a kept connection was dead', async () => {
    await using ig = await connect()
    let asked = 0
    server.on('/positions', socket => {
      asked++
      if (asked === 1) socket.resetAndDestroy()
      else socket.write(empty)
    })
    expect(await ig.positions.list()).toEqual([])
    expect(asked).toBe(2)
  })

  it.each([
    [404, 'error.public-api.epic-not-found', 'RefusedError', 'search'],
    [403, 'error.public-api.exceeded-account-allowance', 'AllowanceError', 'retryAtMs'],
    [500, 'system.error', 'TransportError', 'later'],
  ])('%s %s', async (status, errorCode, name, advice) => {
    await using ig = await connect()
    server.on('/markets/CS.D.NOPE.CFD.IP', json(status, { errorCode }))
    const error = await failure(ig.markets.get(epic('CS.D.NOPE.CFD.IP'), { waitWithinMs: 0 }))
    expect(error).toMatchObject({ name, code: errorCode })
    expect(error.message).toContain(advice)
  })

  it.each([
    ['404', json(404, { errorCode: 'error.confirms.deal-not-found' })],
    ['405 without a body', raw(405, '')],
    ['500 with a null code', json(500, { errorCode: null })],
  ])('a confirm that is not there: %s', async (_title, answer) => {
    await using ig = await connect()
    server.on('/confirms/REF-1', answer)
    expect(await ig.confirms.find(dealReference('REF-1'))).toBeNull()
  })
})

describe('closing', () => {
  it('signs out, once, and leaves no connection', async () => {
    const ig = await connect()
    await Promise.all([ig.close(), ig.close()])
    expect(server.requests.filter(request => request.method === 'DELETE').map(request => request.path)).toEqual([
      '/gateway/deal/session',
    ])
    expect(await failure(ig.positions.list())).toBeInstanceOf(Error)
  })

  it('does not fail when signing out does', async () => {
    const ig = await connect()
    server.on('DELETE /session', socket => socket.resetAndDestroy())
    await ig.close()
  })

  it('a second sign-in is a session of its own', async () => {
    server.on('POST /session', signedIn)
    await using first = await connect()
    await using second = await connect()
    expect(first.account.id).toBe(second.account.id)
  })
})
