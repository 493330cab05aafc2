import { Decimal } from '@scalpdesk/sdk'

/** `null` turns a watchdog off. */
export interface WatchSettings {
  readonly missingStop: {
    /** `any`: every position has to have a stop. `wanted`: those that were sent with one. */
    readonly of: 'any' | 'wanted'
    /** Closes the position when its stop has been missing for so long; `null`: only says so. */
    readonly closeAfterMs: number | null
  } | null
  readonly foreignExposure: boolean
  readonly movedStop: boolean
  /** Equity in percent of the margin in use, below which it is said. */
  readonly minMarginPercent: Decimal | null
  readonly maxClockSkewMs: number | null
  readonly maxSilenceMs: number | null
}

/**
 * Our choices. IG closes positions of retail clients at 50 percent (ESMA's product intervention measures, "margin
 * close-out"), so 120 leaves time to act.
 */
export const DEFAULT_WATCH: WatchSettings = {
  missingStop: { of: 'any', closeAfterMs: null },
  foreignExposure: true,
  movedStop: true,
  minMarginPercent: new Decimal(120),
  maxClockSkewMs: 5_000,
  maxSilenceMs: 5_000,
}
