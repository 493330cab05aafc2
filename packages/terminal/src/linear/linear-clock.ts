/** The times that the linear mode goes by. */
export interface LinearClock {
  /** Wall time, milliseconds since 1970. */
  nowMs(): number
  monotonicMs(): number
}

export const systemLinearClock: LinearClock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  monotonicMs: () => performance.now(),
}
