/** The calendar day of a time zone, as `2026-01-05`. */
export function dayIn(zone: string): (wallMs: number) => string {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  let quarter = Number.NaN
  let day = ''
  return wallMs => {
    const now = Math.floor(wallMs / QUARTER_HOUR_MS)
    if (now === quarter) return day
    const parts = new Map(format.formatToParts(wallMs).map(({ type, value }) => [type, value]))
    quarter = now
    day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
    return day
  }
}

/** Zones lie whole quarters of an hour apart, so a day never changes inside of one (IANA time zone database, since 1972). */
const QUARTER_HOUR_MS = 15 * 60_000

export const systemZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
