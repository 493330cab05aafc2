/** Our choice: this long a confirm is believed over a list. IG's lists follow a confirm shortly, not atomically. */
export const LIST_LAG_MS = 5_000
