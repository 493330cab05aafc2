import { unreachable } from '../../engine/unreachable.ts'
import { timerGroup } from '../clock.ts'
import type { DealQueue } from '../deal-queue.ts'
import type { DealingOperation } from '../faults.ts'
import type { HttpExchange, RawBody, ReplyHeaders } from '../http/http-exchange.ts'
import type { RequestLog } from '../request-log.ts'
import { API_KEY } from '../users.ts'
import type { ReplyFault, WaitingFaults } from '../waiting-faults.ts'
import { type Answer, type ReadyAnswer, RestRefusal } from './answer.ts'
import { NO_BODY, parseBody } from './parsed-body.ts'
import { type RequestHead, requestHead } from './request-head.ts'
import type { RestBroker } from './rest-broker.ts'
import type { Route } from './route.ts'

/** IG's REST API. */
export interface RestServer {
  answer(exchange: HttpExchange): void
  close(): void
}

export interface RestServerOptions {
  readonly broker: RestBroker
  readonly deals: DealQueue
  readonly faults: WaitingFaults
  readonly log: RequestLog
  /** Hears of each request before it is served. */
  readonly onRequest: (operation: DealingOperation | null, path: string) => void
  /** How long a dealing request takes to be answered. */
  readonly acknowledgeMs: number
  readonly onNotice: (text: string) => void
}

export function restServer({
  broker,
  deals,
  faults,
  log,
  onRequest,
  acknowledgeMs,
  onNotice,
}: RestServerOptions): RestServer {
  const waiting = timerGroup(broker.clock)
  let requestCount = 0

  function answer(exchange: HttpExchange): void {
    try {
      const head = requestHead(exchange.head)
      carryOut(decide(head, exchange.body), head.path, exchange)
    } catch (cause) {
      refuse(cause, exchange)
    }
  }

  function refuse(cause: unknown, exchange: HttpExchange): void {
    if (!(cause instanceof RestRefusal)) onNotice(`a request failed inside the mock broker: ${String(cause)}`)
    const refusal = cause instanceof RestRefusal ? cause : new RestRefusal(500, 'system.error')
    sendJson(exchange, refusal.status, { errorCode: refusal.errorCode })
  }

  /** The order of the checks - key, route, tokens, allowance, body, dealing - is inferred from IG's answers. */
  function decide(head: RequestHead, raw: RawBody): Answer {
    const { version, target } = head
    log.record(head, raw.kind === 'text' && head.takesBody ? raw.text : '')
    onRequest(head.operation, head.path)
    checkKey(head.apiKey, broker)
    if (!target) throw new RestRefusal(404, 'invalid.url')
    const { route, parameters, query } = target
    const signedIn = route.access === 'session' ? broker.logins.check(head.credentials) : null
    if (signedIn && signedIn.kind !== 'valid') throw new RestRefusal(401, `error.security.${signedIn.kind}`)
    checkAllowance(route, signedIn?.login.accountId ?? null)
    const parsed = head.takesBody ? parseBody(raw) : NO_BODY
    if (parsed.kind === 'unreadable') throw new RestRefusal(400, 'invalid.input')
    const body = parsed.value
    if (route.access === 'open') return route.handle({ version, parameters, query, body }, broker)
    if (!signedIn) throw new RestRefusal(401, 'error.security.client-token-missing')
    const { login, proof } = signedIn
    return route.handle({ version, parameters, query, body, login, proof }, broker)
  }

  function checkAllowance(route: Route, account: string | null): void {
    const exceeded = faults.takeExceeded() ?? broker.allowances.take(route.cost, account)
    if (exceeded) throw new RestRefusal(403, `error.public-api.exceeded-${exceeded}-allowance`)
  }

  function carryOut(decided: Answer, path: string, exchange: HttpExchange): void {
    const operation = decided.kind === 'dealing' ? decided.order.kind : null
    const fault = faults.takeReply(operation, path)
    if (fault?.kind === 'null-code') return sendJson(exchange, 500, { errorCode: null })
    const slowMs = fault?.kind === 'slow' ? fault.ms : 0
    switch (decided.kind) {
      case 'now':
      case 'file':
        return waiting.after(slowMs, () => reply(decided, fault, exchange))
      case 'work':
        return workOn(decided.work, answered => waiting.after(slowMs, () => reply(answered, fault, exchange)), exchange)
      case 'dealing': {
        const { order, refusal } = prepare(decided)
        const taken: ReadyAnswer = { kind: 'now', status: 200, body: { dealReference: order.reference } }
        waiting.after(acknowledgeMs, () => {
          // A slow answer is slow on its way back: the order is in the market meanwhile.
          if (slowMs === 0) reply(taken, fault, exchange)
          else waiting.after(slowMs, () => reply(taken, fault, exchange))
          deals.accept(order, refusal)
        })
        return
      }
      default:
        return unreachable(decided)
    }
  }

  /** A little at a time: others get their turn between. */
  function workOn(
    work: Iterator<void, ReadyAnswer>,
    done: (answer: ReadyAnswer) => void,
    exchange: HttpExchange,
  ): void {
    const untilMs = broker.clock.monotonicMs() + TURN_MS
    try {
      let step = work.next()
      while (!step.done && broker.clock.monotonicMs() < untilMs) step = work.next()
      if (step.done) done(step.value)
      else waiting.after(PAUSE_MS, () => workOn(work, done, exchange))
    } catch (cause) {
      refuse(cause, exchange)
    }
  }

  /** Faults of dealing are bound to the order that they hit, before it waits its turn. */
  function prepare({ order, refusal }: Extract<Answer, { kind: 'dealing' }>): Extract<Answer, { kind: 'dealing' }> {
    const confirmFault = faults.takeConfirm(order.kind)
    if (confirmFault) broker.delivery.afflict(order.reference, confirmFault)
    const losesStop = order.kind === 'open' && order.stop !== null && faults.takeLostStop()
    const prepared = losesStop ? { ...order, losesStop } : order
    return { kind: 'dealing', order: prepared, refusal: refusal ?? faults.takeRejection() }
  }

  function reply(decided: ReadyAnswer, fault: ReplyFault | null, exchange: HttpExchange): void {
    switch (fault?.kind) {
      case 'lost':
        return exchange.cut()
      case 'timeout':
        return sendJson(exchange, 504, { errorCode: 'system.error' })
      case 'empty':
        return send(exchange, 200, '', JSON_TYPE)
      case 'html':
        return send(exchange, 200, '<html><body><h1>We are down for maintenance</h1></body></html>', 'text/html')
      default:
        if (decided.kind === 'file') send(exchange, 200, decided.bytes, decided.contentType)
        else sendJson(exchange, decided.status, decided.body, decided.headers)
    }
  }

  function sendJson(
    exchange: HttpExchange,
    status: number,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): void {
    send(exchange, status, body === undefined ? '' : JSON.stringify(body), JSON_TYPE, headers)
  }

  function send(
    exchange: HttpExchange,
    status: number,
    content: string | Buffer,
    contentType: string,
    more?: Readonly<Record<string, string>>,
  ): void {
    const headers: ReplyHeaders = [
      ['Content-Type', contentType],
      ['Content-Length', String(Buffer.byteLength(content))],
      ['X-REQUEST-ID', `mock-${++requestCount}`],
    ]
    exchange.reply(status, more ? [...headers, ...Object.entries(more)] : headers, content)
  }

  return { answer, close: waiting.cancelAll }
}

/** How long an answer that takes long may hold everybody else up at once, and the break it makes then. Our choice. */
const TURN_MS = 10
const PAUSE_MS = 1
const JSON_TYPE = 'application/json;charset=UTF-8'

/** 400 without a key, 403 with a wrong or disabled one (IG Labs, REST API reference, error codes). */
function checkKey(key: string | undefined, { application }: RestBroker): void {
  if (!key) throw new RestRefusal(400, 'error.security.api-key-missing')
  if (key !== API_KEY) throw new RestRefusal(403, 'error.security.api-key-invalid')
  if (application.status() !== 'ENABLED') throw new RestRefusal(403, 'error.security.api-key-disabled')
}
