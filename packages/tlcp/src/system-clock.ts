import type { Clock, Random } from './ports.ts'

/** The clock of this machine. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  at(dueMonotonicMs, run) {
    // Beyond the longest that there is, a timer would run at once.
    const delayMs = Math.min(LONGEST_MS, Math.max(0, dueMonotonicMs - performance.now()))
    const timer = setTimeout(run, delayMs)
    return { cancel: () => clearTimeout(timer) }
  },
}

const LONGEST_MS = 2 ** 31 - 1

export const systemRandom: Random = { next: Math.random }
