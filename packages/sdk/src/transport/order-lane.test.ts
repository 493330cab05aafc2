import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../ports.ts'
import { OrderLane } from './order-lane.ts'
import type { Exchange, HttpRequest, OrderOptions } from './transport.ts'

// Real sockets, and time that moves only when told.

const REQUEST: HttpRequest = { method: 'POST', path: '/x', headers: {}, body: '{}' }
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'
const TIMEOUT_MS = 400
const terms = (more: Partial<OrderOptions> = {}): OrderOptions => ({ timeoutMs: TIMEOUT_MS, onWire: () => {}, ...more })

let server: Server
let sockets: Socket[]
let asked: Socket[]
/** How connections ended, as the server saw it: `end`, or the code of an error. */
let ends: Map<Socket, string>
let onConnection: (socket: Socket) => void
let clock: ReturnType<typeof manualClock>
let lane: OrderLane

beforeEach(async () => {
  sockets = []
  asked = []
  ends = new Map()
  onConnection = () => {}
  server = createServer(socket => {
    sockets.push(socket)
    socket.on('end', () => ends.set(socket, 'end'))
    socket.on('error', error => ends.set(socket, 'code' in error ? String(error.code) : error.message))
    socket.on('data', () => asked.push(socket))
    onConnection(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  clock = manualClock()
  lane = new OrderLane(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), clock, TIMEOUT_MS)
  await lane.warm()
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await lane.close()
  expect(clock.pending).toBe(0)
  await new Promise(resolve => server.close(resolve))
})

/** What a sending has come to, as far as it has. */
function watch(exchange: Promise<Exchange>): { kind: string } {
  const seen = { kind: 'open' }
  void exchange.then(end => {
    seen.kind = end.kind
  })
  return seen
}

it('keeps three connections ready, and an order by itself dials no other', async () => {
  await waitFor('three connections', () => sockets.length === 3)
  const exchange = lane.send(REQUEST, terms())
  await waitFor('the request', () => asked[0])
  asked[0]?.write(OK)
  await exchange
  clock.advance(1)
  expect(sockets).toHaveLength(3)
})

it('hands the bytes over before send() returns', async () => {
  let isWired = false
  const exchange = lane.send(
    REQUEST,
    terms({
      onWire() {
        isWired = true
      },
    }),
  )
  expect(isWired).toBe(true)
  await waitFor('the request', () => asked[0])
  asked[0]?.write(OK)
  expect((await exchange).kind).toBe('answered')
})

it('replaces connections that were idle for long, before an order needs one', async () => {
  await waitFor('three connections', () => sockets.length === 3)
  clock.advance(30_000)
  await waitFor('three fresh ones', () => sockets.length === 6)
  await waitFor('the old ones to be left', () => sockets.filter(socket => socket.readableEnded).length === 3)
})

it('trusts a connection no longer than the server says', async () => {
  await waitFor('three connections', () => sockets.length === 3)
  const exchange = lane.send(REQUEST, terms())
  await waitFor('the request', () => asked[0])
  asked[0]?.write(OK.replace('\r\n\r\n', '\r\nKeep-Alive: timeout=5\r\n\r\n'))
  await exchange
  clock.advance(1)
  const before = sockets.length
  clock.advance(4_000)
  await waitFor('a fresh one', () => sockets.length > before)
})

it('does not dial in a tight loop when a server closes every connection', async () => {
  onConnection = socket => socket.destroy()
  for (const socket of sockets) socket.destroy()
  for (let tenth = 0; tenth < 600; tenth++) {
    clock.advance(100)
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(sockets.length).toBeLessThan(40)
})

it('drops a connection on which the server speaks without being asked', async () => {
  await waitFor('three connections', () => sockets.length === 3)
  for (const socket of sockets) socket.write(OK)
  await waitFor('all to be left', () => sockets.every(socket => socket.readableEnded || socket.destroyed))
  clock.advance(1_000)
  const exchange = lane.send(REQUEST, terms())
  await waitFor('the request', () => asked[0])
  asked[0]?.write(OK)
  expect((await exchange).kind).toBe('answered')
})

it('never says unsent of a request that had to wait and then left', async () => {
  const sendings = Array.from({ length: 9 }, () => watch(lane.send(REQUEST, terms())))
  await waitFor('all connections in use', () => asked.length === 8)
  clock.advance(300)
  asked[0]?.write(OK)
  await waitFor('the first answer', () => sendings.some(sending => sending.kind === 'answered'))
  clock.advance(1)
  await waitFor('the ninth request', () => asked.length === 9)
  clock.advance(150)
  await waitFor('seven without an answer', () => sendings.filter(sending => sending.kind === 'unknown').length === 7)
  expect(sendings.map(sending => sending.kind)).not.toContain('unsent')
  clock.advance(TIMEOUT_MS)
  await waitFor('the ninth', () => sendings.every(sending => sending.kind !== 'open'))
  expect(sendings.map(sending => sending.kind)).not.toContain('unsent')
})

it('a request that never got a connection is unsent', async () => {
  const sendings = Array.from({ length: 9 }, () => watch(lane.send(REQUEST, terms())))
  await waitFor('all connections in use', () => asked.length === 8)
  clock.advance(TIMEOUT_MS)
  await waitFor('the ends', () => sendings.every(sending => sending.kind !== 'open'))
  expect(sendings.filter(sending => sending.kind === 'unsent').length).toBeLessThanOrEqual(1)
  expect(asked.length + sendings.filter(sending => sending.kind === 'unsent').length).toBe(9)
})

it('resets the connection of a request that was given up, so that nothing of it is delivered afterwards', async () => {
  await waitFor('three connections', () => sockets.length === 3)
  const exchange = lane.send(REQUEST, terms())
  const used = await waitFor('the request', () => asked[0])
  clock.advance(TIMEOUT_MS)
  expect((await exchange).kind).toBe('unknown')
  expect(await waitFor('its end', () => ends.get(used))).toBe('ECONNRESET')
})

it('a request may wait for less time than its answer may take, and is not written afterwards', async () => {
  const sendings = Array.from({ length: 8 }, () => watch(lane.send(REQUEST, terms())))
  await waitFor('all connections in use', () => asked.length === 8)
  let isWired = false
  const hasty = lane.send(
    REQUEST,
    terms({
      connectWithinMs: 250,
      onWire() {
        isWired = true
      },
    }),
  )
  clock.advance(249)
  const seen = watch(hasty)
  await new Promise(resolve => setImmediate(resolve))
  expect(seen.kind).toBe('open')
  clock.advance(1)
  expect(await hasty).toMatchObject({
    kind: 'unsent',
    cause: { message: expect.stringContaining('no connection within 250 ms') },
  })
  asked[0]?.write(OK)
  await waitFor('a free connection', () => sendings.some(sending => sending.kind === 'answered'))
  clock.advance(1)
  expect(isWired).toBe(false)
  expect(asked).toHaveLength(8)
})

it('a request whose time ran out while the machine slept is not written when a connection comes before the timer', async () => {
  let sleptMs = 0
  const sleepy: Clock = { ...clock, monotonicMs: () => clock.monotonicMs() + sleptMs }
  const other = new OrderLane(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), sleepy, TIMEOUT_MS)
  const entry = other.send(REQUEST, terms({ connectWithinMs: 250 }))
  sleptMs = 300
  expect((await entry).kind).toBe('unsent')
  expect(asked).toEqual([])
  await other.close()
})

/** Which connection of the server it is, counted from 0. */
const orderOf = (socket: Socket | undefined): number => (socket === undefined ? -1 : sockets.indexOf(socket))

describe('a change of the network', () => {
  beforeEach(() => waitFor('three connections', () => sockets.length === 3))

  it('replaces every idle connection, as soon as one fresh one is ready', async () => {
    lane.refresh()
    // Not yet: a connection that may be dead is better than none.
    const first = lane.send(REQUEST, terms())
    await waitFor('the first request', () => asked[0])
    expect(orderOf(asked[0])).toBeLessThan(3)
    await waitFor('three fresh ones', () => sockets.length === 6)
    await waitFor('the idle ones to be left', () => ends.size === 2)
    expect([...ends.values()]).toEqual(['end', 'end'])
    const second = lane.send(REQUEST, terms())
    await waitFor('the second request', () => asked[1])
    expect(orderOf(asked[1])).toBeGreaterThanOrEqual(3)
    for (const socket of asked) socket.write(OK)
    expect((await first).kind).toBe('answered')
    expect((await second).kind).toBe('answered')
  })

  it.each<readonly [string, (socket: Socket) => void]>([
    ['is not answered in time', () => clock.advance(TIMEOUT_MS)],
    ['breaks', socket => socket.resetAndDestroy()],
  ])('is supposed when an exchange %s: the next order leaves on a fresh connection', async (_title, fail) => {
    clock.advance(5_000)
    const exchange = lane.send(REQUEST, terms())
    fail(await waitFor('the request', () => asked[0]))
    expect((await exchange).kind).toBe('unknown')
    await waitFor('three fresh ones', () => sockets.length === 6)
    await waitFor('the idle ones to be left', () => [...ends.values()].filter(end => end === 'end').length === 2)
    const next = lane.send(REQUEST, terms())
    await waitFor('the next request', () => asked[1])
    expect(orderOf(asked[1])).toBeGreaterThanOrEqual(3)
    asked[1]?.write(OK)
    expect((await next).kind).toBe('answered')
  })

  it('that is supposed again and again does not dial in a tight loop', async () => {
    for (let tenth = 0; tenth < 600; tenth++) {
      for (let again = 0; again < 10; again++) lane.refresh()
      lane.hurry()
      clock.advance(100)
      await new Promise(resolve => setImmediate(resolve))
    }
    // In a minute.
    expect(sockets.length).toBeLessThan(100)
  })

  it('needs no other connections where those at rest are known to be good', async () => {
    lane.hurry()
    clock.advance(1_000)
    expect(sockets).toHaveLength(3)
  })

  it('is nothing to a lane that was closed', async () => {
    await lane.close()
    lane.refresh()
    lane.hurry()
    expect(clock.pending).toBe(0)
  })
})
