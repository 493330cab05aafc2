/**
 * The guard's own clock. It goes on with the monotonic time of a run, is set forward by what the broker tells, and never
 * goes back. While the program does not run it stands still until the broker says how late it is: the machine's wall
 * clock starts it once, before the broker has told a time, and is never asked again.
 */
export interface DayClock {
  /** Milliseconds since 1970. */
  readonly timeMs: number
  /** The monotonic time at which it showed that. */
  readonly atMs: number
  readonly by: 'wall' | 'broker'
}

/** @returns the time that it shows at a monotonic time of the same run */
export function timeAt({ timeMs, atMs }: DayClock, nowMs: number): number {
  return timeMs + Math.max(0, nowMs - atMs)
}

export function goOn(clock: DayClock, nowMs: number, brokerMs: number | null): DayClock {
  const timeMs = timeAt(clock, nowMs)
  const atMs = Math.max(clock.atMs, nowMs)
  if (brokerMs === null || !Number.isFinite(brokerMs)) return { ...clock, timeMs, atMs }
  // The broker's first word replaces what the machine believed, also when the machine was ahead.
  if (clock.by === 'wall') return { timeMs: brokerMs, atMs, by: 'broker' }
  return { timeMs: Math.max(timeMs, brokerMs), atMs, by: 'broker' }
}
