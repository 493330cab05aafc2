import { type ManualClock, manualClock } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { type AccountId, accountId, dealId } from '../ids.ts'
import type { SdkEvent } from '../observe.ts'
import { answered, type ScriptedTransport, scriptedTransport } from '../testing/scripted-transport.ts'
import type { Exchange } from '../transport/transport.ts'
import type { OrderHeaders } from './order-gate.ts'
import { OrderSender } from './order-sender.ts'
import { SentRegister } from './sent-register.ts'

const ID = dealId('DIAAAA1')
const close = { dealId: ID, direction: 'SELL', size: new Decimal(1) } as const
const legs = { dealId: ID, stopLevel: null, limitLevel: null }
const OK = answered(200, { dealReference: 'REF-1' })
const ready = (token: string): OrderHeaders => ({ kind: 'ready', headers: { CST: token } })

let clock: ManualClock
let events: SdkEvent[]
let account: AccountId
let register: SentRegister
/** What the session gives, in turn; the last one for ever. */
let given: OrderHeaders[]

beforeEach(() => {
  clock = manualClock()
  events = []
  account = accountId('ABC12')
  register = new SentRegister()
  given = [ready('old'), ready('new')]
})

function senderOver(transport: Pick<ScriptedTransport, 'sendOrder'>): OrderSender {
  return new OrderSender({
    transport,
    clock,
    register,
    accountId: () => account,
    basePath: '/gateway/deal',
    requestTimeoutMs: 10_000,
    events: { isObserved: true, nextId: () => 1, tell: event => events.push(event) },
    gate: {
      headers: () => (given.length > 1 ? given.shift()! : given[0]!),
      admit: () => null,
      answered() {},
    },
  })
}

const refusal = (code: string, status = 401): Exchange => answered(status, { errorCode: code })
const REFUSED = refusal('error.security.client-token-invalid')

describe('an exit that IG refused for its tokens', () => {
  it.each([
    ['a close', (sender: OrderSender) => sender.close(close)],
    ['an amendment that gets out', (sender: OrderSender) => sender.amend(legs, { isExit: true })],
    ['a cancellation that gets out', (sender: OrderSender) => sender.cancel(ID, { isExit: true })],
  ])('goes once more, with others: %s', async (_what, send) => {
    const transport = scriptedTransport([REFUSED, OK])
    const sent = await send(senderOver(transport))
    expect(sent).toMatchObject({ kind: 'acknowledged', reference: 'REF-1' })
    expect(transport.sent.map(({ request }) => request.headers.CST)).toEqual(['old', 'new'])
    expect(transport.sent[1]?.request).toEqual({ ...transport.sent[0]?.request, headers: { CST: 'new' } })
    expect(events.flatMap(event => (event.kind === 'request' ? [event.attempt] : []))).toEqual([1, 2])
  })

  it.each([
    'error.security.account-token-invalid',
    'error.security.account-token-missing',
    'error.security.client-token-missing',
    'error.security.oauth-token-invalid',
  ])('also with %s, and with 403', async code => {
    const transport = scriptedTransport([refusal(code, 403), OK])
    expect((await senderOver(transport).close(close)).kind).toBe('acknowledged')
  })

  it('goes no third time', async () => {
    const transport = scriptedTransport([REFUSED, REFUSED])
    expect((await senderOver(transport).close(close)).kind).toBe('rejected')
    expect(transport.sent).toHaveLength(2)
  })

  it('is rejected where there are no others', async () => {
    given = [ready('old')]
    const transport = scriptedTransport([REFUSED])
    expect((await senderOver(transport).close(close)).kind).toBe('rejected')
    expect(transport.sent).toHaveLength(1)
  })

  it('waits for others, within the time that is left of its own', async () => {
    const until = Promise.withResolvers<void>()
    given = [ready('old'), { kind: 'waiting', until: until.promise }, ready('new')]
    const inner = scriptedTransport([REFUSED, OK])
    const slow: Pick<ScriptedTransport, 'sendOrder'> = {
      sendOrder(request, options) {
        clock.advance(3_000)
        return inner.sendOrder(request, options)
      },
    }
    const sending = senderOver(slow).close(close, { timeoutMs: 8_000, connectWithinMs: 5_000 })
    until.resolve()
    expect((await sending).kind).toBe('acknowledged')
    expect(inner.sent[1]?.options).toMatchObject({ timeoutMs: 5_000, connectWithinMs: 2_000 })
  })

  it('is rejected when its time is over before there are others', async () => {
    given = [ready('old'), { kind: 'waiting', until: new Promise(() => {}) }]
    const transport = scriptedTransport([REFUSED])
    const sending = senderOver(transport).close(close, { connectWithinMs: 2_000 })
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    clock.advance(2_000)
    expect((await sending).kind).toBe('rejected')
  })

  it('never goes to another account, nor after its signal said stop', async () => {
    const stop = new AbortController()
    for (const meanwhile of [() => (account = accountId('OTHER')), () => stop.abort()]) {
      given = [ready('old'), ready('new')]
      account = accountId('ABC12')
      const inner = scriptedTransport([REFUSED])
      const during: Pick<ScriptedTransport, 'sendOrder'> = {
        sendOrder(request, options) {
          const end = inner.sendOrder(request, options)
          meanwhile()
          return end
        },
      }
      expect((await senderOver(during).close(close, { signal: stop.signal })).kind).toBe('rejected')
      expect(inner.sent).toHaveLength(1)
    }
  })

  it('whose second answer is lost is unknown', async () => {
    const cause = new Error('lost')
    const transport = scriptedTransport([REFUSED, { kind: 'unknown', cause }])
    expect(await senderOver(transport).close(close)).toMatchObject({ kind: 'unknown', cause })
  })
})

describe('goes once, and no more:', () => {
  it('an amendment that is no exit, refused for its tokens', async () => {
    const transport = scriptedTransport([REFUSED])
    expect((await senderOver(transport).amend(legs)).kind).toBe('rejected')
    expect(transport.sent).toHaveLength(1)
  })

  it.each<[string, Exchange]>([
    ['for another reason', refusal('error.position.notfound', 404)],
    ['for the login', refusal('error.security.client-suspended')],
    ['without a code', answered(401, '')],
    ['by a 5xx that names tokens', refusal('error.security.client-token-invalid', 500)],
    ['by a 200 that names tokens', answered(200, { errorCode: 'error.security.client-token-invalid' })],
  ])('an exit refused %s', async (_what, answer) => {
    const transport = scriptedTransport([answer])
    expect((await senderOver(transport).close(close)).kind).not.toBe('acknowledged')
    expect(transport.sent).toHaveLength(1)
  })
})
