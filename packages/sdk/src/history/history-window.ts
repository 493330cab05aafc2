import { InvalidInputError } from '../errors.ts'
import { formatIso } from '../json/ig-dates.ts'

/** From an instant to another, which it does not hold. Milliseconds since 1970. */
export interface TimeRange {
  readonly fromMs: number
  /** Until now unless told. */
  readonly toMs?: number | undefined
}

/** What is wanted, and what IG is asked for so that all of it is there. */
export interface HistoryWindow {
  /** The second that the range begins in: IG's dates have no parts of it. */
  readonly startMs: number
  /** `null`: no end. */
  readonly endMs: number | null
  /** IG's `from`. */
  readonly from: string
  /** IG's `to`; fixed when the reading starts. */
  readonly to: string
  /** `to` lies ahead: nothing is newer. */
  readonly isOpen: boolean
}

/**
 * It is not written in which zone IG reads `from` and `to`. So the window that is asked for is wider by the largest
 * offsets that there are, and rows are chosen by their own instants.
 * @throws {InvalidInputError} for a range that is none
 */
export function historyWindow(range: TimeRange, nowMs: number): HistoryWindow {
  const { fromMs, toMs } = range
  checkInstant('fromMs', fromMs)
  if (toMs !== undefined) checkInstant('toMs', toMs)
  if (toMs !== undefined && toMs <= fromMs) {
    throw new InvalidInputError(`expected toMs after fromMs, but got ${toMs} and ${fromMs}; exchange or correct them`)
  }
  const askedTo = (toMs ?? nowMs) + MOST_AHEAD_MS
  return {
    startMs: Math.floor(fromMs / 1000) * 1000,
    endMs: toMs ?? null,
    // A second more on both sides: the form has no parts of it, and a bound may not belong to what it bounds.
    from: formatIso(Math.max(0, fromMs - MOST_BEHIND_MS - 1000)),
    to: formatIso(askedTo + 1000),
    isOpen: askedTo >= nowMs,
  }
}

export function isInWindow(ms: number, window: HistoryWindow): boolean {
  return ms >= window.startMs && (window.endMs === null || ms < window.endMs)
}

/** Offsets of zones lie between UTC-12 and UTC+14. Source: IANA time zone database. */
const MOST_BEHIND_MS = 12 * 3_600_000
const MOST_AHEAD_MS = 14 * 3_600_000

/** The last instant whose year has four digits, with room for the widening. */
const LAST_MS = Date.UTC(9999, 0)

function checkInstant(name: string, ms: number): void {
  if (Number.isFinite(ms) && ms >= 0 && ms < LAST_MS) return
  throw new InvalidInputError(`expected ${name} in milliseconds since 1970, but got ${ms}; correct it`)
}
