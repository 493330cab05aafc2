import { type ManualClock, manualClock } from '@scalpdesk/testkit'
import { Decimal } from 'decimal.js'
import { beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import type { Lane } from '../allowance/lane.ts'
import type { DealRequest } from '../deal-request.ts'
import { AllowanceError, InvalidInputError, TransportError } from '../errors.ts'
import { type AccountId, accountId, dealId, dealReference, epic } from '../ids.ts'
import type { SdkEvent } from '../observe.ts'
import type { OpenOrder } from '../order.ts'
import type { EditWatch, SendWatch, Sent } from '../submission.ts'
import { answered, type ScriptedTransport, scriptedTransport } from '../testing/scripted-transport.ts'
import type { Exchange } from '../transport/transport.ts'
import type { OrderHeaders } from './order-gate.ts'
import { OrderSender } from './order-sender.ts'
import { SentRegister } from './sent-register.ts'

const ID = dealId('DIAAAA1')
const ACCOUNT = accountId('ABC12')
const HEADERS = { Version: '2', CST: 'canary' }
const order: OpenOrder = {
  reference: dealReference('REF-1'),
  market: { epic: epic('CS.D.EURUSD.CFD.IP'), expiry: '-', currency: 'USD' },
  direction: 'BUY',
  size: new Decimal('0.5'),
}
const close = { dealId: ID, direction: 'SELL', size: new Decimal(1) } as const
const working = {
  reference: dealReference('REF-1'),
  market: order.market,
  kind: 'limit',
  direction: 'BUY',
  size: new Decimal(1),
  level: new Decimal('1.05'),
  goodTill: 'cancelled',
} as const
const changed = {
  dealId: ID,
  kind: 'limit',
  level: new Decimal('1.04'),
  goodTill: 'cancelled',
  stop: null,
  limit: null,
} as const
const OK = answered(200, { dealReference: 'REF-1' })

let clock: ManualClock
let events: SdkEvent[]
let admitted: Lane[]
let told: unknown[]
let asked: unknown[]
let headers: OrderHeaders
let held: AllowanceError | null
let register: SentRegister
let account: AccountId

beforeEach(() => {
  clock = manualClock()
  events = []
  admitted = []
  told = []
  asked = []
  headers = { kind: 'ready', headers: HEADERS }
  held = null
  register = new SentRegister()
  account = ACCOUNT
})

function senderOver(transport: ScriptedTransport): OrderSender {
  let ids = 0
  return new OrderSender({
    transport,
    clock,
    register,
    accountId: () => account,
    basePath: '/gateway/deal',
    requestTimeoutMs: 10_000,
    events: { isObserved: true, nextId: () => ++ids, tell: event => events.push(event) },
    gate: {
      headers(version, asDelete) {
        asked.push([version, asDelete])
        return headers
      },
      admit(lane) {
        admitted.push(lane)
        return held
      },
      answered: (of, status, code) => told.push([of, status, code]),
    },
  })
}

describe('every kind of request', () => {
  it.each<
    readonly [title: string, send: (sender: OrderSender) => Promise<Sent>, line: string, head: unknown, lane: Lane]
  >([
    ['an open', s => s.open(order), 'POST /gateway/deal/positions/otc', [2, false], 'entry'],
    ['a close', s => s.close(close), 'POST /gateway/deal/positions/otc', [1, true], 'exit'],
    [
      'an amendment',
      s => s.amend({ dealId: ID, stopLevel: null, limitLevel: null }),
      'PUT /gateway/deal/positions/otc/DIAAAA1',
      [2, false],
      'edit',
    ],
    ['a working order', s => s.place(working), 'POST /gateway/deal/workingorders/otc', [2, false], 'edit'],
    [
      'a change of one',
      s => s.amendWorkingOrder(changed, { isExit: true }),
      'PUT /gateway/deal/workingorders/otc/DIAAAA1',
      [2, false],
      'exit',
    ],
    ['a cancellation', s => s.cancel(ID), 'DELETE /gateway/deal/workingorders/otc/DIAAAA1', [2, false], 'edit'],
    [
      'a cancellation while getting out',
      s => s.cancel(ID, { isExit: true }),
      'DELETE /gateway/deal/workingorders/otc/DIAAAA1',
      [2, false],
      'exit',
    ],
  ])('%s goes its own way, once, in its lane', async (_title, send, line, head, lane) => {
    const transport = scriptedTransport([OK])
    const sent = await send(senderOver(transport))
    expect(sent).toMatchObject({ kind: 'acknowledged', reference: 'REF-1', acknowledgedAtMs: 0 })
    expect(sent.request).toMatchObject({ reference: 'REF-1', sentAtMs: clock.nowMs(), lane })
    expect(transport.sent.map(({ request }) => `${request.method} ${request.path}`)).toEqual([line])
    expect(transport.sent[0]?.request.headers).toBe(HEADERS)
    expect([asked, admitted]).toEqual([[head], [lane]])
    expect(told).toEqual([[HEADERS, 200, null]])
  })

  it('has no body where it is a real DELETE, because IG ignores it', async () => {
    const transport = scriptedTransport([OK])
    await senderOver(transport).cancel(ID)
    expect(transport.sent[0]?.request.body).toBeUndefined()
  })

  it('is told as plain data that a journal gives back as it was', async () => {
    const sender = senderOver(scriptedTransport([OK, OK, OK, OK, OK, OK]))
    const sent = [
      await sender.open({ ...order, size: new Decimal('1e-7') }),
      await sender.close(close),
      await sender.amend({ dealId: ID, stopLevel: new Decimal('1.10'), limitLevel: null }),
      await sender.place(working),
      await sender.amendWorkingOrder(changed),
      await sender.cancel(ID),
    ]
    for (const { request } of sent) expect(JSON.parse(JSON.stringify(request))).toEqual(request)
    expect(sent[0]?.request).toEqual({
      kind: 'open',
      reference: 'REF-1',
      epic: 'CS.D.EURUSD.CFD.IP',
      direction: 'BUY',
      size: '0.0000001',
      sentAtMs: clock.nowMs(),
      lane: 'entry',
      accountId: 'ABC12',
    })
  })
})

describe('the way to the socket', () => {
  it('is one turn where the headers are ready', () => {
    const transport = scriptedTransport([OK])
    let onWireAtMs = -1
    void senderOver(transport).open(order, {
      onWire: atMs => {
        onWireAtMs = atMs
      },
    })
    expect(transport.sent).toHaveLength(1)
    expect(onWireAtMs).toBe(0)
  })

  it('hands on how long it may take and who may stop it', async () => {
    const transport = scriptedTransport([OK, OK])
    const { signal } = new AbortController()
    const sender = senderOver(transport)
    await sender.open(order)
    await sender.open(order, { timeoutMs: 700, connectWithinMs: 50, signal })
    expect(transport.sent[0]?.options).toMatchObject({ timeoutMs: 10_000, connectWithinMs: 10_000, signal: undefined })
    expect(transport.sent[1]?.options).toMatchObject({ timeoutMs: 700, connectWithinMs: 50, signal })
  })

  it('is waited for while tokens are renewed, in the time that is left', async () => {
    const renewed = Promise.withResolvers<void>()
    headers = { kind: 'waiting', until: renewed.promise }
    const transport = scriptedTransport([OK])
    const sending = senderOver(transport).open(order, { connectWithinMs: 500 })
    clock.advance(200)
    headers = { kind: 'ready', headers: HEADERS }
    renewed.resolve()
    expect(await sending).toMatchObject({ kind: 'acknowledged', request: { sentAtMs: clock.nowMs() } })
    expect(transport.sent[0]?.options.connectWithinMs).toBe(300)
    expect(clock.pending).toBe(0)
  })

  it('is given up when the tokens take too long: nothing is written later', async () => {
    const renewed = Promise.withResolvers<void>()
    headers = { kind: 'waiting', until: renewed.promise }
    const transport = scriptedTransport([])
    const sending = senderOver(transport).open(order, { connectWithinMs: 250 })
    clock.advance(250)
    expect(await sending).toMatchObject({ kind: 'unsent', cause: { code: 'not-connected' } })
    headers = { kind: 'ready', headers: HEADERS }
    renewed.resolve()
    await renewed.promise
    expect([transport.sent, admitted]).toEqual([[], []])
  })

  it('is given up when the renewal fails or leads nowhere', async () => {
    const cause = new TransportError('refused', 'no')
    const transport = scriptedTransport([])
    const sender = senderOver(transport)
    headers = { kind: 'waiting', until: Promise.reject(cause) }
    const failing = sender.open(order)
    headers = { kind: 'closed', cause }
    expect(await failing).toMatchObject({ kind: 'unsent', cause })
    headers = { kind: 'waiting', until: Promise.resolve() }
    expect(await sender.open(order)).toMatchObject({ kind: 'unsent', cause: { code: 'not-connected' } })
    expect(transport.sent).toHaveLength(0)
  })

  it('is closed by the signal before anything left', async () => {
    const stop = new AbortController()
    headers = { kind: 'waiting', until: new Promise(() => {}) }
    const transport = scriptedTransport([])
    const sender = senderOver(transport)
    const sending = sender.open(order, { signal: stop.signal })
    stop.abort()
    expect(await sending).toMatchObject({ kind: 'unsent', cause: { code: 'aborted' } })
    headers = { kind: 'ready', headers: HEADERS }
    expect(await sender.open(order, { signal: stop.signal })).toMatchObject({
      kind: 'unsent',
      cause: { code: 'aborted' },
    })
    expect([transport.sent, admitted, clock.pending]).toEqual([[], [], 0])
  })

  it('is closed to an order for another account than the one that came out of the wait', async () => {
    const renewed = Promise.withResolvers<void>()
    headers = { kind: 'waiting', until: renewed.promise }
    const transport = scriptedTransport([OK])
    const sending = senderOver(transport).close(close)
    account = accountId('ABC13')
    headers = { kind: 'ready', headers: HEADERS }
    renewed.resolve()
    expect(await sending).toMatchObject({
      kind: 'unsent',
      cause: { code: 'account-switched' },
      request: { accountId: 'ABC12' },
    })
    expect([transport.sent, admitted]).toEqual([[], []])
  })

  it('is not waited at with a time that is none', async () => {
    headers = { kind: 'waiting', until: new Promise(() => {}) }
    const sender = senderOver(scriptedTransport([]))
    for (const times of [{ timeoutMs: 3e9 }, { connectWithinMs: Number.NaN }]) {
      expect(await sender.open(order, times)).toMatchObject({ kind: 'unsent', cause: { name: 'InvalidInputError' } })
    }
    expect([asked, clock.pending]).toEqual([[], 0])
  })

  it('is closed when nothing may be sent', async () => {
    const cause = new TransportError('closed', 'no')
    headers = { kind: 'closed', cause }
    const transport = scriptedTransport([])
    expect(await senderOver(transport).close(close)).toMatchObject({ kind: 'unsent', cause })
    expect(transport.sent).toHaveLength(0)
  })

  it('is closed to an entry without allowance, which is told when it may go', async () => {
    held = new AllowanceError('allowance-wait', { method: 'POST', path: '/positions/otc' }, 4_000)
    const transport = scriptedTransport([])
    const sent = await senderOver(transport).open(order)
    expect(sent).toMatchObject({ kind: 'unsent', cause: { name: 'AllowanceError', retryAtMs: 4_000 } })
    expect(transport.sent).toHaveLength(0)
  })

  it('is not even asked for by an order that cannot be one', async () => {
    const transport = scriptedTransport([])
    const sender = senderOver(transport)
    const sent = [
      await sender.open({ ...order, size: new Decimal(0) }),
      // @ts-expect-error
      await sender.open({ ...order, size: 1 }),
      // @ts-expect-error
      await sender.open({ ...order, stop: null, isNetting: 'yes' }),
      await sender.cancel(JSON.parse('".."')),
      await sender.cancel(JSON.parse('"D\\ud800"')),
      await sender.amend({ dealId: JSON.parse('"a b"'), stopLevel: null, limitLevel: null }),
    ]
    for (const each of sent) {
      expect(each.kind).toBe('unsent')
      if (each.kind === 'unsent') expect(each.cause).toBeInstanceOf(InvalidInputError)
    }
    expect([transport.sent, asked, admitted, events]).toEqual([[], [], [], []])
  })
})

describe('what an answer says', () => {
  const unsent: Exchange = { kind: 'unsent', cause: new TransportError('not-connected', 'no') }
  const unknown: Exchange = { kind: 'unknown', cause: new TransportError('timeout', 'no') }

  it.each<readonly [title: string, end: Exchange | Error, submission: object]>([
    ['a refusal with a code', answered(400, { errorCode: 'x.y' }), { kind: 'rejected', code: 'x.y', httpStatus: 400 }],
    ['dead tokens', answered(401, { errorCode: 'error.security.client-token-invalid' }), { kind: 'rejected' }],
    ['a refusal without a code', answered(403, 'Forbidden'), { kind: 'unknown', cause: { code: 'http-403' } }],
    ['a time-out of a proxy', answered(408, { errorCode: 'late' }), { kind: 'unknown', cause: { code: 'late' } }],
    ['a redirect', answered(302, ''), { kind: 'unknown' }],
    ['a fault', answered(500, { errorCode: 'system.error' }), { kind: 'unknown', cause: { code: 'system.error' } }],
    ['504', answered(504, ''), { kind: 'unknown', cause: { code: 'http-504' } }],
    ['an empty body', answered(200, ''), { kind: 'unknown', cause: { code: 'no-reference' } }],
    [
      'another reference',
      answered(200, { dealReference: 'REF-2' }),
      { kind: 'unknown', cause: { code: 'no-reference' } },
    ],
    ['none, and nothing left', unsent, { kind: 'unsent', cause: { code: 'not-connected' } }],
    ['none', unknown, { kind: 'unknown', cause: { code: 'timeout' } }],
    ['none, of a transport that threw', new Error('oops'), { kind: 'unknown', cause: { message: 'oops' } }],
  ])('%s', async (_title, end, submission) => {
    const transport = scriptedTransport([end])
    const sent = await senderOver(transport).open(order)
    expect(sent).toMatchObject(submission)
    expect(transport.sent).toHaveLength(1)
    expect(JSON.stringify(sent) + String('cause' in sent && sent.cause.stack)).not.toContain('canary')
  })

  it('gives a request without a reference of ours the one that IG made', async () => {
    const sender = senderOver(scriptedTransport([answered(200, { dealReference: 'IGMADE' }), answered(500, '')]))
    const closed = await sender.close(close)
    expect(closed).toMatchObject({ reference: 'IGMADE', request: { kind: 'close', reference: 'IGMADE', dealId: ID } })
    expect(register.isOthers(dealReference('IGMADE'), closed.request)).toBe(false)
    const other = await sender.close(close)
    expect(other.request.reference).toBeNull()
    // Though it was sent in the same millisecond, with the same words.
    expect(register.isOthers(dealReference('IGMADE'), other.request)).toBe(true)
    const third: DealRequest = { ...other.request, sentAtMs: 5 } as DealRequest
    expect(register.isOthers(dealReference('IGMADE'), third)).toBe(true)
    expect(register.hasRival({ ...third, sentAtMs: other.request.sentAtMs + 1 } as DealRequest)).toBe(true)
  })
})

describe('what an observer hears', () => {
  it('is the beginning and the end, without a value that is secret', async () => {
    const end = answered(400, { errorCode: 'x.y' }, { 'x-request-id': 'IG-7' })
    await senderOver(scriptedTransport([end])).amend({ dealId: ID, stopLevel: null, limitLevel: null })
    const route = 'PUT /positions/otc/{dealId} v2'
    expect(events).toEqual([
      { kind: 'request', id: 1, route, lane: 'edit', attempt: 1 },
      {
        kind: 'response',
        id: 1,
        route,
        lane: 'edit',
        durationMs: 0,
        result: 'answered',
        status: 400,
        code: 'x.y',
        igRequestId: 'IG-7',
      },
    ])
  })

  it.each<readonly [end: Exchange, result: string, code: string]>([
    [{ kind: 'unsent', cause: new TransportError('not-connected', 'no') }, 'unsent', 'not-connected'],
    [{ kind: 'unknown', cause: new Error('no') }, 'no-answer', 'failed'],
  ])('is how it ended without an answer: %o', async (end, result, code) => {
    await senderOver(scriptedTransport([end])).open(order)
    expect(events[1]).toMatchObject({ kind: 'response', result, status: null, code })
  })
})

describe('the types', () => {
  it('let nothing claim to be an exit that is not', () => {
    expectTypeOf<EditWatch>().not.toExtend<SendWatch>()
    expectTypeOf<SendWatch>().toExtend<EditWatch>()
    expectTypeOf<OrderSender['open']>().parameter(1).toEqualTypeOf<SendWatch | undefined>()
    expectTypeOf<OrderSender['place']>().parameter(1).toEqualTypeOf<SendWatch | undefined>()
    // @ts-expect-error
    const watch: SendWatch = { isExit: true }
    expect(watch).toBeDefined()
  })
})

describe('an answer that names another request', () => {
  it('is not taken for one to a close, which has no name of its own', async () => {
    const transport = scriptedTransport([OK, OK])
    const sender = senderOver(transport)
    expect((await sender.open(order)).kind).toBe('acknowledged')
    // A late second answer to the order before it.
    expect((await sender.close(close)).kind).toBe('unknown')
  })

  it('is told to the transport, which then knows that the connection is out of step', async () => {
    const transport = scriptedTransport([answered(200, { dealReference: 'REF-1' }), OK])
    const sender = senderOver(transport)
    await sender.open(order)
    await sender.close(close)
    const [first, second] = transport.sent.map(({ options }) => options)
    const named = (dealReference: string) => ({
      status: 200,
      headers: new Map(),
      body: JSON.stringify({ dealReference }),
    })
    expect(first?.isAnswer?.(named('REF-1'))).toBe(true)
    expect(first?.isAnswer?.(named('REF-2'))).toBe(false)
    expect(second?.isAnswer?.(named('REF-1'))).toBe(false)
    expect(second?.isAnswer?.(named('IGMADEIT'))).toBe(true)
    expect(second?.isAnswer?.({ status: 400, headers: new Map(), body: '{"errorCode":"x"}' })).toBe(true)
  })
})
