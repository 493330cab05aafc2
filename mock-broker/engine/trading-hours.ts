/** When a market trades, the same every week. Holidays are not known here. */
export interface TradingHours {
  /** In minutes of a UTC week that begins on Monday at 00:00, oldest first; none for a market that never closes. */
  readonly spells: readonly { readonly fromMinute: number; readonly toMinute: number }[]
  /** Of a market with a session on each weekday: minutes after 00:00 UTC. */
  readonly session: { readonly opensMinute: number; readonly closesMinute: number } | null
}

/** A stretch of time in which a market is open or closed throughout. */
export interface TradingSpell {
  readonly isOpen: boolean
  readonly fromMs: number
  /** The first instant after it. */
  readonly untilMs: number
}

export const alwaysOpen: TradingHours = { spells: [], session: null }

/** From Sunday 22:00 to Friday 22:00 UTC (our choice; IG's follow New York's clock). */
export const weekdays: TradingHours = {
  spells: [{ fromMinute: -2 * 60, toMinute: (4 * 24 + 22) * 60 }],
  session: null,
}

/** From Monday to Friday. @param opens as `HH:MM`, UTC, the whole year round (our choice). */
export function session(opens: string, closes: string): TradingHours {
  const [opensMinute, closesMinute] = [minuteOf(opens), minuteOf(closes)]
  const spells = [0, 1, 2, 3, 4].map(day => ({
    fromMinute: day * DAY_MINUTES + opensMinute,
    toMinute: day * DAY_MINUTES + closesMinute,
  }))
  return { spells, session: { opensMinute, closesMinute } }
}

export function spellAt({ spells }: TradingHours, atMs: number): TradingSpell {
  const [first] = spells
  if (!first) return { isOpen: true, fromMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY }
  const weekMs = Math.floor((atMs - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS
  const at = (minute: number): number => weekMs + minute * MINUTE_MS
  const last = spells[spells.length - 1] ?? first
  let closedFromMs = at(last.toMinute) - WEEK_MS
  for (const { fromMinute, toMinute } of spells) {
    if (atMs < at(fromMinute)) return { isOpen: false, fromMs: closedFromMs, untilMs: at(fromMinute) }
    if (atMs < at(toMinute)) return { isOpen: true, fromMs: at(fromMinute), untilMs: at(toMinute) }
    closedFromMs = at(toMinute)
  }
  // A week may begin before its Monday.
  const nextMs = at(first.fromMinute) + WEEK_MS
  return atMs < nextMs
    ? { isOpen: false, fromMs: closedFromMs, untilMs: nextMs }
    : { isOpen: true, fromMs: nextMs, untilMs: at(first.toMinute) + WEEK_MS }
}

function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
const WEEK_MS = 7 * DAY_MINUTES * MINUTE_MS
/** A Monday, 00:00 UTC. */
const MONDAY_MS = Date.UTC(1970, 0, 5)
