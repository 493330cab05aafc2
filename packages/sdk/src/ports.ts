/** Time, as this package needs it. */
export interface Clock {
  /** Wall time, milliseconds since 1970: for records and people. */
  nowMs(): number
  /** Monotonic time, milliseconds: for timeouts, ages and latency. */
  monotonicMs(): number
  /** Runs something once, at a monotonic time. */
  at(dueMonotonicMs: number, run: () => void): { cancel(): void }
}

export interface Random {
  /** A number in [0, 1). */
  next(): number
}
