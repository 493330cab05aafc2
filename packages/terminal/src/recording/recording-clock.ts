/** The time on a tape: the wall's when it began, then the monotonic clock's, so that it never goes back. */
export interface RecordingClock {
  /** Whole milliseconds since 1970. */
  readonly atMs: number
  /** Milliseconds by which the wall has run ahead since the last call: a machine that slept. From now on they count. */
  takeLostMs(): number
}

/** Clocks drift and are slewed by less than this between two looks (our choice). */
const TOLERANCE_MS = 2_000

/** @param notBeforeMs where the tape ends that is gone on with. */
export function recordingClock(clock: { nowMs(): number; monotonicMs(): number }, notBeforeMs = 0): RecordingClock {
  let offsetMs = Math.max(notBeforeMs, clock.nowMs()) - clock.monotonicMs()
  return {
    get atMs() {
      return Math.floor(clock.monotonicMs() + offsetMs)
    },
    takeLostMs() {
      const aheadMs = clock.nowMs() - clock.monotonicMs() - offsetMs
      if (aheadMs <= TOLERANCE_MS) return 0
      offsetMs += aheadMs
      return aheadMs
    },
  }
}
