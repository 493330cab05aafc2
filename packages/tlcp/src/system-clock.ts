import type { Clock, Random } from './ports.ts'

/** The clock of this machine. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  at(dueMonotonicMs, run) {
    const timer = setTimeout(run, Math.max(0, dueMonotonicMs - performance.now()))
    return { cancel: () => clearTimeout(timer) }
  },
}

export const systemRandom: Random = { next: Math.random }
