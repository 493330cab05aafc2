/** One quote of one market, in whole units of 10^-decimals of that market. An engine input as it stands. */
export interface Tick {
  readonly kind: 'tick'
  readonly epic: string
  /** UTC, milliseconds since 1970. */
  readonly atMs: number
  readonly bidUnits: number
  readonly offerUnits: number
}
