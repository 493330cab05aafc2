import { connect, type Socket } from 'node:net'
import { waitFor } from '@scalpdesk/testkit'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startQuietBroker } from '../testing/quiet-broker.ts'
import { type RestClient, signIn } from '../testing/rest-client.ts'
import { openSession, openStream, PRICE } from '../testing/stream-client.ts'
import type { MockBroker } from './index.ts'

let broker: MockBroker
let client: RestClient
const sockets: Socket[] = []
const notices: string[] = []

beforeAll(async () => {
  broker = await startQuietBroker({ onNotice: text => notices.push(text) })
  client = await signIn(broker)
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  // Whatever happened, everybody else is served.
  expect((await client.get('/accounts', 1)).status).toBe(200)
  expect(notices).toEqual([])
})

afterAll(() => broker.close())

/** Writes these bytes to a socket of its own; keeps what comes back. */
function raw(text: string): { answer(): string; readonly socket: Socket } {
  const socket = connect(Number(new URL(broker.stream).port), '127.0.0.1')
  let answer = ''
  sockets.push(socket)
  socket.on('error', () => {})
  socket.on('data', bytes => {
    answer += bytes.toString()
  })
  socket.write(text)
  return { answer: () => answer, socket }
}

it.each([
  ['no HTTP at all', '\u0000\u0001 nonsense\r\n\r\n', 'HTTP/1.1 400'],
  [
    'a flood of headers',
    `GET / HTTP/1.1\r\nHost: x\r\n${'A: 12345678901234567890\r\n'.repeat(4000)}\r\n`,
    'HTTP/1.1 431',
  ],
  ['a path out of the base', 'GET /gateway/deal/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 400'],
  [
    'an encoded path out of the base',
    'GET /gateway/deal/markets/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\nX-IG-API-KEY: mock-api-key\r\n\r\n',
    'HTTP/1.1 401',
  ],
  [
    'a path that cannot be decoded',
    'GET /gateway/deal/%zz HTTP/1.1\r\nHost: x\r\nX-IG-API-KEY: mock-api-key\r\n\r\n',
    'HTTP/1.1 404',
  ],
  ['a method of its own', 'BREW /gateway/deal/accounts HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 400'],
  [
    'an upgrade to something else',
    'GET /lightstreamer HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n',
    'HTTP/1.1 400',
  ],
])('answers %s with an error', async (_what, request, status) => {
  const { answer } = raw(request)
  await waitFor('the answer', () => answer().includes('\r\n\r\n'))
  expect(answer()).toMatch(new RegExp(`^${status}`))
  const body = answer().split('\r\n\r\n')[1] ?? ''
  if (!request.includes('Upgrade')) expect(JSON.parse(body)).toHaveProperty('errorCode')
})

it('answers a client that says no more amid a request', async () => {
  const { answer, socket } = raw('POST /gateway/deal/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"ident')
  socket.end()
  await waitFor('its end', () => socket.readableEnded)
  expect(answer()).toMatch(/^HTTP\/1\.1 400 .*\{"errorCode":"invalid\.input"\}$/s)
})

it('reads ten megabytes to their end and refuses them', async () => {
  const { status, body } = await client.send('POST', '/positions/otc', 2, { epic: 'x'.repeat(10_000_000) })
  expect([status, body]).toEqual([400, { errorCode: 'invalid.input' }])
  const response = await fetch(`${broker.stream}/lightstreamer/control.txt?LS_protocol=TLCP-2.4.0`, {
    method: 'POST',
    body: 'x'.repeat(10_000_000),
  })
  expect(await response.text()).toMatch(/^ERROR,65,/)
})

it('lets a thousand connections idle, and requests stay half sent', async () => {
  const idle = Array.from({ length: 1000 }, (_, index) =>
    raw(index % 2 === 0 ? '' : 'POST /gateway/deal/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"ident'),
  )
  await waitFor('all of them', () => idle.every(({ socket }) => !socket.connecting))
  const { stream } = await openSession(broker, client)
  stream.send('control', `LS_reqId=1&LS_subId=1&${PRICE}&LS_schema=BIDPRICE1`)
  await stream.line(/^U,1,1/)
})

it('cuts a WebSocket that breaks the protocol or says too much, and no other', async () => {
  const { stream } = await openSession(broker, client)
  const long = await openStream(broker)
  long.send('control', 'x'.repeat(2_000_000))
  await waitFor('the end of the long one', () => !long.isOpen)
  const broken = raw(
    'GET /lightstreamer HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: TLCP-2.4.0.lightstreamer.com\r\n\r\n',
  )
  await waitFor('the upgrade', () => broken.answer().includes('101'))
  broken.socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff]))
  await waitFor('its end', () => broken.socket.readableEnded || broken.socket.destroyed)
  stream.send('control', `LS_reqId=1&LS_subId=1&${PRICE}&LS_schema=BIDPRICE1`)
  await stream.line(/^U,1,1/)
})
