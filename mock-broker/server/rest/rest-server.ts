import type { IncomingMessage, ServerResponse } from 'node:http'
import { unreachable } from '../../engine/unreachable.ts'
import { brokerIdentity } from '../broker-identity.ts'
import { timerGroup } from '../clock.ts'
import type { DealQueue, OrderDraft } from '../deal-queue.ts'
import type { WaitingFaults } from '../faults.ts'
import type { Tokens } from '../login-sessions.ts'
import type { RequestLog } from '../request-log.ts'
import { type Answer, RestRefusal } from './answer.ts'
import type { RestBroker } from './rest-broker.ts'
import { findRoute, type Route } from './routes.ts'

/** IG's REST API over node:http. */
export interface RestServer {
  /** A listener for node:http's `request`. */
  answer(message: IncomingMessage, response: ServerResponse): void
  close(): void
}

export interface RestServerOptions {
  readonly broker: RestBroker
  readonly deals: DealQueue
  readonly faults: WaitingFaults
  readonly log: RequestLog
  /** How long a dealing request takes to be answered. */
  readonly acknowledgeMs: number
  readonly onNotice: (text: string) => void
}

export function restServer({ broker, deals, faults, log, acknowledgeMs, onNotice }: RestServerOptions): RestServer {
  const waiting = timerGroup(broker.clock)
  let requestCount = 0

  function answer(message: IncomingMessage, response: ServerResponse): void {
    readBody(message, body => {
      try {
        carryOut(decide(message, body), response)
      } catch (cause) {
        if (!(cause instanceof RestRefusal)) onNotice(`a request failed inside the mock broker: ${String(cause)}`)
        const refusal = cause instanceof RestRefusal ? cause : new RestRefusal(500, 'system.error')
        send(response, refusal.status, { errorCode: refusal.errorCode })
      }
    })
  }

  /** The order of the checks - key, route, tokens, body, dealing - is inferred from IG's answers. */
  function decide(message: IncomingMessage, body: RawBody): Answer {
    const method = methodOf(message)
    const url = message.url ?? '/'
    const path = url.startsWith(BASE) ? url.slice(BASE.length) : url
    const version = versionOf(message)
    const parsed = parseJson(body, message)
    log.record({ method, path, version, body: parsed.kind === 'json' ? parsed.value : undefined })
    checkKey(message)
    if (!url.startsWith(`${BASE}/`)) throw new RestRefusal(404, 'invalid.url')
    const [pathname = '', query = ''] = splitOnce(path, '?')
    const found = findRoute(method, decodeSegments(pathname), version)
    if (!found) throw new RestRefusal(404, 'invalid.url')
    const tokens = checkTokens(message, found.route)
    if (parsed.kind === 'unreadable') throw new RestRefusal(400, 'invalid.input')
    return found.route.handle(
      { version, parameters: found.parameters, query: new URLSearchParams(query), body: parsed.value, tokens },
      broker,
    )
  }

  function checkTokens(message: IncomingMessage, route: Route): Tokens | null {
    if (!route.needsSession) return null
    const check = broker.logins.check(header(message, 'cst'), header(message, 'x-security-token'))
    if (check.kind !== 'valid') throw new RestRefusal(401, `error.security.${check.kind}`)
    return check.tokens
  }

  function carryOut(answer: Answer, response: ServerResponse): void {
    switch (answer.kind) {
      case 'now':
        return send(response, answer.status, answer.body, answer.headers)
      case 'dealing': {
        const refusal = answer.refusal ?? faults.takeRejection()
        const isLost = faults.takeLostReply(answer.order.kind)
        return waiting.after(acknowledgeMs, () => {
          acknowledge(answer.order, isLost, response)
          deals.accept(answer.order, refusal)
        })
      }
      default:
        return unreachable(answer)
    }
  }

  function acknowledge({ reference }: OrderDraft, isLost: boolean, response: ServerResponse): void {
    if (isLost) response.socket?.destroy()
    else send(response, 200, { dealReference: reference })
  }

  function send(
    response: ServerResponse,
    status: number,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    // A failure after the answer went out has been told; there is nobody left to answer.
    if (response.headersSent || response.destroyed) return
    const text = body === undefined ? '' : JSON.stringify(body)
    response.writeHead(status, {
      'Content-Type': 'application/json;charset=UTF-8',
      'Content-Length': Buffer.byteLength(text),
      'X-REQUEST-ID': `mock-${++requestCount}`,
      ...headers,
    })
    response.end(text)
  }

  return { answer, close: waiting.cancelAll }
}

const BASE = '/gateway/deal'

/** 400 without a key, 403 with a wrong one (IG Labs, REST API reference, error codes). */
function checkKey(message: IncomingMessage): void {
  const key = header(message, 'x-ig-api-key')
  if (!key) throw new RestRefusal(400, 'error.security.api-key-missing')
  if (key !== brokerIdentity.apiKey) throw new RestRefusal(403, 'error.security.api-key-invalid')
}

/** IG's gateway takes the method of a POST from the header `_method` (IG Labs, REST trading API guide). */
function methodOf(message: IncomingMessage): string {
  const method = message.method ?? 'GET'
  const instead = header(message, '_method')
  return method === 'POST' && instead ? instead.toUpperCase() : method
}

/** A missing version means 1; one that is no whole number matches no route. */
function versionOf(message: IncomingMessage): number {
  const text = header(message, 'version') ?? '1'
  return /^\d{1,3}$/.test(text) ? Number(text) : 0
}

function decodeSegments(pathname: string): readonly string[] {
  try {
    return pathname.slice(1).split('/').map(decodeURIComponent)
  } catch {
    throw new RestRefusal(404, 'invalid.url')
  }
}

type RawBody = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'too long' }

function readBody(message: IncomingMessage, done: (body: RawBody) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  message.on('data', (chunk: Buffer) => {
    length += chunk.length
    // What is too long is read to its end and thrown away: a client that is still sending would not see an answer.
    if (length <= LONGEST_BODY_BYTES) chunks.push(chunk)
  })
  message.on('end', () =>
    done(length > LONGEST_BODY_BYTES ? { kind: 'too long' } : { kind: 'text', text: Buffer.concat(chunks).toString() }),
  )
}

type Parsed = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'unreadable' }

/** The body of a real DELETE is dropped, as IG's gateway does. */
function parseJson(body: RawBody, message: IncomingMessage): Parsed {
  if (body.kind === 'too long') return { kind: 'unreadable' }
  if (message.method === 'DELETE' || body.text.trim() === '') return { kind: 'json', value: undefined }
  try {
    return { kind: 'json', value: JSON.parse(body.text) }
  } catch {
    return { kind: 'unreadable' }
  }
}

function header(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

function splitOnce(text: string, separator: string): readonly string[] {
  const index = text.indexOf(separator)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

const LONGEST_BODY_BYTES = 64 * 1024
