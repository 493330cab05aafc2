import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Exchange, OrderLane } from './order-lane.ts'

// Real sockets, and time that moves only when told.

const REQUEST = 'POST /x HTTP/1.1\r\nContent-Length: 0\r\n\r\n'
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'
const TIMEOUT_MS = 400

let server: Server
let sockets: Socket[]
let asked: Socket[]
let onConnection: (socket: Socket) => void
let clock: ReturnType<typeof manualClock>
let lane: OrderLane

beforeEach(async () => {
  sockets = []
  asked = []
  onConnection = () => {}
  server = createServer(socket => {
    sockets.push(socket)
    socket.on('error', () => {})
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
  const exchange = lane.send(REQUEST, () => {})
  await waitFor('the request', () => asked[0])
  asked[0]?.write(OK)
  await exchange
  clock.advance(1)
  expect(sockets).toHaveLength(3)
})

it('hands the bytes over before send() returns', async () => {
  let isWired = false
  const exchange = lane.send(REQUEST, () => {
    isWired = true
  })
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
  const exchange = lane.send(REQUEST, () => {})
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
  const exchange = lane.send(REQUEST, () => {})
  await waitFor('the request', () => asked[0])
  asked[0]?.write(OK)
  expect((await exchange).kind).toBe('answered')
})

it('never says unsent of a request that had to wait and then left', async () => {
  const sendings = Array.from({ length: 9 }, () => watch(lane.send(REQUEST, () => {})))
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
  const sendings = Array.from({ length: 9 }, () => watch(lane.send(REQUEST, () => {})))
  await waitFor('all connections in use', () => asked.length === 8)
  clock.advance(TIMEOUT_MS)
  await waitFor('the ends', () => sendings.every(sending => sending.kind !== 'open'))
  expect(sendings.filter(sending => sending.kind === 'unsent').length).toBeLessThanOrEqual(1)
  expect(asked.length + sendings.filter(sending => sending.kind === 'unsent').length).toBe(9)
})
