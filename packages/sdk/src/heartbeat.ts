import type { StreamGap } from './stream-gap.ts'

/** IG's sign that data flows. Source: IG's sample clients, item `TRADE:HB.U.HEARTBEAT.IP`. */
export interface Heartbeat {
  /** Milliseconds since 1970, IG's own clock. */
  readonly brokerTimeMs: number | null
  /** Monotonic. */
  readonly receivedAtMs: number
  readonly isSnapshot: boolean
  /** Why it does not beat; `null`: it does. */
  readonly gap: StreamGap | null
}
