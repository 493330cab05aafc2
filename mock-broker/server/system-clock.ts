import type { Clock } from './clock.ts'

/** The machine's own time. The only file of the package that reads it. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  at(dueMonotonicMs, run) {
    let timer: NodeJS.Timeout
    const wait = (): void => {
      const leftMs = dueMonotonicMs - performance.now()
      timer = leftMs > LONGEST_TIMEOUT_MS ? setTimeout(wait, LONGEST_TIMEOUT_MS) : setTimeout(run, Math.max(0, leftMs))
    }
    wait()
    return { cancel: () => clearTimeout(timer) }
  },
}

/** Node runs a longer timeout at once (Node.js documentation, "Timers"). */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1
