/** A bar of the broker's price history: mids in units of the market, where a half is possible. Plain data. */
export interface PastBar {
  /** UTC, milliseconds since 1970; a whole multiple of its length. */
  readonly startMs: number
  readonly openUnits: number
  readonly highUnits: number
  readonly lowUnits: number
  readonly closeUnits: number
  readonly ticks: number
}

/** What the history told of one market, oldest first. */
export interface PastBars {
  /** Of each bar. */
  readonly lengthMs: number
  readonly bars: readonly PastBar[]
  /** Up to when it was asked for: a last bar that ends before leaves a hole. UTC, milliseconds since 1970. */
  readonly toMs: number
}
