import { systemClock } from '@scalpdesk/sdk'
import type { Closers } from './start-parts.ts'

/** Closes what was opened, the last first, and waits for the broker's goodbye no longer than anybody wants to. */
export function closeAll(closers: Closers): Promise<void> {
  const { promise: timedOut, resolve } = Promise.withResolvers<void>()
  const timer = systemClock.at(systemClock.monotonicMs() + GOODBYE_MS, resolve)
  return Promise.race([closeEach(closers).finally(timer.cancel), timedOut])
}

/** Our choice, well above a round trip. */
const GOODBYE_MS = 3_000

/** What fails here changes nothing any more: the outcome of the session is known. */
async function closeEach(closers: Closers): Promise<void> {
  for (const close of closers.toReversed()) {
    try {
      await close()
    } catch {}
  }
}
