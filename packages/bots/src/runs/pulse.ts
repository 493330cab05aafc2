/**
 * How a run goes, for whoever watches it from another thread: plain doubles in shared memory. What is read may be a moment old.
 */
export interface Pulse {
  /** Ticks played, the time of the last, whether the strategy may be running now (1), and how much of the ticks was read. */
  readonly cells: Float64Array<SharedArrayBuffer>
}

export const PULSE = { ticks: 0, atMs: 1, isPlaying: 2, fraction: 3 } as const

export const newPulse = (): Pulse => ({ cells: new Float64Array(new SharedArrayBuffer(4 * 8)) })
