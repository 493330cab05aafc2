/** The prices of one market at one time, in whole units of 10^-decimals of that market. */
export interface TickQuote {
  /** UTC, milliseconds since 1970. */
  readonly atMs: number
  readonly bidUnits: number
  readonly offerUnits: number
}

/** One quote of one market. An engine input as it stands. */
export interface Tick extends TickQuote {
  readonly kind: 'tick'
  readonly epic: string
}
