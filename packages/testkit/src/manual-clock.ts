/** A clock that moves only when a test says so. Has the shape of every package's own `Clock` port. */
export interface ManualClock {
  nowMs(): number
  monotonicMs(): number
  at(dueMs: number, run: () => void): { cancel(): void }
  /** Moves time on, stopping at each due timer on the way; ties fire in the order they were set. */
  advance(ms: number): void
  /** Timers still waiting. */
  readonly pending: number
}

/** @param startMs wall time at the start (epoch milliseconds); the monotonic time starts at 0. */
export function manualClock(startMs = Date.UTC(2026, 0, 5, 9, 0, 0)): ManualClock {
  let monotonic = 0
  let timers: { due: number; run: () => void }[] = []

  return {
    nowMs: () => startMs + monotonic,
    monotonicMs: () => monotonic,
    at(dueMs, run) {
      const timer = { due: Math.max(dueMs, monotonic), run }
      timers.push(timer)
      return {
        cancel: () => {
          timers = timers.filter(other => other !== timer)
        },
      }
    },
    advance(ms) {
      const end = monotonic + ms
      for (;;) {
        const next = timers.reduce<(typeof timers)[number] | undefined>(
          (first, timer) => (timer.due <= end && (!first || timer.due < first.due) ? timer : first),
          undefined,
        )
        if (!next) break
        timers = timers.filter(timer => timer !== next)
        monotonic = next.due
        next.run()
      }
      monotonic = end
    },
    get pending() {
      return timers.length
    },
  }
}
