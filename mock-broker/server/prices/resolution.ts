import type { ResolutionJson } from '@scalpdesk/wire'
import { TIMEZONE_OFFSET_HOURS } from '../wire-date.ts'

/** @returns null for a text that is no resolution. */
export function readResolution(text: string): ResolutionJson | null {
  return isResolution(text) ? text : null
}

/** When the bar that holds this instant begins. Days and longer begin at local midnight (IG Labs, REST API reference, "Prices"). */
export function barStart(resolution: ResolutionJson, atMs: number): number {
  const localMs = atMs + OFFSET_MS
  if (resolution === 'MONTH') {
    const local = new Date(localMs)
    return Date.UTC(local.getUTCFullYear(), local.getUTCMonth()) - OFFSET_MS
  }
  const lengthMs = lengths[resolution]
  // 1970 began on a Thursday; weeks begin on Mondays.
  const phaseMs = resolution === 'WEEK' ? 4 * DAY_MS : 0
  return Math.floor((localMs - phaseMs) / lengthMs) * lengthMs + phaseMs - OFFSET_MS
}

export function nextBarStart(resolution: ResolutionJson, startMs: number): number {
  if (resolution !== 'MONTH') return startMs + lengths[resolution]
  const local = new Date(startMs + OFFSET_MS)
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1) - OFFSET_MS
}

/** About how long a bar lasts. */
export function barLengthMs(resolution: ResolutionJson): number {
  return lengths[resolution]
}

function isResolution(text: string): text is ResolutionJson {
  return Object.hasOwn(lengths, text)
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const OFFSET_MS = TIMEZONE_OFFSET_HOURS * HOUR_MS

const lengths: Readonly<Record<ResolutionJson, number>> = {
  SECOND: 1000,
  MINUTE: MINUTE_MS,
  MINUTE_2: 2 * MINUTE_MS,
  MINUTE_3: 3 * MINUTE_MS,
  MINUTE_5: 5 * MINUTE_MS,
  MINUTE_10: 10 * MINUTE_MS,
  MINUTE_15: 15 * MINUTE_MS,
  MINUTE_30: 30 * MINUTE_MS,
  HOUR: HOUR_MS,
  HOUR_2: 2 * HOUR_MS,
  HOUR_3: 3 * HOUR_MS,
  HOUR_4: 4 * HOUR_MS,
  DAY: DAY_MS,
  WEEK: 7 * DAY_MS,
  MONTH: 31 * DAY_MS,
}
