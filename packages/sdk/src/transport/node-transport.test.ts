import type { Socket } from 'node:net'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { json, type RudeServer, raw, type SeenRequest, startRudeServer } from '../testing/rude-server.ts'
import { nodeTransport } from './node-transport.ts'
import type { Exchange, HttpRequest, OrderOptions, Transport } from './transport.ts'

// Real sockets, and time that moves only when told.

const TIMEOUT_MS = 5_000
const headers = { 'X-IG-API-KEY': 'canary' }
const order: HttpRequest = { method: 'POST', path: '/gateway/deal/positions/otc', headers, body: '{"size":1}' }
const confirm: HttpRequest = { method: 'GET', path: '/gateway/deal/confirms/REF-1', headers }
const terms = (more: Partial<OrderOptions> = {}): OrderOptions => ({ timeoutMs: TIMEOUT_MS, onWire: () => {}, ...more })
const urgent = { timeoutMs: TIMEOUT_MS, isUrgent: true }

let server: RudeServer
let clock: ReturnType<typeof manualClock>
let transport: Transport

beforeEach(async () => {
  server = await startRudeServer()
  server.on('/confirms/REF-1', json(200, { dealReference: 'REF-1' }))
  clock = manualClock()
  transport = nodeTransport({ base: server.url, clock })
  await transport.warm()
  await waitFor('three connections', () => server.connections() === 3)
})

afterEach(async () => {
  const closing = transport.close()
  clock.advance(TIMEOUT_MS)
  await closing
  expect(clock.pending).toBe(0)
  await server.close()
})

/** The lane names its own headers before those of the request; undici has this one behind them. */
const isByLane = (request: SeenRequest | undefined): boolean =>
  [...(request?.headers.keys() ?? [])].join() === 'host,connection,accept-encoding,x-ig-api-key'

describe('an urgent read', () => {
  it('goes over a connection of the orders, and needs no other', async () => {
    expect(await transport.send(confirm, urgent)).toMatchObject({ status: 200, body: '{"dealReference":"REF-1"}' })
    expect(server.connections()).toBe(3)
    expect(server.requests.map(isByLane)).toEqual([true])
  })

  it('never takes the last connection that is ready: it then goes the way of other reads', async () => {
    server.on('/confirms/REF-1', () => {})
    const reads = [1, 2, 3].map(() => transport.send(confirm, urgent).catch(error => error))
    await waitFor('the reads', () => server.requests.length === 3)
    // Two over the lane, which dials nothing for them; one over a connection of its own.
    expect(server.connections()).toBe(4)
    expect(server.requests.map(isByLane)).toEqual([true, true, false])
    const sent = transport.sendOrder(order, terms({ connectWithinMs: 0 }))
    expect((await sent).kind).toBe('answered')
    clock.advance(TIMEOUT_MS)
    for (const end of await Promise.all(reads)) expect(end).toMatchObject({ code: 'no-answer' })
  })

  it('does not go over a connection that may be dead', async () => {
    transport.doubt()
    await transport.send(confirm, urgent)
    expect(server.requests.map(isByLane)).toEqual([false])
  })

  it('may be stopped', async () => {
    server.on('/confirms/REF-1', () => {})
    const stop = new AbortController()
    const read = transport.send(confirm, { ...urgent, signal: stop.signal })
    await waitFor('the read', () => server.requests.length === 1)
    stop.abort()
    await expect(read).rejects.toMatchObject({ name: 'TransportError', code: 'aborted' })
  })
})

describe('an order that is called off', () => {
  it('before it is sent, is unsent', async () => {
    const signal = AbortSignal.abort()
    expect(await transport.sendOrder(order, terms({ signal }))).toMatchObject({
      kind: 'unsent',
      cause: { code: 'aborted' },
    })
    expect(server.requests).toHaveLength(0)
  })

  it('at the last moment, is unsent, and its connection carries the next one', async () => {
    const stop = new AbortController()
    const sent = transport.sendOrder(order, terms({ signal: stop.signal, onWire: () => stop.abort() }))
    expect(await sent).toMatchObject({ kind: 'unsent', cause: { code: 'aborted' } })
    expect((await transport.sendOrder(order, terms())).kind).toBe('answered')
    expect(server.requests).toHaveLength(1)
  })

  it('while it waits for a connection, is unsent at once and never written', async () => {
    server.onOrder(() => {})
    const hanging = Array.from({ length: 8 }, () => transport.sendOrder(order, terms()))
    await waitFor('all connections in use', () => server.requests.length === 8)
    const stop = new AbortController()
    const waiting = transport.sendOrder(order, terms({ signal: stop.signal }))
    stop.abort()
    expect(await waiting).toMatchObject({ kind: 'unsent', cause: { code: 'aborted' } })
    clock.advance(TIMEOUT_MS)
    await Promise.all(hanging)
    await transport.warm()
    expect(server.requests).toHaveLength(8)
  })

  it('when its bytes have left, is unknown at once; its connection is cut, and the others are as good as before', async () => {
    server.onOrder(() => {})
    const stop = new AbortController()
    const sent = transport.sendOrder(order, terms({ signal: stop.signal }))
    await waitFor('the order', () => server.requests.length === 1)
    stop.abort()
    expect(await sent).toMatchObject({
      kind: 'unknown',
      cause: { code: 'aborted', message: expect.stringContaining('do not send it again') },
    })
    await waitFor('its connection to end', () => server.ended() === 1)
    await waitFor('another in its place', () => server.connections() === 3)
    expect(server.ended()).toBe(1)
  })
})

it.each([
  ['502', raw(502, '<html>')],
  ['408', raw(408, '')],
])(
  'the connection of a %s carries nothing more: the answer that was given up on may come yet',
  async (_title, answer) => {
    server.onOrder(answer)
    expect((await transport.sendOrder(order, terms())).kind).toBe('answered')
    await waitFor('its connection to end', () => server.ended() === 1)
  },
)

it('an order that cannot be written is unsent, and says why without its secrets', async () => {
  const end = await transport.sendOrder({ ...order, headers: { CST: 'canary\n' } }, terms())
  expect(end).toMatchObject({ kind: 'unsent', cause: { name: 'InvalidInputError' } })
  expect(String(end.kind === 'unsent' && end.cause)).not.toContain('canary')
  await expect(transport.send({ ...confirm, headers: { CST: '\n' } }, urgent)).rejects.toThrow(/^expected visible/)
  await expect(transport.send({ ...confirm, headers: { CST: '\n' } }, terms())).rejects.toThrow(/^expected visible/)
})

describe('other requests', () => {
  it('given up while they stand in line are never sent', async () => {
    server.on('/slow', () => {})
    const slow: HttpRequest = { method: 'PUT', path: '/gateway/deal/slow', headers, body: '{}' }
    const hanging = [1, 2, 3, 4].map(() => transport.send(slow, { timeoutMs: 2 * TIMEOUT_MS }).catch(error => error))
    await waitFor('the pool to be full', () => server.requests.length === 4)
    const late = transport.send(slow, { timeoutMs: TIMEOUT_MS })
    clock.advance(TIMEOUT_MS)
    await expect(late).rejects.toMatchObject({ code: 'not-connected' })
    clock.advance(TIMEOUT_MS)
    for (const end of await Promise.all(hanging)) expect(end).toMatchObject({ code: 'no-answer' })
    await transport.send(confirm, { timeoutMs: TIMEOUT_MS })
    expect(server.requests.map(request => request.method)).toEqual(['PUT', 'PUT', 'PUT', 'PUT', 'GET'])
  })

  it('give bytes where bytes are wanted and the answer is good', async () => {
    server.on('/pdf', raw(200, '%PDF'))
    const document: HttpRequest = { method: 'GET', path: '/gateway/deal/pdf', headers, wants: 'bytes' }
    const good = await transport.send(document, urgent)
    expect([good.body, Buffer.from(good.bytes ?? []).toString()]).toEqual(['', '%PDF'])
    server.on('/pdf', json(404, { errorCode: 'x' }))
    expect(await transport.send(document, urgent)).toMatchObject({ status: 404, body: '{"errorCode":"x"}' })
  })

  it('get other connections when the network may have changed', async () => {
    await transport.send(confirm, { timeoutMs: TIMEOUT_MS })
    clock.advance(1_000)
    transport.doubt()
    await waitFor('the old ones to be left', () => server.ended() === 4)
    expect((await transport.send(confirm, { timeoutMs: TIMEOUT_MS })).status).toBe(200)
  })

  it('are not connected where nobody listens', async () => {
    await server.close()
    const other = nodeTransport({ base: server.url, clock })
    await expect(other.send(confirm, { timeoutMs: TIMEOUT_MS })).rejects.toMatchObject({
      name: 'TransportError',
      code: 'not-connected',
      request: { method: 'GET', path: '/gateway/deal/confirms/REF-1' },
    })
    expect(await other.sendOrder(order, terms())).toMatchObject({ kind: 'unsent', cause: { code: 'not-connected' } })
    await other.close()
  })
})

it('closing lets what was sent be answered, and refuses what comes after', async () => {
  let answer = (): void => {}
  server.onOrder(socket => {
    answer = () => void socket.write(raw(200, '{}'))
  })
  const sent = transport.sendOrder(order, terms())
  await waitFor('the order', () => server.requests.length === 1)
  const closing = transport.close()
  expect(await transport.sendOrder(order, terms())).toMatchObject({ kind: 'unsent', cause: { code: 'closed' } })
  await expect(transport.send(confirm, urgent)).rejects.toMatchObject({ code: 'closed' })
  answer()
  expect((await sent).kind).toBe('answered')
  await closing
  await waitFor('no connections', () => server.connections() === 0)
})

describe('where no more than the wire can carry is asked for,', () => {
  let answer: () => void
  let onTheWire: Promise<Exchange>[]

  beforeEach(async () => {
    const held: Socket[] = []
    server.onOrder(socket => void held.push(socket))
    answer = () => held.splice(0).forEach(socket => void socket.write(raw(200, '{}')))
    onTheWire = Array.from({ length: 8 }, () => transport.sendOrder(order, terms()))
    await waitFor('all connections in use', () => held.length === 8)
  })

  it('orders that wait are unsent when waits end; those on the wire go on, and later ones leave', async () => {
    const waiting = [transport.sendOrder(order, terms()), transport.sendOrder(order, terms())]
    transport.stopWaiting()
    for (const end of await Promise.all(waiting)) {
      expect(end).toMatchObject({ kind: 'unsent', cause: { name: 'TransportError', code: 'aborted' } })
    }
    const later = transport.sendOrder(order, terms())
    const cause = new Error('another account')
    const told = transport.sendOrder(order, terms())
    answer()
    for (const end of await Promise.all(onTheWire)) expect(end.kind).toBe('answered')
    await waitFor('the later ones', () => server.requests.length === 10)
    transport.stopWaiting(cause)
    answer()
    expect([(await later).kind, (await told).kind]).toEqual(['answered', 'answered'])
    expect(server.requests).toHaveLength(10)
  })

  it('waits end with the cause that is given', async () => {
    const waiting = transport.sendOrder(order, terms())
    const cause = new Error('another account')
    transport.stopWaiting(cause)
    expect(await waiting).toEqual({ kind: 'unsent', cause })
    answer()
  })

  it('nothing that waits is sent after the end has begun', async () => {
    const waiting = transport.sendOrder(order, terms())
    const closing = transport.close()
    expect(await waiting).toMatchObject({ kind: 'unsent', cause: { code: 'closed' } })
    answer()
    for (const end of await Promise.all(onTheWire)) expect(end.kind).toBe('answered')
    await closing
    expect(server.requests).toHaveLength(8)
  })
})

it.each<readonly [string, () => unknown, string]>([
  ['waits end', () => transport.stopWaiting(), 'aborted'],
  ['everything ends', () => void transport.close(), 'closed'],
])('an order is unsent when %s just before its first byte', async (_title, stop, code) => {
  const sent = transport.sendOrder(order, terms({ onWire: () => void stop() }))
  expect(await sent).toMatchObject({ kind: 'unsent', cause: { code } })
  expect(server.requests).toHaveLength(0)
})

it('an answer that names another order makes this one unknown, and the next one goes over another connection', async () => {
  server.onOrder(raw(200, 'another'))
  const options: OrderOptions = { ...terms(), isAnswer: response => response.body === 'own' }
  const sent = transport.sendOrder(order, options)
  expect(await sent).toMatchObject({ kind: 'unknown', cause: { code: 'no-answer' } })
  await waitFor('its connection to end', () => server.ended() === 1)
})

it('reads after the first need no other connection', async () => {
  for (let read = 0; read < 3; read++) await transport.send(confirm, { timeoutMs: TIMEOUT_MS })
  expect(server.connections()).toBe(4)
})
