/** Hours of the account's zone from UTC: fixed, and not zero, so that a client that mixes the two is found out. Our choice. */
export const TIMEZONE_OFFSET_HOURS = 1

/** The date forms of IG's REST API (IG Labs, REST API reference; one form for each field). */
export const wireDate = {
  /** `2024-06-14T23:41:01`, UTC. */
  iso: (atMs: number): string => utc(atMs).slice(0, 19),
  /** `2024-06-14T23:41:01.327`, UTC. */
  isoWithMs: (atMs: number): string => utc(atMs).slice(0, 23),
  /** `2024-06-14T23:41`, UTC. */
  isoMinute: (atMs: number): string => utc(atMs).slice(0, 16),
  /** `2024/06/15 01:41:01:000`, account-local. IG prints zeros for the milliseconds. */
  slashes: (atMs: number): string => `${wireDate.slashesToSecond(atMs)}:000`,
  /** `2024/06/15 01:41:01`, account-local. */
  slashesToSecond: (atMs: number): string => `${localDay(atMs, '/')} ${local(atMs).slice(11, 19)}`,
  /** `2024/06/15 01:41`, account-local. */
  slashesToMinute: (atMs: number): string => wireDate.slashesToSecond(atMs).slice(0, 16),
  /** `2024:06:15-01:41:01`, account-local. */
  colons: (atMs: number): string => `${localDay(atMs, ':')}-${local(atMs).slice(11, 19)}`,
  /** `23:41:01`, UTC. */
  time: (atMs: number): string => utc(atMs).slice(11, 19),
  /** `01:41:01`, account-local. */
  localTime: (atMs: number): string => local(atMs).slice(11, 19),
  /** `00:41:01`, of London's clocks, whatever the account's zone. */
  londonTime: (atMs: number): string => LONDON.format(atMs),
  /** `2024-06-15`, account-local. */
  localDay: (atMs: number): string => localDay(atMs, '-'),
  /** `15/06/24`, account-local. */
  shortDay: (atMs: number): string => local(atMs).slice(2, 10).split('-').reverse().join('/'),
}

/** What an account-local wall clock means in UTC. */
export function fromLocal(localMs: number): number {
  return localMs - TIMEZONE_OFFSET_HOURS * 3_600_000
}

function utc(atMs: number): string {
  return new Date(atMs).toISOString()
}

function local(atMs: number): string {
  return utc(atMs + TIMEZONE_OFFSET_HOURS * 3_600_000)
}

function localDay(atMs: number, separator: string): string {
  return local(atMs).slice(0, 10).replaceAll('-', separator)
}

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
