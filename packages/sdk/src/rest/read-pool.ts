import { Pool } from 'undici'
import { TransportError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { HttpResponse } from './http-response.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From the origin's root, with its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** Everything but orders. Sends each request once. */
export interface ReadPool {
  /** @throws {TransportError} when no whole answer came. */
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse>
  close(): Promise<void>
}

// Our choice.
const CONNECTIONS = 4
const KEEP_ALIVE_MS = 30_000
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024

/** A pool of keep-alive connections, by undici at its lowest level: no interceptors, no redirects, no repeats. */
export function undiciReadPool(base: URL, clock: Clock, timeoutMs: number): ReadPool {
  const pool = new Pool(base.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
    connectTimeout: timeoutMs,
    // One timeout for the whole exchange, through the injected clock, instead of undici's two.
    headersTimeout: 0,
    bodyTimeout: 0,
  })

  return {
    send(request, signal) {
      return new Promise((resolve, reject) => {
        const chunks: Buffer[] = []
        let status = 0
        let headers: ReadonlyMap<string, string> = new Map()
        let abort: ((reason: Error) => void) | null = null
        const timer = clock.at(clock.monotonicMs() + timeoutMs, () =>
          fail(new Error(`no answer within ${timeoutMs} ms`)),
        )
        const onAbort = () => fail(new Error('the caller stopped waiting'))
        signal?.addEventListener('abort', onAbort, { once: true })

        function settle(): void {
          timer.cancel()
          signal?.removeEventListener('abort', onAbort)
        }

        function fail(error: Error): void {
          settle()
          reject(noAnswer(base, request, error))
          abort?.(error)
        }

        if (signal?.aborted) return onAbort()
        pool.dispatch(
          { ...request, body: request.body ?? null },
          {
            onRequestStart(controller) {
              abort = reason => controller.abort(reason)
            },
            onResponseStart(_controller, statusCode, rawHeaders) {
              status = statusCode
              headers = firstValues(rawHeaders)
            },
            onResponseData(_controller, chunk) {
              chunks.push(chunk)
            },
            onResponseEnd() {
              settle()
              resolve({ status, headers, body: Buffer.concat(chunks).toString('utf8') })
            },
            onResponseError(_controller, error) {
              fail(error)
            },
          },
        )
      })
    },
    close: () => pool.destroy(),
  }
}

function firstValues(raw: Readonly<Record<string, string | string[] | undefined>>): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const [name, value] of Object.entries(raw)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) headers.set(name.toLowerCase(), first)
  }
  return headers
}

function noAnswer(base: URL, request: HttpRequest, cause: Error): TransportError {
  const path = request.path.split('?')[0]
  const reason = cause instanceof AggregateError ? cause.errors.map(String).join('; ') : cause.message
  const text = `expected an answer to ${request.method} ${path} from ${base.host}, but ${reason}; check the address and the network`
  return new TransportError('no-answer', text, cause)
}
