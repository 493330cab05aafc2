import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { Worker } from 'node:worker_threads'
import { manualClock, waitFor } from '@scalpdesk/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { LOCAL_CERTIFICATE, LOCAL_KEY } from '../testing/local-certificate.ts'
import { OrderLane } from './order-lane.ts'
import type { HttpRequest, OrderOptions } from './transport.ts'

// Real sockets and real TLS, and time that moves only when told.

const USUAL = getCACertificates('default')
beforeAll(() => setDefaultCACertificates([LOCAL_CERTIFICATE]))
afterAll(() => setDefaultCACertificates(USUAL))

const REQUEST: HttpRequest = { method: 'POST', path: '/x', headers: {}, body: '{}' }
const EXIT: HttpRequest = { ...REQUEST, path: '/exit' }
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'
const TIMEOUT_MS = 10_000
const terms = (more: Partial<OrderOptions> = {}): OrderOptions => ({ timeoutMs: TIMEOUT_MS, onWire: () => {}, ...more })

let server: Server
let sockets: Socket[]
let sessions: TLSSocket[]
let seen: string[]
let ends: string[]
/** Handshakes that are not answered yet; `null`: all are, at once. */
let held: (() => void)[] | null
let clock: ReturnType<typeof manualClock>
let lane: OrderLane

beforeEach(async () => {
  sockets = []
  sessions = []
  seen = []
  ends = []
  held = null
  const options = { key: LOCAL_KEY, cert: LOCAL_CERTIFICATE, ALPNProtocols: ['h2', 'http/1.1'] }
  const secureServer = createTlsServer(options, secure => {
    sessions.push(secure)
    secure.on('data', chunk => seen.push(String(chunk)))
    secure.on('end', () => ends.push('end'))
    secure.on('error', error => ends.push('code' in error ? String(error.code) : error.message))
  })
  server = createServer(socket => {
    sockets.push(socket)
    socket.on('error', () => {})
    const shake = (): void => void secureServer.emit('connection', socket)
    if (held === null) shake()
    else held.push(shake)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  clock = manualClock()
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await lane.close()
  expect(clock.pending).toBe(0)
  await new Promise(resolve => server.close(resolve))
})

const open = (host = '127.0.0.1'): OrderLane => {
  lane = new OrderLane(new URL(`https://${host}:${(server.address() as AddressInfo).port}`), clock, TIMEOUT_MS)
  return lane
}

it('speaks HTTP/1.1, names a host that has a name, and takes up the TLS session of a connection before', async () => {
  await open('localhost').warm()
  await waitFor('three connections', () => sessions.length === 3)
  const exchange = lane.send(REQUEST, terms())
  await waitFor('the request', () => seen.length === 1)
  for (const session of sessions) session.write(OK)
  expect((await exchange).kind).toBe('answered')
  expect(sessions.map(session => session.alpnProtocol)).toEqual(['http/1.1', 'http/1.1', 'http/1.1'])
  expect(sessions.map(session => session.servername)).toEqual(['localhost', 'localhost', 'localhost'])
  // The other two were spoken to without being asked, and are replaced.
  await waitFor('two to be left', () => sessions.filter(session => session.destroyed).length === 2)
  clock.advance(250)
  const fresh = await waitFor('a fresh one', () => sessions[3])
  expect(fresh.isSessionReused()).toBe(true)
})

it('says why a certificate is not trusted, and sends nothing', async () => {
  setDefaultCACertificates([])
  try {
    await open().warm()
    const end = await lane.send(REQUEST, terms())
    expect(end).toMatchObject({ kind: 'unsent', cause: { message: expect.stringContaining('certificate') } })
    expect(seen).toEqual([])
  } finally {
    setDefaultCACertificates([LOCAL_CERTIFICATE])
  }
})

it('resets the connection of a request that was given up, so that nothing of it is delivered afterwards', async () => {
  await open().warm()
  await waitFor('three connections', () => sessions.length === 3)
  const exchange = lane.send(REQUEST, terms())
  await waitFor('the request', () => seen.length === 1)
  clock.advance(TIMEOUT_MS)
  expect((await exchange).kind).toBe('unknown')
  await waitFor('its end', () => ends.includes('ECONNRESET'))
  expect(ends.filter(end => end !== 'end')).toEqual(['ECONNRESET'])
})

it('an order that may wait for 250 ms is unsent when the handshake takes longer, and never leaves', async () => {
  held = []
  const warm = open().warm()
  await waitFor('three attempts', () => held?.length === 3)
  const entry = lane.send(REQUEST, terms({ connectWithinMs: 250 }))
  const exit = lane.send(EXIT, terms())
  clock.advance(250)
  expect(await entry).toMatchObject({
    kind: 'unsent',
    cause: { message: expect.stringContaining('no connection within 250 ms') },
  })
  for (const shake of held) shake()
  held = null
  await warm
  // The one that may wait longer does leave, and it is the only one.
  await waitFor('a request', () => seen.length > 0)
  expect(seen.join('')).toMatch(/^POST \/exit HTTP/)
  for (const session of sessions) session.write(OK)
  expect((await exit).kind).toBe('answered')
  expect(seen).toHaveLength(1)
})

it('attempts that hang since before the network was good again are given up for new ones', async () => {
  await open().warm()
  await waitFor('three connections', () => sessions.length === 3)
  held = []
  lane.refresh()
  await waitFor('three attempts', () => held?.length === 3)
  clock.advance(1_999)
  lane.hurry()
  await new Promise(resolve => setImmediate(resolve))
  // Young ones may yet succeed.
  expect(sockets).toHaveLength(6)
  clock.advance(1)
  held = null
  lane.hurry()
  await waitFor('three fresh ones', () => sessions.length === 6)
  const exchange = lane.send(REQUEST, terms())
  await waitFor('the request', () => seen.length === 1)
  for (const session of sessions.slice(3)) session.write(OK)
  expect((await exchange).kind).toBe('answered')
  await waitFor('the old ones to be left', () => sessions.slice(0, 3).every(session => session.destroyed))
})

/** A server on a thread of its own: it counts the requests that have reached it where we can look without yielding. */
const SERVER = `
  const { workerData, parentPort } = require('node:worker_threads')
  const seen = new Int32Array(workerData.seen)
  const server = require('node:tls').createServer({ key: workerData.key, cert: workerData.cert }, socket => {
    parentPort.postMessage('connected')
    socket.on('error', () => {})
    socket.on('data', () => {
      Atomics.add(seen, 0, 1)
      Atomics.notify(seen, 0)
      socket.write('HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n{}')
    })
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

it('an order leaves the machine in the turn of its call, on fresh connections and on used ones', async () => {
  const count = new Int32Array(new SharedArrayBuffer(4))
  const workerData = { seen: count.buffer, key: LOCAL_KEY, cert: LOCAL_CERTIFICATE }
  const worker = new Worker(SERVER, { eval: true, workerData })
  const messages: unknown[] = []
  worker.on('message', message => messages.push(message))
  const port = await waitFor('the server', () => messages[0])
  lane = new OrderLane(new URL(`https://127.0.0.1:${port}`), clock, TIMEOUT_MS)
  await lane.warm()
  await waitFor('three connections', () => messages.length === 4)
  for (let order = 0; order < 6; order++) {
    // TLS in Node.js holds a second write of one turn of the event loop back until the next.
    await new Promise(resolve => setImmediate(resolve))
    const exchange = lane.send(REQUEST, terms())
    // This thread sleeps until the server has the bytes: no callback of ours could have sent them since.
    expect(Atomics.wait(count, 0, order, 10_000)).not.toBe('timed-out')
    expect((await exchange).kind).toBe('answered')
    clock.advance(1)
  }
  await lane.close()
  await worker.terminate()
})
