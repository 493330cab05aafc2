/** A signed figure: the text carries sign and unit, the tone only repeats it in colour. */
export interface MoneyView {
  readonly text: string
  readonly tone: 'up' | 'down' | 'even'
}

/** Milliseconds of the last order's parts; null for a part that has not happened. */
export interface LatencyView {
  readonly keyToWireMs: number | null
  readonly wireToAcknowledgedMs: number | null
  readonly acknowledgedToConfirmedMs: number | null
}

/** Of the day, from the key; milliseconds, null: not measured. */
export interface LatenciesView {
  readonly orders: number
  readonly steps: readonly LatencyStep[]
}

export interface LatencyStep {
  readonly step: 'decided' | 'journalled' | 'sent' | 'acknowledged' | 'confirmed' | 'painted'
  readonly lastMs: number | null
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  /** The part to which most of the time went. */
  readonly isSlow: boolean
}

/** A limit and what is used of it, in final words; `share` 0 to 1 and above, null where there is nothing to fill. */
export interface GuardLine {
  readonly label: string
  readonly text: string
  readonly share: number | null
  readonly tone: 'even' | 'near' | 'reached'
}
