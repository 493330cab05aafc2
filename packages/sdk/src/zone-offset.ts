import { InvalidInputError } from './errors.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Since then every zone keeps whole minutes, and changes on one (IANA time zone database: the last to leave seconds was Monrovia, in 1972). */
const WHOLE_MINUTES_SINCE_MS = Date.UTC(1973, 0, 1)
/** More than the days of ten years; our choice. */
const MOST_KEPT = 5_000

/**
 * What to add to UTC for the local time of a named zone, in milliseconds. Its rules are asked once for each day, and for each minute of a day
 * in which the clocks change.
 * @throws {InvalidInputError} when there is no such zone
 */
export function namedOffsetMs(utcMs: number, zone: string): number {
  const rules = rulesOf(zone)
  if (utcMs < WHOLE_MINUTES_SINCE_MS) return rules.ask(Math.floor(utcMs / 1_000) * 1_000)
  const dayMs = Math.floor(utcMs / DAY_MS) * DAY_MS
  const offsetMs = rules.known(dayMs)
  return offsetMs === rules.known(dayMs + DAY_MS) ? offsetMs : rules.known(Math.floor(utcMs / MINUTE_MS) * MINUTE_MS)
}

interface ZoneRules {
  /** @param utcMs a whole second */
  ask(utcMs: number): number
  known(utcMs: number): number
}

/** Making one takes a hundred times as long as using it. */
const zones = new Map<string, ZoneRules>()

function rulesOf(zone: string): ZoneRules {
  const before = zones.get(zone)
  if (before !== undefined) return before
  const made = newRules(zone)
  zones.set(zone, made)
  return made
}

function newRules(zone: string): ZoneRules {
  const clock = newWallClock(zone)
  const offsets = new Map<number, number>()
  function ask(utcMs: number): number {
    const field: Record<string, number> = {}
    for (const { type, value } of clock.formatToParts(utcMs)) field[type] = Number(value)
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = field
    const local = new Date(0)
    // Date.UTC would take the years 0 to 99 for 1900 to 1999.
    local.setUTCFullYear(year, month - 1, day)
    return local.setUTCHours(hour, minute, second) - utcMs
  }
  return {
    ask,
    known(utcMs) {
      const before = offsets.get(utcMs)
      if (before !== undefined) return before
      if (offsets.size >= MOST_KEPT) offsets.clear()
      const offsetMs = ask(utcMs)
      offsets.set(utcMs, offsetMs)
      return offsetMs
    },
  }
}

function newWallClock(timeZone: string): Intl.DateTimeFormat {
  const number = 'numeric'
  const fields = { year: number, month: number, day: number, hour: number, minute: number, second: number } as const
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', calendar: 'gregory', ...fields })
  } catch {
    const got = JSON.stringify(timeZone.slice(0, 40))
    throw new InvalidInputError(`expected a time zone such as Europe/London, but got ${got}; give its IANA name`)
  }
}
