const DAY_MS = 86_400_000
/** A market's time that goes back by more is another run of a tape, not a late tick (our choice). */
const RUN_AGAIN_MS = 60_000
/** Longest time without prices that a market has by itself: a weekend with holidays around it (our choice). */
const LONGEST_PAUSE_MS = 7 * DAY_MS

/**
 * The time of one market, as its ticks tell it: a tape brings its own time, and may run faster than the wall clock. Ticks say the time of
 * day; between two of them time goes on by itself.
 */
export class MarketClock {
  /** Milliseconds since 1970 at monotonic zero. */
  #offsetMs: number
  #told: string | null = null

  /** @param epochMs wall time at monotonic zero, which holds until a tick says otherwise */
  constructor(epochMs: number) {
    this.#offsetMs = epochMs
  }

  /** @param nowMs monotonic time. @returns milliseconds since 1970 */
  at(nowMs: number): number {
    return this.#offsetMs + nowMs
  }

  /**
   * A tick of this time of day, `12:30:05`, came now; any other text is passed over.
   * @param nowMs monotonic time
   * @returns whether time went on, or began again further back
   */
  tell(time: string, nowMs: number): 'on' | 'back' {
    if (time === this.#told) return 'on'
    const ofDayMs = timeOfDay(time)
    if (ofDayMs === null) return 'on'
    const expectedMs = this.at(nowMs)
    const toldMs = dayNextTo(ofDayMs, expectedMs)
    const isFirst = this.#told === null
    this.#told = time
    // Moved no further than to the next edge of the second that was told.
    if (expectedMs < toldMs) this.#offsetMs = toldMs - nowMs
    else if (expectedMs > toldMs + 999) this.#offsetMs = toldMs + 999 - nowMs
    return !isFirst && toldMs < expectedMs - RUN_AGAIN_MS ? 'back' : 'on'
  }

  /**
   * By how much past candles have to be moved to end before now: 0, or whole days where they are of a tape's date, which ticks do not say.
   * @param newestMs start of the newest one, milliseconds since 1970
   */
  daysFrom(newestMs: number, nowMs: number): number {
    const distanceMs = this.at(nowMs) - newestMs
    if (Math.abs(distanceMs) <= LONGEST_PAUSE_MS) return 0
    return Math.floor(distanceMs / DAY_MS) * DAY_MS
  }
}

/** Milliseconds since midnight. */
function timeOfDay(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(text)
  if (match === null) return null
  const [, hours, minutes, seconds] = match
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

/** The time of day on that day which brings it next to another time. */
function dayNextTo(ofDayMs: number, nearMs: number): number {
  return ofDayMs + Math.round((nearMs - ofDayMs) / DAY_MS) * DAY_MS
}
