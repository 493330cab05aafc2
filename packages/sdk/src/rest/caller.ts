import type { Lane } from '../allowance/lane.ts'
import { TransportError } from '../errors.ts'
import type { Observe } from '../observe.ts'
import type { Clock } from '../ports.ts'
import type { HttpResponse } from '../transport/http-response.ts'
import type { Transport } from '../transport/transport.ts'
import { errorCodeOf } from './answer.ts'
import type { Call } from './call.ts'
import type { CallOptions } from './rest.ts'
import type { Route } from './routes.ts'

export interface CallerPorts {
  readonly transport: Transport
  readonly clock: Clock
  readonly observe: Observe
  /** Path of the base URL, without a closing slash. */
  readonly basePath: string
  readonly requestTimeoutMs: number
}

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
  async send(
    call: Call,
    headers: Readonly<Record<string, string>>,
    { lane, attempt }: Attempt,
    { signal, timeoutMs }: CallOptions,
  ): Promise<HttpResponse> {
    const { transport, clock, basePath, requestTimeoutMs } = this.#ports
    const id = this.nextId()
    const route = routeLabel(call.route)
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
      const response = await transport.send(
        {
          method: call.route.method,
          path: `${basePath}${call.path}`,
          headers,
          ...(call.body === undefined ? {} : { body: call.body }),
          ...(call.wants === undefined ? {} : { wants: call.wants }),
        },
        { timeoutMs: timeoutMs ?? requestTimeoutMs, signal },
      )
      end('answered', response, response.status === 200 ? null : errorCodeOf(response))
      return response
    } catch (error) {
      const code = error instanceof TransportError ? error.code : 'failed'
      end(code === 'not-connected' ? 'unsent' : 'no-answer', null, code)
      throw error
    }
  }

  nextId(): number {
    return ++this.#sent
  }

  /** An observer's fault must not become a failed call, least of all a failed order. */
  tell(event: Parameters<Observe>[0]): void {
    try {
      this.#ports.observe(event)
    } catch (error) {
      queueMicrotask(() => {
        throw error
      })
    }
  }
}

/** Such as `GET /markets/{epic} v3`. */
export function routeLabel({ method, path, version }: Route): string {
  return `${method} ${path} v${version}`
}
