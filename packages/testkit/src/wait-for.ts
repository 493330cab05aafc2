import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits for something that real sockets, processes or terminals will bring about, with a bound.
 * @throws when `read` still gives nothing after `timeoutMs`, naming what was awaited.
 */
export async function waitFor<T>(
  what: string,
  read: () => T | undefined | null | false,
  timeoutMs = 30_000,
): Promise<T> {
  const start = performance.now()
  for (;;) {
    const value = read()
    if (value !== undefined && value !== null && value !== false) return value
    if (performance.now() - start > timeoutMs) throw new Error(`expected ${what} within ${timeoutMs} ms`)
    await pause(2)
  }
}
