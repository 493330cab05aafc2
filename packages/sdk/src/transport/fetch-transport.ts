import { FetchExchange } from './fetch-exchange.ts'
import { checkRequest } from './request-writer.ts'
import { checkTimes } from './time-limit.ts'
import type { Exchange, Transport, TransportFactory } from './transport.ts'
import { abortedBefore, closedBefore } from './transport-failure.ts'

/**
 * Everything over a `fetch`, for runtimes and tests in which the connections are not ours. Sends each request once, follows no
 * redirect, and keeps no cookies and no cache. It cannot keep connections warm, and cannot tell how long an order waits for
 * one (`connectWithinMs` and `stopWaiting()` have no effect): an order is `unsent` only where the cause proves it, and `unknown` otherwise.
 * @param fetch must not repeat a request by itself, as Node's does not.
 */
export function fetchTransport(fetch: typeof globalThis.fetch = globalThis.fetch): TransportFactory {
  return ({ base, clock }): Transport => {
    const inFlight = new Set<Promise<unknown>>()
    let isOpen = true

    function follow<T>(work: Promise<T>): Promise<T> {
      const forget = (): void => void inFlight.delete(work)
      inFlight.add(work)
      work.then(forget, forget)
      return work
    }

    return {
      async send(request, options) {
        if (!isOpen) throw closedBefore(request)
        checkRequest(request)
        checkTimes(options)
        if (options.signal?.aborted) throw abortedBefore(request)
        const ended = await follow(new FetchExchange(base, clock, request, options, 'other').run(fetch))
        if (ended.kind === 'answered') return ended.response
        throw ended.cause
      },
      async sendOrder(request, options): Promise<Exchange> {
        if (!isOpen) return { kind: 'unsent', cause: closedBefore(request) }
        if (options.signal?.aborted) return { kind: 'unsent', cause: abortedBefore(request) }
        const exchange = new FetchExchange(base, clock, request, options, 'order')
        try {
          checkRequest(request)
          checkTimes(options)
        } catch (error) {
          return { kind: 'unsent', cause: error instanceof Error ? error : new Error(String(error)) }
        }
        tell(options.onWire)
        if (!isOpen) return { kind: 'unsent', cause: closedBefore(request) }
        if (options.signal?.aborted) return { kind: 'unsent', cause: abortedBefore(request) }
        return follow(exchange.run(fetch))
      },
      warm: () => Promise.resolve(),
      doubt() {},
      hurry() {},
      stopWaiting() {},
      async close() {
        isOpen = false
        await Promise.allSettled(inFlight)
      },
    }
  }
}

function tell(onWire: () => void): void {
  try {
    onWire()
  } catch (error) {
    // A measurement must not cost the order; its fault is thrown again, outside.
    queueMicrotask(() => {
      throw error
    })
  }
}
