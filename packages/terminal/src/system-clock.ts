/** The machine's clock, as the port that the packages ask for. */
export const systemClock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  at(dueMonotonicMs: number, run: () => void): { cancel(): void } {
    const timer = setTimeout(run, Math.max(0, dueMonotonicMs - performance.now()))
    return { cancel: () => clearTimeout(timer) }
  },
}

export type Clock = typeof systemClock
