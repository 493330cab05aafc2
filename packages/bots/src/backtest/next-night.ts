/** The first moment after this one at which a night is charged: 22:00 UTC, as the mock broker has it. */
export function nextNight(atMs: number): number {
  const today = Math.floor(atMs / DAY_MS) * DAY_MS + NIGHT_AT_MS
  return today > atMs ? today : today + DAY_MS
}

const DAY_MS = 86_400_000
const NIGHT_AT_MS = 22 * 3_600_000
