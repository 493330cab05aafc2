import { inspect } from 'node:util'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type RudeServer, raw, startRudeServer } from '../testing/rude-server.ts'
import { fetchTransport } from './fetch-transport.ts'
import type { HttpRequest, OrderOptions, Transport } from './transport.ts'

const TIMEOUT_MS = 5_000
const headers = { 'X-IG-API-KEY': 'canary', _method: 'DELETE' }
const order: HttpRequest = { method: 'POST', path: '/gateway/deal/positions/otc', headers, body: '{"size":1}' }
const terms = (more: Partial<OrderOptions> = {}): OrderOptions => ({ timeoutMs: TIMEOUT_MS, onWire: () => {}, ...more })

let server: RudeServer
let clock: ReturnType<typeof manualClock>
let transport: Transport

beforeEach(async () => {
  server = await startRudeServer()
  clock = manualClock()
  transport = fetchTransport()({ base: server.url, clock })
})

afterEach(async () => {
  await transport.close()
  expect(clock.pending).toBe(0)
  await server.close()
})

it('sends an order as it is given, and tells before that it will', async () => {
  const told: string[] = []
  const exchange = await transport.sendOrder(
    order,
    terms({ onWire: () => told.push(`seen ${server.requests.length}`) }),
  )
  expect(exchange.kind).toBe('answered')
  expect(told).toEqual(['seen 0'])
  const [sent] = server.orders()
  expect(`${sent?.method} ${sent?.path} ${sent?.body}`).toBe('POST /gateway/deal/positions/otc {"size":1}')
  expect(sent?.headers.get('_method')).toBe('DELETE')
})

it('an order is unsent where nobody listens', async () => {
  await server.close()
  expect(await transport.sendOrder(order, terms())).toMatchObject({ kind: 'unsent', cause: { code: 'not-connected' } })
  await expect(transport.send(order, terms())).rejects.toMatchObject({ code: 'not-connected' })
})

it.each<readonly [string, Error, string]>([
  ['no such name', Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 'unsent'],
  ['no such name now', Object.assign(new Error('x'), { code: 'EAI_AGAIN' }), 'unsent'],
  ['refused on each address', new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]), 'unsent'],
  [
    'refused on one address, reset on another',
    new AggregateError([
      Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('y'), { code: 'ECONNRESET' }),
    ]),
    'unknown',
  ],
  [
    'refused, in parts of parts without end',
    [1, 2, 3, 4, 5, 6].reduce<Error>(
      (inner, depth) => Object.assign(new AggregateError([inner], `${depth}`), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('x'), { code: 'ECONNRESET' }),
    ),
    'unknown',
  ],
  ['reset', Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'unknown'],
  ['a reason of no kind', new Error('x'), 'unknown'],
])('an order whose fetch failed by %s', async (_title, cause, kind) => {
  const failing = fetchTransport(async () => {
    throw new TypeError('fetch failed', { cause })
  })({ base: server.url, clock })
  expect((await failing.sendOrder(order, terms())).kind).toBe(kind)
})

it('an order that is called off before is unsent, and unknown at once when it may have left', async () => {
  const early = await transport.sendOrder(order, terms({ signal: AbortSignal.abort() }))
  expect(early).toMatchObject({ kind: 'unsent', cause: { code: 'aborted' } })
  const late = new AbortController()
  const onWire = (): void => late.abort()
  expect((await transport.sendOrder(order, terms({ signal: late.signal, onWire }))).kind).toBe('unsent')
  expect(server.requests).toHaveLength(0)
  server.onOrder(() => {})
  const stop = new AbortController()
  const sent = transport.sendOrder(order, terms({ signal: stop.signal }))
  await waitFor('the order', () => server.requests.length === 1)
  stop.abort()
  expect(await sent).toMatchObject({ kind: 'unknown', cause: { code: 'aborted' } })
})

it('the end of waits leaves alone what fetch has, because nobody knows how far that is', async () => {
  let answer = (): void => {}
  server.onOrder(socket => {
    answer = () => void socket.write(raw(200, '{}'))
  })
  const sent = transport.sendOrder(order, terms())
  transport.stopWaiting()
  await waitFor('the order', () => server.requests.length === 1)
  answer()
  expect((await sent).kind).toBe('answered')
  const last = transport.sendOrder(order, terms({ onWire: () => void transport.close() }))
  expect(await last).toMatchObject({ kind: 'unsent', cause: { code: 'closed' } })
  expect(server.requests).toHaveLength(1)
})

it.each<readonly [string, () => unknown]>([
  ['an error without a code', () => new TypeError('GET https://ig.test/?q=canary failed: CST: canary-cst')],
  ['such an error in another', () => new TypeError('failed', { cause: new Error('bad header CST: canary-cst') })],
  ['an error with more', () => Object.assign(new Error('x'), { code: 'HPE_X', data: 'CST: canary-cst' })],
  ['an aggregate', () => new AggregateError([new Error('canary'), { data: 'canary' }], 'canary')],
  ['no error', () => 'CST: canary-cst'],
  ['nothing that has a text', () => Object.create(null)],
])('what a fetch carried does not show in its failure: %s', async (_title, thrown) => {
  const failing = fetchTransport(async () => {
    throw thrown()
  })({ base: server.url, clock })
  const exchange = await failing.sendOrder(order, terms())
  expect(exchange).toMatchObject({ kind: 'unknown', cause: { code: 'no-answer' } })
  expect(inspect(exchange, { depth: 9, showHidden: true })).not.toContain('canary')
})

it('an order is not led elsewhere', async () => {
  server.onOrder(raw(307, '', { Location: '/gateway/deal/positions/otc/2' }))
  expect(await transport.sendOrder(order, terms())).toMatchObject({ kind: 'answered', response: { status: 307 } })
  expect(server.requests).toHaveLength(1)
})

it('a browser does not say where a redirect leads to, so the order is unknown', async () => {
  const redirecting = fetchTransport(async () =>
    Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' }),
  )
  const exchange = await redirecting({ base: server.url, clock }).sendOrder(order, terms())
  expect(exchange).toMatchObject({ kind: 'unknown', cause: { message: expect.stringContaining('it was a redirect') } })
})

it('ends in time also with a fetch that does not', async () => {
  const deaf = fetchTransport(() => new Promise(() => {}))({ base: server.url, clock })
  const sent = deaf.sendOrder(order, terms())
  clock.advance(TIMEOUT_MS)
  expect(await sent).toMatchObject({
    kind: 'unknown',
    cause: { message: expect.stringContaining('no answer within 5000 ms') },
  })
})

it('reads no more than 32 MB', async () => {
  const chunk = new Uint8Array(1024 * 1024)
  const body = (): ReadableStream => new ReadableStream({ pull: controller => controller.enqueue(chunk) })
  const endless = fetchTransport(async () => new Response(body()))({ base: server.url, clock })
  await expect(endless.send(order, terms())).rejects.toThrow('expected at most 33554432 bytes')
})

it('gives bytes where bytes are wanted', async () => {
  server.onOrder(raw(200, '%PDF'))
  const response = await transport.send({ ...order, wants: 'bytes' }, terms())
  expect(Buffer.from(response.bytes ?? []).toString()).toBe('%PDF')
})

it('refuses what cannot be one request, and whatever comes after its end', async () => {
  const bad = { ...order, path: '//elsewhere/x' }
  expect(await transport.sendOrder(bad, terms())).toMatchObject({ kind: 'unsent', cause: { code: 'invalid-input' } })
  await expect(transport.send(bad, terms())).rejects.toMatchObject({ code: 'invalid-input' })
  await transport.close()
  expect(await transport.sendOrder(order, terms())).toMatchObject({ kind: 'unsent', cause: { code: 'closed' } })
  await expect(transport.send(order, terms())).rejects.toMatchObject({ code: 'closed' })
  expect(server.requests).toHaveLength(0)
})
