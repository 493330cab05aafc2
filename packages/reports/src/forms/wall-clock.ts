import { type AccountZone, zoneOffsetMs } from '@scalpdesk/sdk'

/** Instants as the clock on the wall of an account shows them; the language of the machine does not matter. */
export interface WallClock {
  /** ISO 8601 with milliseconds and offset: `2026-01-05T09:00:05.120+01:00`. */
  stamp(atMs: number): string
  /** Such as `2026-01-05`. */
  day(atMs: number): string
  /** To the second: `09:00:05`. */
  time(atMs: number): string
  /** The instant at which UTC shows what this clock shows: for cells and charts that know no zones. */
  asUtcMs(atMs: number): number
}

export function wallClock(zone: AccountZone): WallClock {
  const asUtcMs = (atMs: number): number => atMs + zoneOffsetMs(atMs, zone)
  const iso = (atMs: number): string => new Date(asUtcMs(atMs)).toISOString()
  return {
    stamp: atMs => `${iso(atMs).slice(0, -1)}${offsetText(zoneOffsetMs(atMs, zone))}`,
    day: atMs => iso(atMs).slice(0, 10),
    time: atMs => iso(atMs).slice(11, 19),
    asUtcMs,
  }
}

/** As a person says it: `0.4 s`, `47 s`, `1 min 05 s`, `2 h 03 min`, `3 d 04 h`. */
export function durationText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 10) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ${two(minutes % 60)} min` : `${Math.floor(hours / 24)} d ${two(hours % 24)} h`
}

/** A zone's name, or its offset: `UTC+01:00`. */
export function zoneText(zone: AccountZone): string {
  return typeof zone === 'string' ? zone : `UTC${offsetText(zone.offsetHours * HOUR_MS)}`
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

const two = (value: number): string => String(value).padStart(2, '0')

function offsetText(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS)
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
