import { type ManualClock, manualClock, seededRandom } from '@scalpdesk/testkit'
import { beforeEach, describe, expect, it } from 'vitest'
import { AllowanceError, TransportError } from '../errors.ts'
import type { SdkEvent } from '../observe.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import type { HttpRequest, Transport } from '../transport/transport.ts'
import type { AllowancePort } from './allowance-port.ts'
import { callTo } from './call.ts'
import { Caller } from './caller.ts'
import { RestClient } from './rest-client.ts'
import { ROUTES } from './routes.ts'

type Answer = HttpResponse | Error

let clock: ManualClock
let sent: HttpRequest[]
let answers: Answer[]
let events: SdkEvent[]
let entered: string[]
let renewals: number
/** Until when the allowance is used up; set by a refusal. */
let heldUntilMs: number
let rest: RestClient<string>

beforeEach(() => {
  clock = manualClock()
  sent = []
  answers = []
  events = []
  entered = []
  renewals = 0
  heldUntilMs = 0
  const transport: Pick<Transport, 'send'> = {
    async send(request) {
      sent.push(request)
      const answer = answers.shift()
      if (answer === undefined) throw new Error('the script has no more answers')
      if (answer instanceof Error) throw answer
      return answer
    },
  }
  const allowance: AllowancePort = {
    enterNow: () => false,
    async enter(route, lane, { withinMs }) {
      const waitMs = heldUntilMs - clock.monotonicMs()
      if (waitMs > withinMs) throw new AllowanceError('allowance-wait', route, heldUntilMs)
      if (waitMs > 0) await new Promise<void>(resolve => clock.at(heldUntilMs, resolve))
      entered.push(`${lane} ${route.path}`)
    },
    count() {},
    refused() {
      heldUntilMs = clock.monotonicMs() + 10_000
      return { retryAtMs: heldUntilMs }
    },
    answered() {},
  }
  rest = new RestClient({
    caller: new Caller({
      transport: { ...NOWHERE, ...transport },
      clock,
      observe: event => events.push(event),
      basePath: '/gateway/deal',
      requestTimeoutMs: 10_000,
    }),
    authority: {
      authNow: () => null,
      auth: async () => `auth-${renewals}`,
      headers: (auth, version) => ({ Auth: auth, Version: String(version) }),
      renew: async () => {
        renewals++
      },
    },
    allowance,
    clock,
    random: seededRandom(1),
    ending: new AbortController().signal,
  })
})

/** A transport for what this never does. */
const NOWHERE: Omit<Transport, 'send'> = {
  sendOrder: async () => ({ kind: 'unsent', cause: new Error('no orders here') }),
  warm: async () => {},
  doubt() {},
  hurry() {},
  stopWaiting() {},
  close: async () => {},
}

const ok = (body: unknown = { accounts: [] }): HttpResponse => ({
  status: 200,
  headers: new Map([['x-request-id', 'IG-1']]),
  body: JSON.stringify(body),
})
const no = (status: number, errorCode: string | null): HttpResponse => ({
  status,
  headers: new Map(),
  body: JSON.stringify({ errorCode }),
})
const lost = () => new TransportError('no-answer', 'expected an answer, but got none; try again')
const ACCOUNTS = callTo(ROUTES.accounts)
const PREFERENCES = callTo(ROUTES.setPreferences, { body: '{"trailingStopsEnabled":true}' })
const DEAD = no(401, 'error.security.client-token-invalid')

/** Runs to the end, moving time on whenever nothing else happens. */
async function finish<T>(run: Promise<T>): Promise<T | Error> {
  let result: { readonly value: T | Error } | null = null
  run.then(
    value => {
      result = { value }
    },
    (error: unknown) => {
      result = { value: error instanceof Error ? error : new Error(String(error)) }
    },
  )
  for (let turn = 0; turn < 2_000 && result === null; turn++) {
    await Promise.resolve()
    if (turn % 20 === 19) clock.advance(250)
  }
  if (result === null) throw new Error('expected an end')
  return (result as { readonly value: T | Error }).value
}

describe('a read', () => {
  it.each<readonly [string, Answer]>([
    ['no answer', lost()],
    ['500 with a null code', no(500, null)],
    ['500 system.error', no(500, 'system.error')],
    ['502 with HTML', { status: 502, headers: new Map(), body: '<html>' }],
    ['503', no(503, null)],
    ['504', no(504, 'error.security.get.session.timeout')],
  ])('is repeated after %s, and its answer is the second one', async (_title, first) => {
    answers = [first, ok({ accounts: [1] })]
    expect(await finish(rest.read(ACCOUNTS))).toEqual({ accounts: [1] })
    expect(sent).toHaveLength(2)
    expect(events.filter(event => event.kind === 'retry')).toHaveLength(1)
  })

  it('gives up after three attempts, with pauses that grow', async () => {
    answers = [lost(), lost(), lost(), ok()]
    expect(await finish(rest.read(ACCOUNTS))).toMatchObject({ name: 'TransportError', code: 'no-answer' })
    expect(sent).toHaveLength(3)
    const pauses = events.flatMap(event => (event.kind === 'retry' ? [event.waitMs] : []))
    expect(pauses[0]).toBeGreaterThanOrEqual(125)
    expect(pauses[1]).toBeGreaterThan(pauses[0] ?? 0)
    expect(clock.pending).toBe(0)
  })

  it.each([
    [404, 'error.public-api.epic-not-found', 'RefusedError'],
    [400, 'validation.null-not-allowed.request.epic', 'RefusedError'],
    [403, 'error.security.api-key-disabled', 'SignInError'],
    [403, 'unauthorised.access.to.equity.exception', 'RefusedError'],
  ])('is not repeated after %s %s: the same question gets the same answer', async (status, code, name) => {
    answers = [no(status, code), ok()]
    expect(await finish(rest.read(ACCOUNTS))).toMatchObject({
      name,
      code,
      request: { method: 'GET', path: '/accounts' },
    })
    expect(sent).toHaveLength(1)
  })

  it('is repeated once with new tokens, and not a third time', async () => {
    answers = [DEAD, DEAD, ok()]
    expect(await finish(rest.read(ACCOUNTS))).toMatchObject({ name: 'SignInError' })
    expect(sent.map(request => request.headers.Auth)).toEqual(['auth-0', 'auth-1'])
  })

  it('knows dead tokens by the code, also under 403', async () => {
    answers = [no(403, 'error.security.account-token-invalid'), ok()]
    expect(await finish(rest.read(ACCOUNTS))).toEqual({ accounts: [] })
    expect(renewals).toBe(1)
  })

  it('waits when the allowance is used up, tells how long, and asks again', async () => {
    answers = [no(403, 'error.public-api.exceeded-account-allowance'), ok()]
    expect(await finish(rest.read(ACCOUNTS))).toEqual({ accounts: [] })
    expect(events).toContainEqual({
      kind: 'allowance-refused',
      route: 'GET /accounts v1',
      code: 'error.public-api.exceeded-account-allowance',
      retryInMs: 10_000,
    })
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(10_000)
  })

  it('does not wait longer than the caller would, and says when to come back', async () => {
    answers = [no(403, 'error.public-api.exceeded-account-allowance'), ok()]
    const failure = await finish(rest.read(ACCOUNTS, { waitWithinMs: 5_000 }))
    expect(failure).toMatchObject({ name: 'AllowanceError', retryAtMs: 10_000 })
    expect(sent).toHaveLength(1)
  })

  it('stops waiting when told to, and asks nothing more', async () => {
    answers = [lost(), ok()]
    const controller = new AbortController()
    const run = rest.read(ACCOUNTS, { signal: controller.signal })
    for (let turn = 0; turn < 40; turn++) await Promise.resolve()
    controller.abort()
    expect(await finish(run)).toMatchObject({ code: 'aborted' })
    expect(sent).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  it('goes in the lane it is asked in', async () => {
    answers = [ok()]
    await finish(rest.read(ACCOUNTS, { lane: 'exit' }))
    expect(entered).toEqual(['exit /accounts'])
    expect(events).toMatchObject([
      { kind: 'request', id: 1, route: 'GET /accounts v1', lane: 'exit', attempt: 1 },
      { kind: 'response', id: 1, status: 200, code: null, result: 'answered', igRequestId: 'IG-1' },
    ])
  })

  it('an answer of 200 that is no JSON is not repeated', async () => {
    answers = [{ status: 200, headers: new Map(), body: '<html>maintenance</html>' }, ok()]
    expect(await finish(rest.read(ACCOUNTS))).toMatchObject({ name: 'ProtocolError', code: 'not-json' })
    expect(sent).toHaveLength(1)
  })
})

describe('a read whose answers mean something else', () => {
  it('gets a 404 or a 500 as it is', async () => {
    for (const status of [404, 405, 500]) {
      answers = [no(status, null)]
      expect(await finish(rest.answer(ACCOUNTS))).toMatchObject({ status })
    }
    expect(sent).toHaveLength(3)
  })
})

describe('a write', () => {
  it.each<readonly [string, Answer, string]>([
    ['no answer', lost(), 'TransportError'],
    ['500', no(500, 'system.error'), 'TransportError'],
    ['504', no(504, null), 'TransportError'],
    ['dead tokens', DEAD, 'SignInError'],
    ['no allowance', no(403, 'error.public-api.exceeded-account-allowance'), 'AllowanceError'],
    ['a refusal', no(400, 'error.watchlists.management.duplicate-name'), 'RefusedError'],
    ['HTML', { status: 200, headers: new Map(), body: '<html>' }, 'ProtocolError'],
  ])('is sent once, whatever comes: %s', async (_title, answer, name) => {
    answers = [answer, ok()]
    expect(await finish(rest.write(PREFERENCES))).toMatchObject({ name })
    expect(sent).toHaveLength(1)
    clock.advance(120_000)
    expect(sent).toHaveLength(1)
  })

  it('takes an empty body for done', async () => {
    answers = [{ status: 200, headers: new Map(), body: '' }]
    expect(await finish(rest.write(PREFERENCES))).toBeNull()
  })

  it('renews dead tokens for the next call', async () => {
    answers = [DEAD, ok()]
    await finish(rest.write(PREFERENCES))
    expect(await finish(rest.write(PREFERENCES))).toEqual({ accounts: [] })
    expect(sent.map(request => request.headers.Auth)).toEqual(['auth-0', 'auth-1'])
  })
})

it('a fault of the observer costs no call', async () => {
  const faults: unknown[] = []
  const caught = (error: unknown) => void faults.push(error)
  const previous = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', caught)
  try {
    const caller = new Caller({
      transport: { ...NOWHERE, send: async () => ok() },
      clock,
      observe: () => {
        throw new Error('a bug in the metrics')
      },
      basePath: '',
      requestTimeoutMs: 1,
    })
    expect(await caller.send(ACCOUNTS, {}, { lane: 'data', attempt: 1 }, {})).toMatchObject({ status: 200 })
    await new Promise(resolve => setImmediate(resolve))
    expect(faults).toHaveLength(2)
  } finally {
    process.off('uncaughtException', caught)
    for (const listener of previous) process.on('uncaughtException', listener)
  }
})
