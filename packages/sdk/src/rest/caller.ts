import type { Lane } from '../allowance/lane.ts'
import { TransportError } from '../errors.ts'
import type { Observe, SdkEvent } from '../observe.ts'
import type { Clock } from '../ports.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import type { Transport } from '../transport/transport.ts'
import { errorCodeOf } from './answer.ts'
import type { Call } from './call.ts'
import type { CallOptions } from './rest.ts'
import { ROUTES, type Route } from './routes.ts'

export interface CallerPorts {
  readonly transport: Transport
  readonly clock: Clock
  /** `null`: nobody listens, and then no event is made. */
  readonly observe: Observe | null
  /** Path of the base URL, without a closing slash. */
  readonly basePath: string
  readonly requestTimeoutMs: number
}

/**
 * Confirms, because a trader waits for them; accounts, because they are read once at the sign-in, and the way of the orders has then
 * carried a request before the first order needs it.
 */
const URGENT: ReadonlySet<Route> = new Set([ROUTES.confirm, ROUTES.accounts])

export interface Attempt {
  readonly lane: Lane
  /** From 1. */
  readonly attempt: number
}

/** Sends a call once and tells the observer. */
export class Caller {
  readonly #ports: CallerPorts
  #sent = 0

  constructor(ports: CallerPorts) {
    this.#ports = ports
  }

  /** @throws {TransportError} when no whole answer came. */
  send(
    call: Call,
    headers: Readonly<Record<string, string>>,
    attempt: Attempt,
    { signal, timeoutMs }: CallOptions,
  ): Promise<HttpResponse> {
    const { transport, basePath, requestTimeoutMs, observe } = this.#ports
    const { route, path, body, wants } = call
    const request = {
      method: route.method,
      path: basePath + path,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(wants === undefined ? {} : { wants }),
    }
    const options = { timeoutMs: timeoutMs ?? requestTimeoutMs, signal, isUrgent: URGENT.has(route) }
    if (observe === null) return transport.send(request, options)
    return this.#observed(route, attempt, () => transport.send(request, options))
  }

  async #observed(
    { method, path, version }: Route,
    { lane, attempt }: Attempt,
    send: () => Promise<HttpResponse>,
  ): Promise<HttpResponse> {
    const { clock } = this.#ports
    const id = this.nextId()
    const route = routeLabel({ method, path, version })
    const startedAtMs = clock.monotonicMs()
    this.tell({ kind: 'request', id, route, lane, attempt })
    const end = (result: 'answered' | 'unsent' | 'no-answer', response: HttpResponse | null, code: string | null) =>
      this.tell({
        kind: 'response',
        id,
        route,
        lane,
        durationMs: clock.monotonicMs() - startedAtMs,
        result,
        status: response?.status ?? null,
        code,
        igRequestId: response?.headers.get('x-request-id') ?? null,
      })
    try {
      const response = await send()
      end('answered', response, response.status === 200 ? null : errorCodeOf(response))
      return response
    } catch (error) {
      const code = error instanceof TransportError ? error.code : 'failed'
      end(code === 'not-connected' ? 'unsent' : 'no-answer', null, code)
      throw error
    }
  }

  /** Whether somebody listens: events need not be made otherwise. */
  get isObserved(): boolean {
    return this.#ports.observe !== null
  }

  nextId(): number {
    return ++this.#sent
  }

  /** An observer's fault must not become a failed call, least of all a failed order. */
  tell(event: SdkEvent): void {
    try {
      this.#ports.observe?.(event)
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
}

/** Such as `GET /markets/{epic} v3`. */
export function routeLabel({ method, path, version }: Pick<Route, 'method' | 'path' | 'version'>): string {
  return `${method} ${path} v${version}`
}
