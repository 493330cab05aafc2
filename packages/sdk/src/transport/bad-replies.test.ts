import { inspect } from 'node:util'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerOf, BAD_REPLIES, isPlain, type PlainReply, type Told } from '../testing/bad-replies.ts'
import { type RudeServer, raw, startRudeServer } from '../testing/rude-server.ts'
import { fetchTransport } from './fetch-transport.ts'
import { nodeTransport } from './node-transport.ts'
import type { Exchange, HttpRequest, OrderOptions, SendOptions, Transport, TransportFactory } from './transport.ts'

const TIMEOUT_MS = 5_000
const headers = { 'X-IG-API-KEY': 'canary-key', CST: 'canary-cst', 'X-SECURITY-TOKEN': 'canary-xst' }
const order: HttpRequest = { method: 'POST', path: '/gateway/deal/positions/otc', headers, body: '{"size":1}' }
const confirm: HttpRequest = { method: 'GET', path: '/gateway/deal/confirms/REF-1', headers }
const write: HttpRequest = { method: 'PUT', path: '/gateway/deal/watchlists/1?secret=canary', headers, body: '{}' }
const sending: SendOptions = { timeoutMs: TIMEOUT_MS }
const terms: OrderOptions = { timeoutMs: TIMEOUT_MS, onWire: () => {} }

/** As {@link Exchange} tells it, whichever way it was sent. */
async function told(
  work: Promise<Exchange>,
): Promise<{ readonly kind: string; readonly told: Told; readonly body: string }> {
  const end = await work
  if (end.kind === 'answered') return { kind: end.kind, told: end.response.status, body: end.response.body }
  expect(end.cause).toMatchObject({ name: 'TransportError', code: 'no-answer' })
  expect(inspect(end.cause, { depth: 9, showHidden: true })).not.toContain('canary')
  expect(additionsOf(end.cause.cause)).toEqual([])
  return { kind: end.kind, told: null, body: '' }
}

/** What an error and its causes have besides what is plain: a library may put the answer there. */
function additionsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const parts = error instanceof AggregateError ? error.errors : []
  const own = Object.getOwnPropertyNames(error).filter(name => !PLAIN.has(name))
  return [...own, ...[error.cause, ...parts].flatMap(additionsOf)]
}
const PLAIN: ReadonlySet<string> = new Set(['message', 'stack', 'code', 'cause', 'errors'])

const read = (transport: Transport, request: HttpRequest, options = sending): Promise<Exchange> =>
  transport.send(request, options).then(
    response => ({ kind: 'answered', response }),
    cause => ({ kind: 'unknown', cause }),
  )

describe.each<readonly [string, TransportFactory, 'node' | 'fetch']>([
  ['over Node’s own sockets', nodeTransport, 'node'],
  ['over fetch', fetchTransport(), 'fetch'],
])('one request, one telling, %s:', (_title, factory, kind) => {
  let server: RudeServer
  let clock: ReturnType<typeof manualClock>
  let transport: Transport

  beforeEach(async () => {
    server = await startRudeServer()
    clock = manualClock()
    transport = factory({ base: server.url, clock })
    await transport.warm()
  })

  afterEach(async () => {
    await transport.close()
    expect(clock.pending).toBe(0)
    await server.close()
  })

  it.each(BAD_REPLIES)('$title', async row => {
    for (const path of ['/positions/otc', '/confirms/REF-1', '/watchlists/1']) server.on(path, answerOf(row.reply))
    const own = kind === 'node' ? row.lane : row.fetch
    const other = kind === 'node' ? row.pool : row.fetch
    const byLane = own === undefined ? row.told : own
    const byPool = other === undefined ? row.told : other
    const ways: readonly (readonly [readonly Told[], () => Promise<Exchange>])[] = [
      [[byLane], () => transport.sendOrder(order, terms)],
      [[byPool], () => read(transport, write)],
      [[byPool], () => read(transport, confirm)],
      // By the lane where it has a connection to spare.
      [[byLane, byPool], () => read(transport, confirm, { ...sending, isUrgent: true })],
    ]
    for (const [index, [expected, start]] of ways.entries()) {
      await readyAgain()
      const end = told(start())
      await waitFor('the request', () => server.requests.length > index)
      if (row.isEndless) clock.advance(TIMEOUT_MS)
      const got = await end
      expect(expected).toContain(got.told)
      expect(got.kind).toBe(got.told === null ? 'unknown' : 'answered')
      if (row.body !== undefined && got.told !== null) expect(got.body).toBe(row.body)
      expect(server.requests).toHaveLength(index + 1)
    }
    // The next one finds its way, on a connection that the last ones have not spoiled.
    server.on('/positions/otc', raw(200, '{}'))
    await readyAgain()
    expect(await told(transport.sendOrder(order, terms))).toEqual({ kind: 'answered', told: 200, body: '{}' })
  })

  /** The ends of connections have been heard of, and others have taken their place. */
  async function readyAgain(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve))
    clock.advance(1_000)
    await transport.warm()
  }

  it('an answer that nobody asked for is not taken for the next one', async () => {
    let say: (bytes: string) => void = () => {}
    server.on('/positions/otc', socket => {
      say = bytes => void socket.write(bytes)
      say(raw(200, '1'))
    })
    expect(await told(transport.sendOrder(order, terms))).toMatchObject({ told: 200, body: '1' })
    const before = server.ended()
    say(raw(200, '2'))
    await waitFor('the connection to be left', () => server.ended() > before)
    server.on('/positions/otc', raw(200, '3'))
    expect(await told(transport.sendOrder(order, terms))).toMatchObject({ told: 200, body: '3' })
  })
})

describe('one request, one telling, over a fetch that msw answers:', () => {
  const seen: string[] = []
  let reply: PlainReply | 'network error' = 'network error'
  const worker = setupServer(
    http.all('https://ig.test/*', ({ request }) => {
      seen.push(`${request.method} ${new URL(request.url).pathname}`)
      if (reply === 'network error') return HttpResponse.error()
      const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body
      const init = { status: reply.status, ...(reply.headers === undefined ? {} : { headers: reply.headers }) }
      return new HttpResponse(body.length === 0 ? null : new Uint8Array(body), init)
    }),
  )
  beforeAll(() => worker.listen({ onUnhandledFrame: 'error' }))
  afterAll(() => worker.close())
  beforeEach(() => {
    seen.length = 0
  })

  const open = () => {
    const clock = manualClock()
    return { clock, transport: fetchTransport()({ base: new URL('https://ig.test/gateway/deal'), clock }) }
  }

  it.each(BAD_REPLIES.filter(row => isPlain(row.reply)))('$title', async row => {
    if (!isPlain(row.reply)) throw new Error('expected a plain reply')
    reply = row.reply
    const { clock, transport } = open()
    const expected = { kind: 'answered', told: row.told, ...(row.body === undefined ? {} : { body: row.body }) }
    expect(await told(transport.sendOrder(order, terms))).toMatchObject(expected)
    expect(await told(read(transport, write))).toMatchObject(expected)
    expect(seen).toEqual(['POST /gateway/deal/positions/otc', 'PUT /gateway/deal/watchlists/1'])
    await transport.close()
    expect(clock.pending).toBe(0)
  })

  it('a network error', async () => {
    reply = 'network error'
    const { transport } = open()
    expect(await told(transport.sendOrder(order, terms))).toMatchObject({ kind: 'unknown' })
    expect(seen).toHaveLength(1)
    await transport.close()
  })
})

it('the table is as long as it should be', () => {
  expect(BAD_REPLIES.length).toBeGreaterThanOrEqual(45)
  expect(new Set(BAD_REPLIES.map(row => row.title)).size).toBe(BAD_REPLIES.length)
})
