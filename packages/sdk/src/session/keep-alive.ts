import type { Clock } from '../ports.ts'

/** Our choice: half of the 6 hours after which IG ends a session of version 2 that nobody uses. Source: IG Labs, REST trading API guide. */
const IDLE_MS = 3 * 3_600_000

/**
 * Uses a session of version 2 now and then, so that the first close after a long calm is not refused. A session of version 3 renews its
 * token by itself.
 * @param session tells when it was last used; monotonic.
 */
export function keepAlive(
  clock: Clock,
  session: { readonly version: 2 | 3; readonly usedAtMs: number },
  use: () => Promise<unknown>,
): { stop(): void } {
  if (session.version === 3) return { stop() {} }
  let isStopped = false
  let timer = wait(session.usedAtMs + IDLE_MS)
  function wait(dueMs: number): { cancel(): void } {
    return clock.at(dueMs, () => {
      const isIdle = clock.monotonicMs() >= session.usedAtMs + IDLE_MS
      // Failing is harmless: whatever is asked next renews the session.
      if (isIdle) use().catch(() => {})
      if (!isStopped) timer = wait(Math.max(session.usedAtMs, isIdle ? clock.monotonicMs() : 0) + IDLE_MS)
    })
  }
  return {
    stop() {
      isStopped = true
      timer.cancel()
    },
  }
}
