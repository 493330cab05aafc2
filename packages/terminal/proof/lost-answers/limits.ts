/** How long things take in one run of the table. Milliseconds. */
export interface Limits {
  /** The clients that have a time limit of their own are given this one. */
  readonly requestTimeoutMs: number
  /** When the late answer comes. */
  readonly lateMs: number
  /** From the call on; a client that has not ended by then is cut off. */
  readonly cellMs: number
}

/** The SDK's usual time limit, and longer than it and the desk ask for an order that cannot be found (75 s and 60 s). */
export const FULL: Limits = { requestTimeoutMs: 10_000, lateMs: 12_000, cellMs: 80_000 }

/** For CI: what is not found at once is still being asked for when the cell ends. What the stream tells within 200 ms is heard before the time limit, on a busy machine too. */
export const QUICK: Limits = { requestTimeoutMs: 4_000, lateMs: 7_000, cellMs: 14_000 }
