import { Pool } from 'undici'
import type { Clock } from '../ports.ts'
import type { HttpResponse } from './http-response.ts'
import { ReadExchange } from './read-exchange.ts'
import { checkRequest } from './request-writer.ts'
import { checkTimes } from './time-limit.ts'
import type { HttpRequest, SendOptions } from './transport.ts'
import { closedBefore } from './transport-failure.ts'

/** Everything but orders. Sends each request once. */
export interface ReadPool {
  /** @throws {TransportError} when no whole answer came; with the code `not-connected` nothing was sent. */
  send(request: HttpRequest, options: SendOptions): Promise<HttpResponse>
  /** What is connected may be dead: requests from now on get other connections. */
  doubt(): void
  /** Lets what was sent be answered, within its timeout, and leaves nothing open. */
  close(): Promise<void>
}

// All of these are our choice.
const CONNECTIONS = 4
const KEEP_ALIVE_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000
const MAX_RESPONSE_BYTES = 32 * 1024 * 1024
/** Connections as young as this are not given up for others, however often that is asked for. */
const MIN_LIFE_MS = 1_000

/** A pool of keep-alive connections, by undici at its lowest level: no interceptors, no redirects, no repeats. */
export function undiciReadPool(base: URL, clock: Clock): ReadPool {
  let pool = poolOf(base)
  let madeAtMs = clock.monotonicMs()
  const left = new Set<Promise<void>>()
  const inFlight = new Set<Promise<HttpResponse>>()
  let isOpen = true

  return {
    send(request, options) {
      if (!isOpen) return Promise.reject(closedBefore(request))
      const answer = new Promise<HttpResponse>((resolve, reject) => {
        checkRequest(request)
        checkTimes(options)
        const exchange = new ReadExchange(base, clock, request, options, resolve, reject)
        const { method, path, body = null } = request
        const headers = { ...request.headers, 'accept-encoding': 'identity' }
        if (!exchange.isOver) pool.dispatch({ method, path, headers, body }, exchange)
      })
      const forget = (): void => void inFlight.delete(answer)
      inFlight.add(answer)
      answer.then(forget, forget)
      return answer
    },
    doubt() {
      const nowMs = clock.monotonicMs()
      if (!isOpen || nowMs - madeAtMs < MIN_LIFE_MS) return
      const old = pool
      pool = poolOf(base)
      madeAtMs = nowMs
      // What is on its way over the old ones ends by its own timeout, if by nothing else.
      const end = old.close().catch(() => old.destroy())
      left.add(end)
      void end.finally(() => left.delete(end))
    },
    async close() {
      isOpen = false
      await Promise.allSettled(inFlight)
      await Promise.allSettled([pool.destroy(), ...left])
    },
  }
}

function poolOf(base: URL): Pool {
  return new Pool(base.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // One timeout for the whole exchange, through the injected clock, instead of undici's two.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}
