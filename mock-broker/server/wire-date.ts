/** Hours of the account's zone from UTC: fixed, and not zero, so that a client that mixes the two is found out. Our choice. */
export const TIMEZONE_OFFSET_HOURS = 1

/** The date forms of IG's REST API (IG Labs, REST API reference; one form for each field). */
export const wireDate = {
  /** `2024-06-14T23:41:01`, UTC. */
  iso: (atMs: number): string => new Date(atMs).toISOString().slice(0, 19),
  /** `2024-06-14T23:41:01.327`, UTC. */
  isoWithMs: (atMs: number): string => new Date(atMs).toISOString().slice(0, 23),
  /** `2024/06/15 01:41:01:000`, account-local. IG prints zeros for the milliseconds. */
  slashes(atMs: number): string {
    const text = new Date(localMs(atMs)).toISOString()
    return `${text.slice(0, 10).replaceAll('-', '/')} ${text.slice(11, 19)}:000`
  },
  /** `23:41:01`, UTC. */
  time: (atMs: number): string => new Date(atMs).toISOString().slice(11, 19),
  /** `01:41:01`, account-local. */
  localTime: (atMs: number): string => new Date(localMs(atMs)).toISOString().slice(11, 19),
}

function localMs(atMs: number): number {
  return atMs + TIMEZONE_OFFSET_HOURS * 3_600_000
}
