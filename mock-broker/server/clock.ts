/** The time that the server lives by. */
export interface Clock {
  /** UTC, milliseconds since 1970. */
  nowMs(): number
  /** Never goes back; for pauses and ages. */
  monotonicMs(): number
  at(dueMonotonicMs: number, run: () => void): Timer
}

export interface Timer {
  cancel(): void
}

/** A clock whose wall time can jump, as a machine's does when it is set; what is monotonic stays so. */
export interface JumpingClock extends Clock {
  /** Goes no further than the dates that the protocol can write: 1970 to 9999. */
  jump(ms: number): void
  /** Hears of every jump: who waits for a date has to look again. */
  onJump(listener: () => void): void
}

export function jumpingClock(clock: Clock): JumpingClock {
  let offsetMs = 0
  const listeners: (() => void)[] = []
  return {
    nowMs: () => clock.nowMs() + offsetMs,
    monotonicMs: () => clock.monotonicMs(),
    at: (dueMonotonicMs, run) => clock.at(dueMonotonicMs, run),
    jump(ms) {
      offsetMs = Math.min(Math.max(clock.nowMs() + offsetMs + ms, 0), LAST_MS) - clock.nowMs()
      for (const listener of listeners) listener()
    },
    onJump: listener => void listeners.push(listener),
  }
}

/** The end of the last year of four digits, with some days left to count on. */
export const LAST_MS = Date.UTC(9999, 11, 1)

/** Timers that are let go of together. */
export interface TimerGroup {
  /** Runs after `ms`, or at once when there is nothing to wait for. */
  after(ms: number, run: () => void): void
  cancelAll(): void
}

export function timerGroup(clock: Clock): TimerGroup {
  const waiting = new Set<Timer>()
  return {
    after(ms, run) {
      if (ms <= 0) return run()
      const timer = clock.at(clock.monotonicMs() + ms, () => {
        waiting.delete(timer)
        run()
      })
      waiting.add(timer)
    },
    cancelAll() {
      for (const timer of waiting) timer.cancel()
      waiting.clear()
    },
  }
}
