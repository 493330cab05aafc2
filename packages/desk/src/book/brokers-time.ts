import type { DeskState } from '../desk-state.ts'

/** What the broker said about the time last, and when we heard it (monotonic). */
export interface BrokerTime {
  /** Milliseconds since 1970. */
  readonly brokerMs: number
  readonly receivedAtMs: number
}

/** By the newest price or heartbeat. What came with a subscription tells of the past. */
export function brokerTime({ quotes, heartbeat }: Pick<DeskState, 'quotes' | 'heartbeat'>): BrokerTime | null {
  const told = heartbeat?.brokerMs ?? null
  let newest = heartbeat && told !== null ? { brokerMs: told, receivedAtMs: heartbeat.receivedAtMs } : null
  for (const { brokerTimeMs, receivedAtMs, isSnapshot } of quotes.values()) {
    if (brokerTimeMs === null || isSnapshot || (newest && receivedAtMs < newest.receivedAtMs)) continue
    newest = { brokerMs: brokerTimeMs, receivedAtMs }
  }
  return newest
}
