import type { DealRequest } from '../deal-request.ts'
import { InvalidInputError, type RequestContext, TransportError } from '../errors.ts'
import { type AccountId, type DealId, dealId } from '../ids.ts'
import type { AmendOrder, CloseMarketOrder, CloseOrder, OpenOrder } from '../order.ts'
import type { Clock } from '../ports.ts'
import { errorCodeOf, isTokenCode } from '../rest/answer.ts'
import { ROUTES, type Route } from '../rest/routes.ts'
import type { EditWatch, SendWatch, Sent, Submission } from '../submission.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import { checkTimes } from '../transport/time-limit.ts'
import type { Exchange, HttpRequest, Transport } from '../transport/transport.ts'
import { unreachable } from '../unreachable.ts'
import type { AmendWorkingOrder, PlaceOrder } from '../working-order.ts'
import {
  describeAmend,
  describeAmendWorkingOrder,
  describeCancel,
  describeClose,
  describeOpen,
  describePlace,
  type EditAskedAt,
} from './describe-request.ts'
import { encodeAmend, encodeClose, encodeOpen } from './encode-order.ts'
import { encodeAmendWorkingOrder, encodePlace } from './encode-working-order.ts'
import { awaitHeaders } from './header-wait.ts'
import { pathPart } from './order-body.ts'
import { type OrderEvents, type TellEnd, tellBegin } from './order-events.ts'
import type { OrderGate, OrderHeaders } from './order-gate.ts'
import { OrderJudge } from './order-judge.ts'
import type { SentRegister } from './sent-register.ts'

export interface OrderSenderPorts {
  readonly transport: Pick<Transport, 'sendOrder'>
  readonly gate: OrderGate
  readonly clock: Clock
  readonly register: SentRegister
  /** The account that orders go to now. */
  accountId(): AccountId
  /** Path of the base URL, without a closing slash. */
  readonly basePath: string
  readonly requestTimeoutMs: number
  readonly events: OrderEvents
}

type Watch = SendWatch | EditWatch | undefined

/** What goes over the wire of one order. */
interface Target {
  readonly path: string
  readonly body?: string
}

/** An order as it was asked for. */
interface Order {
  readonly route: Route
  readonly asked: DealRequest
  readonly watch: Watch
  readonly target: Target
}

type Times = Readonly<Record<'timeoutMs' | 'connectWithinMs', number>>

interface Attempt {
  readonly sent: Sent
  /** `null` where it was not sent. */
  readonly headers: HttpRequest['headers'] | null
}

const NOTHING = (): void => {}

/**
 * Sends orders, and says what is known afterwards. Each is sent once; an exit that IG refused for its tokens, once more with
 * others.
 */
export class OrderSender {
  readonly #ports: OrderSenderPorts
  readonly #judge: OrderJudge

  constructor(ports: OrderSenderPorts) {
    this.#ports = ports
    this.#judge = new OrderJudge(ports.clock, ports.register)
  }

  open(order: OpenOrder, watch?: SendWatch): Promise<Sent> {
    const write = (): Target => ({ path: '/positions/otc', body: encodeOpen(order) })
    return this.#send(ROUTES.openPosition, describeOpen(order, this.#at()), watch, write)
  }

  close(order: CloseOrder | CloseMarketOrder, watch?: SendWatch): Promise<Sent> {
    const write = (): Target => ({ path: '/positions/otc', body: encodeClose(order) })
    return this.#send(ROUTES.closePosition, describeClose(order, this.#at()), watch, write)
  }

  amend(order: AmendOrder, watch?: EditWatch): Promise<Sent> {
    const write = (): Target => ({
      path: `/positions/otc/${pathPart(order.dealId, dealId)}`,
      body: encodeAmend(order),
    })
    return this.#send(ROUTES.amendPosition, describeAmend(order, this.#at(watch?.isExit)), watch, write)
  }

  place(order: PlaceOrder, watch?: SendWatch): Promise<Sent> {
    const write = (): Target => ({ path: '/workingorders/otc', body: encodePlace(order) })
    return this.#send(ROUTES.placeWorkingOrder, describePlace(order, this.#at()), watch, write)
  }

  amendWorkingOrder(order: AmendWorkingOrder, watch?: EditWatch): Promise<Sent> {
    const write = (): Target => ({
      path: `/workingorders/otc/${pathPart(order.dealId, dealId)}`,
      body: encodeAmendWorkingOrder(order),
    })
    const request = describeAmendWorkingOrder(order, this.#at(watch?.isExit))
    return this.#send(ROUTES.amendWorkingOrder, request, watch, write)
  }

  cancel(id: DealId, watch?: EditWatch): Promise<Sent> {
    const write = (): Target => ({ path: `/workingorders/otc/${pathPart(id, dealId)}` })
    return this.#send(ROUTES.cancelWorkingOrder, describeCancel(id, this.#at(watch?.isExit)), watch, write)
  }

  // Up to the socket there is no `await` where the headers are ready: the bytes leave in the turn of the key that asked for them.
  async #send(route: Route, asked: DealRequest, watch: Watch, write: () => Target): Promise<Sent> {
    const { clock, requestTimeoutMs } = this.#ports
    const timeoutMs = watch?.timeoutMs ?? requestTimeoutMs
    const connectWithinMs = watch?.connectWithinMs ?? timeoutMs
    let target: Target
    try {
      checkTimes({ timeoutMs, connectWithinMs })
      target = write()
    } catch (error) {
      // Said as an answer, because a failure without one would look like an order that may have left.
      return { kind: 'unsent', cause: asInvalidInput(error), request: asked }
    }
    const startedAtMs = clock.monotonicMs()
    const order = { route, asked, watch, target }
    const first = await this.#attempt(order, { timeoutMs, connectWithinMs }, null)
    const { sent } = first
    // Tokens are looked at before anything else: what IG refused for them it has not dealt. An entry's price has grown old, an
    // exit is wanted all the same.
    if (sent.kind !== 'rejected' || asked.lane !== 'exit' || !isTokenCode(sent.code)) return sent
    const passedMs = clock.monotonicMs() - startedAtMs
    if (passedMs >= timeoutMs) return sent
    const left = { timeoutMs: timeoutMs - passedMs, connectWithinMs: Math.max(0, connectWithinMs - passedMs) }
    const second = await this.#attempt(order, left, first.headers)
    return second.sent.kind === 'unsent' ? sent : second.sent
  }

  /** @param refused headers that IG did not take: not used again. */
  async #attempt(order: Order, times: Times, refused: HttpRequest['headers'] | null): Promise<Attempt> {
    const { route, asked, watch, target } = order
    const { gate, clock } = this.#ports
    const isClose = route === ROUTES.closePosition
    const version = route.version === 1 ? 1 : 2
    const read = (): OrderHeaders => gate.headers(version, isClose, asked.lane)
    let { connectWithinMs } = times
    let request = refused === null ? asked : { ...asked, sentAtMs: clock.nowMs() }
    let ready = read()
    if (ready.kind === 'waiting') {
      const startedAtMs = clock.monotonicMs()
      ready = await awaitHeaders(read, ready, { clock, withinMs: connectWithinMs, signal: watch?.signal })
      connectWithinMs = Math.max(0, connectWithinMs - (clock.monotonicMs() - startedAtMs))
      request = { ...asked, sentAtMs: clock.nowMs() }
    }
    const unsent = (cause: Error): Attempt => ({ sent: { kind: 'unsent', cause, request }, headers: null })
    // It was meant for the account of the moment when it was asked for.
    if (this.#ports.accountId() !== asked.accountId) return unsent(switched())
    if (ready.kind !== 'ready') return unsent(ready.cause)
    const { headers } = ready
    if (headers === refused) return unsent(noOthers())
    if (watch?.signal?.aborted) return unsent(aborted())
    const held = gate.admit(request.lane)
    if (held !== null) return unsent(held)
    // IG ignores the body of a real DELETE. Source: IG Labs, REST trading API guide, "_method".
    const method = isClose ? 'POST' : route.method
    const path = this.#ports.basePath + target.path
    const { body } = target
    const http: HttpRequest = { method, path, headers, ...(body === undefined ? {} : { body }) }
    const onWire = watch?.onWire === undefined ? NOTHING : () => this.#tell(watch)
    const isAnswer = (response: HttpResponse): boolean => this.#judge.isOurs(response, request)
    const options = { timeoutMs: times.timeoutMs, connectWithinMs, signal: watch?.signal, onWire, isAnswer }
    const attempt = refused === null ? 1 : 2
    return { sent: await this.#exchange(route, request, http, options, attempt), headers }
  }

  async #exchange(
    route: Route,
    request: DealRequest,
    http: HttpRequest,
    options: Parameters<Transport['sendOrder']>[1],
    attempt: number,
  ): Promise<Sent> {
    const { transport, register, events } = this.#ports
    register.note(request)
    let exchange: Exchange
    let tellEnd: TellEnd | null = null
    try {
      const pending = transport.sendOrder(http, options)
      if (events.isObserved) tellEnd = tellBegin(this.#ports, route, request.lane, attempt)
      exchange = await pending
    } catch (cause) {
      // A transport that breaks its promise may still have sent.
      exchange = { kind: 'unknown', cause: cause instanceof Error ? cause : new Error(String(cause)) }
    }
    const submission = exchange.kind === 'answered' ? this.#judged(exchange.response, request, http) : exchange
    tellEnd?.(exchange, submission)
    return this.#registered(submission, request)
  }

  #judged(response: HttpResponse, request: DealRequest, http: HttpRequest): Submission {
    const code = errorCodeOf(response)
    outside(() => this.#ports.gate.answered(http.headers, response.status, code, request.lane))
    return this.#judge.judge(response, request, contextOf(http))
  }

  #registered(submission: Submission, request: DealRequest): Sent {
    const { register } = this.#ports
    switch (submission.kind) {
      case 'acknowledged': {
        const named = request.reference === null ? { ...request, reference: submission.reference } : request
        register.clear(request, named)
        const { reference, acknowledgedAtMs } = submission
        return { kind: 'acknowledged', reference, acknowledgedAtMs, request: named }
      }
      case 'rejected':
      case 'unsent':
        register.clear(request, null)
        return { ...submission, request }
      case 'unknown':
        return { ...submission, request }
      default:
        return unreachable(submission)
    }
  }

  #tell(watch: Watch): void {
    outside(() => watch?.onWire?.(this.#ports.clock.monotonicMs()))
  }

  #at(isExit?: boolean): EditAskedAt {
    return { accountId: this.#ports.accountId(), sentAtMs: this.#ports.clock.nowMs(), isExit }
  }
}

/** Without headers and body: they hold secrets. */
function contextOf({ method, path }: HttpRequest): RequestContext {
  return { method, path }
}

/** A measurement must not cost the order; its fault is thrown again, outside. */
function outside(run: () => void): void {
  try {
    run()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** What cannot be written down is no order, whatever went wrong in the attempt. */
function asInvalidInput(error: unknown): InvalidInputError {
  if (error instanceof InvalidInputError) return error
  const got = error instanceof Error ? error.message : String(error)
  return new InvalidInputError(`expected an order that can be written down, but got: ${got}; correct the order`)
}

function aborted(): TransportError {
  return new TransportError('aborted', 'expected to send the order, but its signal said stop; nothing was sent')
}

function noOthers(): TransportError {
  return new TransportError('not-connected', 'expected other tokens, but there are none; nothing was sent')
}

function switched(): TransportError {
  const text = 'expected the account that the order was asked for on, but it was switched meanwhile; nothing was sent'
  return new TransportError('account-switched', text)
}
