/** What to subscribe to. Source: TLCP specification, "control, LS_op=add". */
export interface SubscriptionSpec {
  /**
   * - `MERGE`: the newest values of an item; the server may merge updates.
   * - `DISTINCT`: each update is an event of its own.
   */
  readonly mode: 'MERGE' | 'DISTINCT'
  readonly items: readonly string[]
  readonly fields: readonly string[]
  readonly dataAdapter?: string
  /** Ask for the present state first. */
  readonly isSnapshotWanted: boolean
}

/**
 * One row, to be read during the call only: the object and what is behind it are used again for the next row.
 * Items and fields are counted from 0, as they stand in the specification given.
 */
export interface Update {
  readonly itemIndex: number
  /** Part of the state at the subscription, not a change. */
  readonly isSnapshot: boolean
  /** Monotonic, when the row's chunk arrived. */
  readonly receivedAtMs: number
  /** `null`: the server says that there is no value. `''`: it says that the value is empty. */
  value(fieldIndex: number): string | null
  /** Whether this row named the field. In DISTINCT an unchanged field still shows its last event: look here first. */
  isChanged(fieldIndex: number): boolean
}

/** What a subscription tells. What a listener throws is thrown again, outside: it cannot harm the session. */
export interface SubscriptionListener {
  update(update: Update): void
  /**
   * The server has it, and from here on its rows come: before the first of them, in every session anew, and once more when
   * the status is `live` again on the session that it was active in.
   */
  active?(): void
  /**
   * Nothing comes until it is `active` again: its session is gone, or a row of it could not be read and it starts again.
   * While a lost connection may still be recovered it counts as active; so the status has to be looked at, too.
   */
  inactive?(reason: string): void
  /** The server refused it; it is over. */
  refused?(refusal: Refusal): void
  /** Rows of it were lost (dropped by the server, or unreadable); it goes on, after a new snapshot where one was wanted. */
  interrupted?(reason: string): void
  /** The snapshot of a DISTINCT item is complete. */
  snapshotEnded?(itemIndex: number): void
}

export interface Refusal {
  /** The server's number; zero and below are the broker's own. */
  readonly code: number
  readonly text: string
}

export interface Subscription {
  /** Nothing is delivered after this. */
  close(): void
}
