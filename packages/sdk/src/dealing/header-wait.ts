import { TransportError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { OrderHeaders } from './order-gate.ts'

interface Patience {
  readonly clock: Clock
  readonly withinMs: number
  readonly signal: AbortSignal | undefined
}

/** Waits for tokens that are being renewed, within bounds. What it was too late for is `closed`: nothing was sent. */
export async function awaitHeaders(
  read: () => OrderHeaders,
  first: OrderHeaders,
  { clock, withinMs, signal }: Patience,
): Promise<Exclude<OrderHeaders, { kind: 'waiting' }>> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<Error>()
  const onAbort = (): void => stop(new TransportError('aborted', 'expected new tokens, but the order was called off'))
  const text = `expected new tokens within ${withinMs} ms, but they are not there yet; nothing was sent`
  const timer = clock.at(clock.monotonicMs() + withinMs, () => stop(new TransportError('not-connected', text)))
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  try {
    let headers = first
    while (headers.kind === 'waiting') {
      const { until } = headers
      const cause = await Promise.race([stopped, until.then(finished, asError)])
      if (cause !== null) return { kind: 'closed', cause }
      headers = read()
      // The same wait again would be one without end.
      if (headers.kind === 'waiting' && headers.until === until) {
        return {
          kind: 'closed',
          cause: new TransportError('not-connected', 'expected new tokens, but none came; nothing was sent'),
        }
      }
    }
    return headers
  } finally {
    timer.cancel()
    signal?.removeEventListener('abort', onAbort)
  }
}

const finished = (): null => null
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
