/**
 * Notices time that nobody lived through: a laptop that slept, a clock that was set, a program that was stopped. Without this a price
 * from before would look seconds old, and what waited in the meantime as if it came now.
 */
export interface LostTime {
  /** Milliseconds lost since they were told last; 0 when none were. */
  check(): number
  /** The program runs. From the first call on, a pause between two of them is time in which it did not. */
  beat(): void
}

/** Clocks drift and are slewed by less than this between two looks (our choice). */
const TOLERANCE_MS = 2_000
/** Longer than a busy machine keeps a program from its turn (our choice). */
const LONGEST_PAUSE_MS = 5_000

export function watchLostTime(clock: { nowMs(): number; monotonicMs(): number }): LostTime {
  let offsetMs = clock.nowMs() - clock.monotonicMs()
  let beatAtMs: number | null = null
  return {
    check() {
      const monotonicMs = clock.monotonicMs()
      const presentMs = clock.nowMs() - monotonicMs
      const lostMs = Math.abs(presentMs - offsetMs)
      const pausedMs = beatAtMs === null ? 0 : monotonicMs - beatAtMs
      offsetMs = presentMs
      if (pausedMs > LONGEST_PAUSE_MS) beatAtMs = monotonicMs
      return Math.max(lostMs > TOLERANCE_MS ? lostMs : 0, pausedMs > LONGEST_PAUSE_MS ? pausedMs : 0)
    },
    beat() {
      beatAtMs = clock.monotonicMs()
    },
  }
}
