import type { Clock, Random } from './ports.ts'

/** A longer delay is taken for 1 ms. Source: Node.js documentation, Timers, `setTimeout()`. */
const LONGEST_DELAY_MS = 2 ** 31 - 1

/** The machine's own time. Timers keep the process alive until they fire or are cancelled. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  at(dueMonotonicMs, run) {
    const set = (): NodeJS.Timeout => {
      const delayMs = Math.max(0, dueMonotonicMs - performance.now())
      if (delayMs <= LONGEST_DELAY_MS) return setTimeout(run, delayMs)
      return setTimeout(() => {
        timer = set()
      }, LONGEST_DELAY_MS)
    }
    let timer = set()
    return { cancel: () => clearTimeout(timer) }
  },
}

export const systemRandom: Random = { next: () => Math.random() }
