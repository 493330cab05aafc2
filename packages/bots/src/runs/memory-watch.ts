import { systemClock } from '@scalpdesk/sdk'

/**
 * Looks now and then by how much this process has grown. V8 may end all of it when the heap of one thread is full, and a thread that is busy
 * cannot be asked, so that whoever keeps too much is stopped from outside, before.
 */
export function watchMemory(mostMb: number, onTooMuch: () => void): { stop(): void } {
  const before = process.memoryUsage.rss()
  let timer = systemClock.at(systemClock.monotonicMs() + LOOK_MS, look)

  function look(): void {
    if (process.memoryUsage.rss() - before > mostMb * 1e6) return onTooMuch()
    timer = systemClock.at(systemClock.monotonicMs() + LOOK_MS, look)
  }

  return { stop: () => timer.cancel() }
}

/** What a heap may grow to between two looks on a machine that is busy: above what is allowed. */
export const heapLimitMb = (mostMb: number): number => Math.max(2 * mostMb, LEAST_LIMIT_MB)

const LOOK_MS = 50
const LEAST_LIMIT_MB = 512
