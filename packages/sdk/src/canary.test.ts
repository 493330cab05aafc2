import { cashAccount, type MockUser, startMockBroker } from '@scalpdesk/mock-broker'
import { manualClock, seededRandom, waitFor } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { connectIg } from './connect-ig.ts'
import { dealId } from './ids.ts'
import type { ConnectOptions, Ig } from './ig.ts'
import type { SdkEvent } from './observe.ts'
import { ANSWERS, BEARER_SESSION, ECHO, SIGN_IN_ANSWERS } from './testing/canary-answers.ts'
import { type CanaryTrap, canaryTrap } from './testing/canary-trap.ts'
import { EVERY_ORDER, everyCall } from './testing/every-call.ts'
import { listeningFetch } from './testing/listening-fetch.ts'
import { ACCOUNTS, type Answer, json, type RudeServer, startRudeServer } from './testing/rude-server.ts'
import { type SharedTime, sharedTime } from './testing/shared-time.ts'
import { fetchTransport } from './transport/fetch-transport.ts'

// Secrets are planted, everything is made to fail, and whatever a program could print of it is searched for them.

const API_KEY = 'canary-api-key'
const IDENTIFIER = 'canary-identifier'
const PASSWORD = 'canary-pass/word+?'
const CREDENTIALS = { apiKey: API_KEY, identifier: IDENTIFIER, password: PASSWORD }
const SALE = { direction: 'SELL', size: new Decimal(1) } as const
/** All of the tokens have it, and nothing else. */
const TOKENS = 'canary-'

const FETCH = { transport: fetchTransport() }
const TRANSPORTS: readonly (readonly [string, Partial<ConnectOptions>])[] = [
  ['our own connections', {}],
  ['fetch', FETCH],
]

let trap: CanaryTrap
let time: SharedTime
let common: Pick<ConnectOptions, 'clock' | 'random' | 'observe'>

beforeEach(() => {
  const clock = manualClock()
  time = sharedTime(clock)
  trap = canaryTrap()
  for (const secret of [API_KEY, IDENTIFIER, PASSWORD, TOKENS]) trap.plant(secret)
  const observe = (event: SdkEvent): void => {
    time.hear(event)
    trap.take('an event', event)
  }
  common = { clock: time.clock, random: seededRandom(1), observe }
})

/** Takes what a call ends with. */
async function taking(what: string, call: Promise<unknown>): Promise<void> {
  await call.then(
    value => trap.take(`the answer of ${what}`, value),
    error => trap.take(`the error of ${what}`, error),
  )
}

function takeConnection(ig: Ig): void {
  trap.take('the connection', ig)
  trap.take('its allowances', ig.allowances.view())
  trap.take('its session', ig.session)
  trap.take('its account', ig.account)
}

it('the trap finds a secret wherever it hides', () => {
  const hidden = [
    new Error('no', { cause: new Error(TOKENS) }),
    Object.assign(new Error('no'), { request: { headers: { cst: TOKENS } } }),
    Object.defineProperty({}, 'password', { value: PASSWORD, enumerable: false }),
    { body: Buffer.from(`identifier=${encodeURIComponent(PASSWORD)}`).toString() },
    { basic: Buffer.from(API_KEY).toString('base64') },
    new Map([[{}, [IDENTIFIER]]]),
  ]
  for (const each of hidden) {
    const own = canaryTrap()
    for (const secret of [API_KEY, IDENTIFIER, PASSWORD, TOKENS]) own.plant(secret)
    own.take('it', each)
    expect(own.leaks()).not.toEqual([])
  }
})

describe.each(TRANSPORTS)('no secret shows, over %s,', (_what, options) => {
  async function connected(server: RudeServer, more: Partial<ConnectOptions> = {}): Promise<Ig> {
    return connectIg({ environment: server.url, credentials: CREDENTIALS, ...common, ...options, ...more })
  }

  it('whatever every call is answered with', async () => {
    const server = await startRudeServer()
    for (const [title, answer] of ANSWERS) {
      const ig = await connected(server)
      const calls = everyCall(API_KEY)
      for (const { path } of calls) if (path !== '/session') server.on(path, answer)
      server.on('GET /session', answer)
      server.on('PUT /session', answer)
      const work = calls.map(({ path, call }) => taking(`${path}, answered with ${title}`, call(ig, {})))
      await time.during(Promise.all(work))
      takeConnection(ig)
      server.on('/accounts', json(200, ACCOUNTS))
      await time.during(ig.close())
    }
    await server.close()
    expect(trap.leaks()).toEqual([])
    expect([...trap.errorNames()]).toEqual(
      expect.arrayContaining([
        'AllowanceError',
        'DecodeError',
        'ProtocolError',
        'RefusedError',
        'SignInError',
        'TransportError',
      ]),
    )
  })

  it('whatever an order is answered with, nor in what it is settled as', async () => {
    const server = await startRudeServer()
    server.on('/confirms/REF-1', json(200, { dealReference: 'REF-1', dealStatus: 'canary' }))
    for (const path of ['/positions', '/workingorders', '/history/activity']) server.on(path, ECHO)
    const kinds = new Set<string>()
    for (const [title, answer] of ANSWERS) {
      const ig = await connected(server)
      server.onOrder(answer)
      for (const path of ['', '/D1']) server.on(`/workingorders/otc${path}`, answer)
      const ends = EVERY_ORDER.map(async (send, index) => {
        const sent = await send(ig, `R-${index}`, {})
        kinds.add(sent.kind)
        trap.take(`what was sent, answered with ${title}`, sent)
        if (sent.kind === 'unsent' || sent.kind === 'unknown') trap.take('its cause', sent.cause)
        const stop = AbortSignal.abort()
        const settlement = await ig.settle(sent, { signal: stop })
        trap.take('its settlement', settlement)
        if ('cause' in settlement) trap.take('the cause of the settlement', settlement.cause)
      })
      await time.during(Promise.all(ends))
      await time.during(ig.close())
    }
    await server.close()
    expect(trap.leaks()).toEqual([])
    expect(kinds).toEqual(new Set(['acknowledged', 'rejected', 'unsent', 'unknown']))
  })

  it('when nothing answers, and when the caller stops', async () => {
    const server = await startRudeServer()
    const silent: Answer = () => {}
    const ig = await connected(server, { requestTimeoutMs: 1_000 })
    for (const { path } of everyCall(API_KEY)) if (path !== '/session') server.on(path, silent)
    for (const method of ['GET', 'PUT']) server.on(`${method} /session`, silent)
    server.onOrder(silent)
    const stop = new AbortController()
    const work = everyCall(API_KEY).flatMap(({ path, call }) => [
      taking(`${path}, timed out`, call(ig, { timeoutMs: 500 })),
      taking(`${path}, stopped`, call(ig, { signal: stop.signal })),
      taking(`${path}, stopped before`, call(ig, { signal: AbortSignal.abort(new Error('enough')) })),
    ])
    const orders = EVERY_ORDER.flatMap((send, index) => [
      taking('an order, timed out', send(ig, `T-${index}`, { timeoutMs: 500 })),
      taking('an order, stopped', send(ig, `S-${index}`, { signal: stop.signal })),
      taking('an order, stopped before', send(ig, `B-${index}`, { signal: AbortSignal.abort() })),
    ])
    await waitFor('requests', () => server.requests.length > 10)
    stop.abort()
    await time.during(Promise.all([...work, ...orders]))
    server.cutAll()
    takeConnection(ig)
    await time.during(ig.close())
    await server.close()
    expect(trap.leaks()).toEqual([])
  })

  it('in a sign-in that goes wrong, in version 2 and in version 3, encrypted or not', async () => {
    const server = await startRudeServer()
    for (const [title, answer] of SIGN_IN_ANSWERS) {
      for (const version of [2, 3] as const) {
        server.on('/session', answer)
        await taking(`a sign-in with ${title}`, time.during(connected(server, { sessionVersion: version })))
        server.on('/session/encryptionKey', answer)
        await taking(`a key that is ${title}`, time.during(connected(server, { encryptPassword: 'always' })))
      }
    }
    await server.close()
    await taking('a server that is gone', time.during(connected(server)))
    expect(trap.leaks()).toEqual([])
  })

  it('when tokens are to be replaced', async () => {
    const server = await startRudeServer()
    for (const [title, answer] of SIGN_IN_ANSWERS) {
      server.on('/session', BEARER_SESSION)
      server.on('/session/refresh-token', answer)
      const ig = await connected(server, { sessionVersion: 3 })
      server.on('/session', answer)
      await time.pass(61_000)
      await time.during(taking(`a read after ${title}`, ig.positions.list()))
      trap.take('an order after it', await time.during(ig.positions.close({ dealId: dealId('D1'), ...SALE })))
      takeConnection(ig)
      await time.during(ig.close())
    }
    await server.close()
    expect(trap.leaks()).toEqual([])
  })

  it('in options that are wrong', async () => {
    const server = await startRudeServer()
    const wrong: readonly object[] = [
      { credentials: { ...CREDENTIALS, apiKey: `${API_KEY}\n` } },
      { credentials: { ...CREDENTIALS, apiKey: 7, password: PASSWORD } },
      { credentials: { ...CREDENTIALS, identifier: '' } },
      { credentials: null },
      { environment: new URL('ftp://127.0.0.1/') },
      { environment: new URL(`http://${IDENTIFIER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:1/gateway/deal`) },
      { sessionVersion: 4 },
      { timeZone: 'Nowhere/Land' },
      { requestTimeoutMs: -1 },
    ]
    for (const more of wrong) await taking(JSON.stringify(Object.keys(more)), connected(server, more))
    await server.close()
    expect(trap.errorNames()).toContain('InvalidInputError')
    expect(trap.leaks()).toEqual([])
  })
})

describe.each([2, 3] as const)('no secret shows in a whole session of version %d', version => {
  it('that streams, deals, switches the account, loses its tokens, and is refused in the end', async () => {
    const clock = manualClock()
    const { fetch: listening, tokens } = listeningFetch()
    await using broker = await startMockBroker({ clock, users: [USER], delays: { acknowledgeMs: 0, confirmMs: 0 } })
    trap.plant(broker.apiKey)
    const own = sharedTime(clock)
    const statuses: string[] = []
    const ig = await connectIg({
      environment: new URL(broker.url),
      credentials: { apiKey: broker.apiKey, identifier: IDENTIFIER, password: PASSWORD },
      ...common,
      clock: own.clock,
      observe: event => {
        own.hear(event)
        trap.take('an event', event)
      },
      sessionVersion: version,
      transport: fetchTransport(listening),
    })
    ig.stream.onStatus(status => {
      statuses.push(status.kind)
      trap.take('a status of the stream', status)
    })
    ig.stream.trades(event => trap.take('a trade', event))
    ig.stream.account(figures => trap.take('figures', figures))
    await waitFor('the stream', () => statuses.includes('live'))
    for (const { path, call } of everyCall(broker.apiKey)) {
      if (path.endsWith('/disable')) continue
      await own.during(taking(path, call(ig, {})))
    }
    const [first, second] = (await ig.accounts.list()).map(account => account.id)
    if (first === undefined || second === undefined) throw new Error('expected two accounts')
    for (const [index, send] of EVERY_ORDER.entries()) {
      const sent = await own.during(send(ig, `canaries-${index}`.slice(8), {}))
      trap.take('what was sent', sent)
      trap.take('its settlement', await own.during(ig.settle(sent)))
    }
    await ig.session.switchAccount(ig.account.id === first ? second : first)
    broker.faults.dropStream()
    await own.pass(61_000)
    broker.faults.expireToken()
    await own.during(taking('a read without tokens', ig.positions.list()))
    broker.faults.restart()
    await own.pass(120_000)
    takeConnection(ig)
    await own.during(taking('a disabled key', ig.applications.disable()))
    await own.during(taking('a read of a disabled key', ig.positions.list()))
    broker.faults.dropStream()
    await own.pass(120_000)
    await own.during(ig.close())
    await taking('a read of what is closed', ig.positions.list())
    await taking('a position of what is closed', ig.positions.get(dealId('D1')))
    expect(tokens.size).toBeGreaterThan(version === 2 ? 3 : 4)
    for (const token of tokens) trap.plant(token)
    expect(trap.leaks()).toEqual([])
  })
})

/** A login of ours with two accounts. */
const USER: MockUser = {
  username: IDENTIFIER,
  password: PASSWORD,
  clientId: '1',
  accounts: [cashAccount(new Decimal(100_000), { id: 'ABC12' }), cashAccount(new Decimal(100_000), { id: 'ABC13' })],
}
