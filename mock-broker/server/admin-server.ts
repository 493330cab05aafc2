import type { IncomingMessage, ServerResponse } from 'node:http'
import { readFaultPlan } from './fault-plan.ts'
import { isFaultName } from './fault-rules.ts'
import { readBody } from './http/node-exchange.ts'
import type { MockBroker } from './mock-broker.ts'
import { MockBrokerError } from './mock-broker-error.ts'

/** Below this path the broker itself is steered; it is no part of IG's API. */
export const ADMIN_PREFIX = '/admin/'

/**
 * Everything that a test can do in code, for those who run the broker as a program of its own. It needs no key: the broker listens
 * on loopback only. A page in a browser is refused, so that no web site can steer it.
 */
export function serveAdmin(message: IncomingMessage, response: ServerResponse, broker: MockBroker): void {
  readBody(message, body => {
    void answer()
    async function answer(): Promise<void> {
      try {
        if (message.headers.origin !== undefined)
          throw new AdminRefusal(403, 'expected no Origin, but a page of a browser asks; ask from a program')
        const text = body.kind === 'text' ? body.text : ''
        const answered = await act(`${message.method} ${message.url ?? ''}`, parse(text), broker)
        send(response, answered === undefined ? 204 : 200, answered)
      } catch (cause) {
        const status = cause instanceof AdminRefusal ? cause.status : cause instanceof MockBrokerError ? 400 : 500
        send(response, status, { error: cause instanceof Error ? cause.message : String(cause) })
      }
    }
  })
}

async function act(asked: string, body: unknown, broker: MockBroker): Promise<unknown> {
  const [method, url = ''] = asked.split(' ')
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const fields: ReadonlyMap<string, unknown> = new Map(typeof body === 'object' && body ? Object.entries(body) : [])
  switch (`${method} ${pathname.replace(/\/$/, '')}`) {
    case 'GET /admin/state':
      return broker.state()
    case 'GET /admin/requests': {
      const since = searchParams.get('sinceMs') ?? '0'
      const sinceMs = Number(since)
      if (!Number.isFinite(sinceMs))
        throw new AdminRefusal(400, `expected milliseconds since 1970 as sinceMs, but got ${since}; correct it`)
      const all = searchParams.get('dealing') === 'true' ? broker.dealingRequests() : broker.requests()
      return { requests: all.filter(({ atMs }) => atMs >= sinceMs) }
    }
    case 'GET /admin/market':
      return broker.shown(searchParams.get('epic') ?? '')
    case 'GET /admin/replay':
      return broker.replay()
    case 'POST /admin/tick':
      return broker.injectTick(text(fields, 'epic'), text(fields, 'bid'), text(fields, 'offer'))
    case 'PUT /admin/clock':
      return broker.setClock(number(fields, 'nowMs'))
    case 'POST /admin/pause':
      return broker.pause()
    case 'POST /admin/resume':
      return broker.resume()
    case 'POST /admin/step': {
      const ticks = fields.has('ticks') ? number(fields, 'ticks') : 1
      if (!fields.has('epic')) return broker.step(ticks)
      const epic = text(fields, 'epic')
      await broker.step(ticks, epic)
      return broker.shown(epic)
    }
    case 'PUT /admin/speed':
      return broker.setSpeed(fields.get('speed') === 'max' ? 'max' : number(fields, 'speed'))
    case 'POST /admin/settlement':
      return broker.settle(text(fields, 'epic'), fields.has('level') ? text(fields, 'level') : undefined)
    case 'POST /admin/night':
      return broker.passNight()
    case 'GET /admin/faults':
      return { faults: broker.faults.planned() }
    case 'POST /admin/faults':
      startFaults(body, broker)
      return undefined
    default:
      return stopFault(method, pathname, broker)
  }
}

/** All of them or, when one is wrong, none. */
function startFaults(body: unknown, { faults }: MockBroker): void {
  const entries: readonly unknown[] = Array.isArray(body) ? body : [body]
  if (entries.length === 0) throw new AdminRefusal(400, 'expected a fault or a list of them, but got none; add one')
  const plans = entries.map((entry, index) =>
    readFaultPlan(entry, entries.length === 1 ? 'the request' : `entry ${index + 1} of the request`),
  )
  for (const plan of plans) faults.plan(plan)
}

function stopFault(method: string | undefined, path: string, { faults }: MockBroker): void {
  const name = /^\/admin\/faults\/(\w+)$/.exec(path)?.[1]
  if (method !== 'DELETE' || name === undefined) {
    throw new AdminRefusal(404, `expected one of the admin operations, but got ${method} ${path}; see the README`)
  }
  if (!isFaultName(name)) throw new AdminRefusal(404, `expected the name of a fault, but got ${name}; see the README`)
  faults.stop(name)
}

function text(fields: ReadonlyMap<string, unknown>, name: string): string {
  const value = fields.get(name)
  if (typeof value === 'string') return value
  throw new AdminRefusal(400, `expected a text as ${name}, but got ${JSON.stringify(value) ?? 'nothing'}; correct it`)
}

function number(fields: ReadonlyMap<string, unknown>, name: string): number {
  const value = fields.get(name)
  if (typeof value === 'number') return value
  throw new AdminRefusal(400, `expected a number as ${name}, but got ${JSON.stringify(value) ?? 'nothing'}; correct it`)
}

function parse(body: string): unknown {
  if (body.trim() === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    throw new AdminRefusal(400, 'expected JSON, but the body cannot be read; correct it')
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  const content = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) })
  response.end(content)
}

class AdminRefusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
