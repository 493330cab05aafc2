import { TransportError } from '../errors.ts'
import type { Clock } from '../ports.ts'

/** Waits. @throws {TransportError} with the code `aborted` as soon as the signal says so. */
export function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(aborted())
    const onAbort = (): void => {
      timer.cancel()
      reject(aborted())
    }
    const timer = clock.at(clock.monotonicMs() + ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/** Waits for something that goes on for others as well. @throws {TransportError} with the code `aborted`. */
export async function waitUnlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  let onAbort = (): void => {}
  const abort = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(aborted())
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, abort])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

export function aborted(): TransportError {
  return new TransportError(
    'aborted',
    'expected time to finish, but the caller stopped waiting; ask again when it is wanted',
  )
}
