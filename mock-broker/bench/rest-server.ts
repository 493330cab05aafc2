/**
 * Takes the same order by POST, over and over: a bare socket that looks for no more than the end of the request, bare node:http,
 * json-server, or the mock broker with all its checks and its engine.
 */
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net'
import { type Clock, startMockBroker } from '../server/index.ts'

export type RestPeer = 'socket' | 'node:http' | 'json-server' | 'broker'

export interface RestAddress {
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** What a server used since it was last asked; each message to it asks. */
export interface RestCost {
  readonly cpuMs: number
}

/** What the bench uses of json-server 0.17. */
interface JsonServer {
  create(): JsonApp
  defaults(options: { readonly logger: boolean }): unknown
  router(data: object): unknown
}

interface JsonApp {
  use(handler: unknown): void
  listen(port: number, host: string, ready: () => void): { address(): AddressInfo }
}

const EPIC = 'CS.D.EURUSD.CFD.IP'
const CONTENT_TYPE = 'Content-Type: application/json;charset=UTF-8'
const peer = process.argv[2] as RestPeer
process.on('disconnect', () => process.exit())
process.send?.(await start())
let used = process.cpuUsage()
process.on('message', () => {
  const { user, system } = process.cpuUsage(used)
  used = process.cpuUsage()
  const cost: RestCost = { cpuMs: (user + system) / 1000 }
  process.send?.(cost)
})

async function start(): Promise<RestAddress> {
  switch (peer) {
    case 'socket':
      return startSocket()
    case 'node:http':
      return startBare()
    case 'json-server':
      return startJsonServer()
    case 'broker':
      return startBroker()
  }
}

/** The floor: the same JSON, and nothing of HTTP but where a request ends. */
async function startSocket(): Promise<RestAddress> {
  let count = 0
  const server = createSocketServer({ noDelay: true }, socket => {
    let text = ''
    socket.on('error', () => socket.destroy())
    socket.on('data', bytes => {
      text += bytes.toString('latin1')
      const head = text.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0)
      if (text.length < head + 4 + length) return
      const body = answerTo(text.slice(head + 4), ++count)
      text = ''
      socket.write(`HTTP/1.1 200 OK\r\n${CONTENT_TYPE}\r\nContent-Length: ${body.length}\r\n\r\n${body}`, 'latin1')
    })
  })
  return { port: await portOf(server), path: '/positions/otc', headers: {} }
}

async function startBare(): Promise<RestAddress> {
  let count = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const body = answerTo(Buffer.concat(chunks).toString(), ++count)
      response.writeHead(200, {
        'Content-Type': 'application/json;charset=UTF-8',
        'Content-Length': Buffer.byteLength(body),
      })
      response.end(body)
    })
  })
  return { port: await portOf(server), path: '/positions/otc', headers: {} }
}

function answerTo(text: string, count: number): string {
  const order = JSON.parse(text) as { readonly epic: string }
  return JSON.stringify({ dealReference: `${order.epic.slice(0, 4)}${count}` })
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function startJsonServer(): Promise<RestAddress> {
  const jsonServer = createRequire(import.meta.url)('json-server') as JsonServer
  const app = jsonServer.create()
  app.use(jsonServer.defaults({ logger: false }))
  app.use(jsonServer.router({ positions: [] }))
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = app.listen(0, '127.0.0.1', resolve)
  await promise
  return { port: server.address().port, path: '/positions', headers: {} }
}

async function startBroker(): Promise<RestAddress> {
  const broker = await startMockBroker({
    // Every order costs the spread: it must not run out of money before the load ends.
    cash: '100000000000',
    pastDays: 0,
    delays: { acknowledgeMs: 0, confirmMs: 0 },
    clock: leapingClock(),
  })
  broker.pause()
  broker.injectTick(EPIC, '1.08417', '1.08423')
  const response = await fetch(`${broker.url}/session`, {
    method: 'POST',
    headers: { 'X-IG-API-KEY': broker.apiKey, Version: '2' },
    body: JSON.stringify({ identifier: broker.username, password: broker.password }),
  })
  return {
    port: Number(new URL(broker.stream).port),
    path: '/gateway/deal/positions/otc',
    headers: {
      'X-IG-API-KEY': broker.apiKey,
      CST: response.headers.get('CST') ?? '',
      'X-SECURITY-TOKEN': response.headers.get('X-SECURITY-TOKEN') ?? '',
      Version: '2',
    },
  }
}

/** Its wall clock leaps with each look, so that no order falls into the repeat dealing window of the one before. */
function leapingClock(): Clock {
  let wallMs = Date.now()
  return {
    nowMs() {
      wallMs += 60_000
      return wallMs
    },
    monotonicMs: () => performance.now(),
    at(dueMonotonicMs, run) {
      const waitMs = Math.max(0, dueMonotonicMs - performance.now())
      const timer = setTimeout(run, Math.min(2 ** 31 - 1, waitMs))
      return { cancel: () => clearTimeout(timer) }
    },
  }
}
