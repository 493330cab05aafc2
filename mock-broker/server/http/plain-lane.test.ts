import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { waitFor } from '@scalpdesk/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerUnreadable } from '../listening.ts'
import type { HttpExchange } from './http-exchange.ts'
import { nodeExchange } from './node-exchange.ts'
import { type PlainLane, plainLane } from './plain-lane.ts'

interface Way {
  readonly port: number
  /** Requests that node:http read. */
  readonly byNode: () => number
  readonly sockets: readonly Socket[]
  close(): void
}

let withLane: Way
let without: Way
beforeAll(async () => {
  withLane = await start(true)
  without = await start(false)
})
afterAll(() => {
  withLane.close()
  without.close()
})

const GET = 'GET /api/echo HTTP/1.1\r\nHost: x\r\nCST: abc\r\n\r\n'
const LATER = 'GET /api/later HTTP/1.1\r\nHost: x\r\n\r\n'
const LAST = 'GET /api/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
const post = (body: string, more = ''): string =>
  `POST /api/echo HTTP/1.1\r\nHost: x\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
const path = (name: string): string => `GET /api/${name} HTTP/1.1\r\nHost: x\r\n\r\n`

describe('a client gets the same bytes as from node:http alone', () => {
  it.each<[what: string, bytes: string, byNode: number]>([
    ['a GET', GET, 1],
    ['a POST with a body', post('{"a":1}'), 1],
    ['a body beyond ASCII', post('{"a":"£ é 漢"}'), 1],
    ['a PUT without a body', 'PUT /api/echo HTTP/1.1\r\nHost: x\r\n\r\n', 1],
    ['a DELETE with a body', 'DELETE /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab', 1],
    ['many at once', GET.repeat(100) + post('x').repeat(100), 1],
    ['one that is answered after the one behind it', LATER + GET, 1],
    ['an answer beyond ASCII', path('text'), 1],
    ['an answer of bytes', path('bytes'), 1],
    ['an empty answer', path('empty'), 1],
    ['more headers', path('headers'), 1],
    ['an unknown status', path('status'), 1],
    ['a query with percents', path('echo?a=%20%zz&b=1,2'), 1],
    ['a connection that is cut', path('cut') + GET, 0],
    ['a HEAD', `${GET}HEAD /api/echo HTTP/1.1\r\nHost: x\r\n\r\n`, 2],
    ['HTTP/1.0', 'GET /api/echo HTTP/1.0\r\nHost: x\r\n\r\n', 1],
    ['HTTP/1.0 after a plain one', `${GET}GET /api/echo HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\n`, 2],
    [
      'a chunked body',
      'POST /api/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
      2,
    ],
    [
      'a chunked body behind one that waits',
      `${LATER}${post('a').replace('Content-Length: 1', 'Transfer-Encoding: chunked').replace(/a$/, '1\r\na\r\n0\r\n\r\n')}`,
      2,
    ],
    [
      'both lengths',
      'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      0,
    ],
    ['two lengths', 'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 0],
    ['a signed length', 'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na', 0],
    ['a blank before a colon', 'GET /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length : 1\r\n\r\na', 0],
    ['a folded field', 'GET /api/echo HTTP/1.1\r\nHost: x\r\nCST: a\r\n b\r\n\r\n', 0],
    ['bare line feeds', 'GET /api/echo HTTP/1.1\nHost: x\n\n', 0],
    ['no host', 'GET /api/echo HTTP/1.1\r\n\r\n', 1],
    ['two hosts', 'GET /api/echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 2],
    ['a token twice', 'GET /api/echo HTTP/1.1\r\nHost: x\r\nCST: a\r\nCST: b\r\n\r\n', 2],
    ['another path', 'GET /other HTTP/1.1\r\nHost: x\r\n\r\n', 2],
    ['an expectation', post('a', 'Expect: 100-continue\r\n'), 2],
    ['nonsense', '\u0000\u0001\r\n\r\n', 0],
    ['a flood of headers', `GET /api/echo HTTP/1.1\r\nHost: x\r\n${'A: 12345678901234567890\r\n'.repeat(2000)}\r\n`, 0],
    ['a long head', `GET /api/echo HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(9000)}\r\n\r\n`, 2],
    ['a body beyond the limit', post('x'.repeat(70_000)), 2],
    ['a body just below it', post('x'.repeat(60_000)), 1],
  ])('for %s', async (_what, bytes, byNode) => {
    const before = withLane.byNode()
    const [own, nodes] = await Promise.all([talk(withLane, [bytes + LAST]), talk(without, [bytes + LAST])])
    expect(own).toBe(nodes)
    // The last request, which ends the connection, is always one for node:http when it gets so far.
    expect(withLane.byNode() - before).toBe(byNode)
  })

  it('in whatever pieces it sends whatever it asks', async () => {
    const body = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constant('y'.repeat(20_000)))
    const request = fc.oneof(
      fc.constantFrom(GET, LATER, path('text'), path('bytes'), path('empty'), path('headers'), path('other')),
      body.map(text => post(text)),
      body.map(text => post(text, 'Content-Type: application/json\r\nCST:  token \r\n')),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 12 }),
        async (requests, cuts) => {
          // Whatever waits is answered when the last request comes.
          const bytes = Buffer.from(requests.join('') + GET + LAST)
          const ends = [...cuts.map(cut => cut % bytes.length), bytes.length].sort((a, b) => a - b)
          const pieces = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
          const [own, nodes] = await Promise.all([talk(withLane, pieces), talk(without, pieces)])
          expect(own).toBe(nodes)
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    ['after a request', GET],
    ['while an answer is outstanding', LATER],
    ['without a word', ''],
    ['amid a head', GET.slice(0, 30)],
    ['amid a body', post('abcdef').slice(0, -2)],
    ['amid a body behind a request', GET + post('abcdef').slice(0, -2)],
  ])('when it says no more %s', async (_what, bytes) => {
    const [own, nodes] = await Promise.all([talk(withLane, [bytes], true), talk(without, [bytes], true)])
    expect(own).toBe(nodes)
  })
})

describe('a connection', () => {
  it.each([
    ['nonsense', `${GET}nonsense\r\n\r\n`],
    ['more than its length', `${GET}abc`],
  ])('is answered what it asked before it sends %s', async (_what, bytes) => {
    // node:http alone may drop the answers that are on their way.
    expect(await talk(withLane, [bytes], true)).toMatch(/^HTTP\/1\.1 200 OK.*HTTP\/1\.1 400 Bad Request/s)
  })

  it('that is silent from the start, or amid a body, is left to the time-outs of node:http', async () => {
    const { socket, answer } = open(withLane)
    await waitFor(
      'the connection',
      () => !socket.connecting && withLane.sockets.at(-1)?.remotePort === socket.localPort,
    )
    const own = withLane.sockets.at(-1)
    own?.emit('timeout')
    const before = withLane.byNode()
    socket.write(GET)
    await waitFor('its answer', () => answer().endsWith('}'))
    expect(withLane.byNode()).toBe(before + 1)
    socket.destroy()
    const slow = open(withLane)
    slow.socket.write(`${GET}${post('xyz').slice(0, -1)}`)
    await waitFor('the first answer', () => slow.answer().endsWith('}'))
    withLane.sockets.at(-1)?.emit('timeout')
    slow.socket.write('z')
    await waitFor('the second', () => slow.answer().includes('xyz'))
    expect(withLane.byNode()).toBe(before + 2)
    slow.socket.destroy()
  })

  it('that idles between two requests is closed without a word', async () => {
    const { socket, answer } = open(withLane)
    socket.write(GET)
    await waitFor('its answer', () => answer().endsWith('}'))
    const own = withLane.sockets.at(-1)
    expect(own?.timeout).toBe(66_000)
    own?.emit('timeout')
    await waitFor('its end', () => socket.readableEnded)
    expect(answer().match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('that is told nothing any more is let go of, and nobody answers it', async () => {
    const { socket } = open(withLane)
    socket.write(LATER)
    await waitFor('the request', () => pending.length > 0)
    socket.destroy()
    await waitFor('its end', () => withLane.sockets.at(-1)?.destroyed === true)
    expect(await talk(withLane, [GET + LAST])).toContain('"url":"/api/echo"')
  })

  it('that does not read its answers is not read from', async () => {
    const { socket } = open(withLane)
    socket.pause()
    const served = count
    const many = Buffer.from(path('large').repeat(1000))
    socket.write(many)
    await waitFor('it to be held', () => withLane.sockets.at(-1)?.isPaused() === true)
    expect(count - served).toBeLessThan(900)
    socket.resume()
    await waitFor('all', () => count - served === 1000)
    socket.destroy()
  })
})

/** Answers that wait for the next request. */
const pending: (() => void)[] = []
let count = 0

function serve(exchange: HttpExchange): void {
  count++
  const { head, body } = exchange
  const { method, url } = head
  const reply = (status: number, content: string | Buffer, ...more: readonly (readonly [string, string])[]): void =>
    exchange.reply(status, [['Content-Length', String(Buffer.byteLength(content))], ...more], content)
  if (url === '/api/later') {
    pending.push(() => reply(200, 'late'))
    return
  }
  for (const answer of pending.splice(0)) answer()
  if (url === '/api/cut') exchange.cut()
  else if (url === '/api/text') reply(200, '£ é 漢')
  else if (url === '/api/bytes') reply(200, Buffer.from([0, 255, 13, 10]))
  else if (url === '/api/large') reply(200, 'x'.repeat(100_000))
  else if (url === '/api/empty') reply(405, '')
  else if (url === '/api/status') reply(599, 'what')
  else if (url === '/api/headers') reply(200, '{}', ['X-Request-Id', 'a'], ['CST', 'b'])
  else reply(200, JSON.stringify({ method, url, cst: head.fields.get('cst'), body }))
}

async function start(hasLane: boolean): Promise<Way> {
  let byNode = 0
  let lane: PlainLane | null = null
  const sockets: Socket[] = []
  const http = createServer({ keepAliveTimeout: 65_000, noDelay: true }, (message, response) => {
    byNode++
    nodeExchange(message, response, serve)
  })
  answerUnreadable(http)
  if (hasLane) lane = plainLane({ http, serves: url => url.startsWith('/api/'), serve, nowMs: Date.now })
  http.on('connection', socket => sockets.push(socket))
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  return {
    port: (http.address() as AddressInfo).port,
    byNode: () => byNode,
    sockets,
    close() {
      lane?.close()
      http.closeAllConnections()
      http.close()
    },
  }
}

function open(way: Way): { readonly socket: Socket; answer(): string } {
  const socket = connect({ port: way.port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  let text = ''
  socket.on('error', () => {})
  socket.on('data', bytes => {
    text += bytes.toString('latin1')
  })
  return { socket, answer: () => text }
}

/** Sends the pieces one after the other; everything that came until the server closed, but for the date. */
async function talk(way: Way, pieces: readonly (string | Buffer)[], ends = false): Promise<string> {
  const { socket, answer } = open(way)
  for (const piece of pieces) {
    await new Promise<void>(resolve => socket.write(piece, () => resolve()))
    await new Promise<void>(resolve => setImmediate(resolve))
  }
  if (ends) socket.end()
  await waitFor('the end', () => socket.readableEnded || socket.destroyed)
  socket.destroy()
  return answer().replaceAll(/^Date: .*$/gm, 'Date')
}
