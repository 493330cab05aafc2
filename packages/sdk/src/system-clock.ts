import type { Clock, Random } from './ports.ts'

/** The machine's own time. Timers keep the process alive until they fire or are cancelled. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  at(dueMonotonicMs, run) {
    const timer = setTimeout(run, Math.max(0, dueMonotonicMs - performance.now()))
    return { cancel: () => clearTimeout(timer) }
  },
}

export const systemRandom: Random = { next: () => Math.random() }
