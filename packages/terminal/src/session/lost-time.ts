/**
 * Notices time that the monotonic clock does not count: a laptop that slept, a clock that was set. Without this a price
 * from before the sleep would look seconds old.
 */
export interface LostTime {
  /** Milliseconds lost since the last call; 0 when the two clocks agree. */
  check(): number
}

/** Clocks drift and are slewed by less than this between two looks (our choice). */
const TOLERANCE_MS = 2_000

export function watchLostTime(clock: { nowMs(): number; monotonicMs(): number }): LostTime {
  let offsetMs = clock.nowMs() - clock.monotonicMs()
  return {
    check() {
      const presentMs = clock.nowMs() - clock.monotonicMs()
      const lostMs = Math.abs(presentMs - offsetMs)
      offsetMs = presentMs
      return lostMs > TOLERANCE_MS ? lostMs : 0
    },
  }
}
