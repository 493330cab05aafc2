import type { Command } from './command-table.ts'
import type { RealFrequency } from './notification.ts'

/** What to subscribe to. Source: TLCP specification, "control, LS_op=add". */
export interface SubscriptionSpec {
  /**
   * - `MERGE`: the newest values of an item; the server may merge updates.
   * - `DISTINCT`: each update is an event of its own.
   * - `RAW`: each update as it is, nothing merged and no snapshot.
   * - `COMMAND`: each item is a table; updates add, change and delete its rows. Two of the fields are its key and its command.
   */
  readonly mode: 'MERGE' | 'DISTINCT' | 'RAW' | 'COMMAND'
  readonly items: readonly string[]
  readonly fields: readonly string[]
  /** The name of an item group of the server's adapter that stands for exactly these items, in this order; else their list is sent. */
  readonly group?: string
  /** The same for the fields. */
  readonly schema?: string
  readonly dataAdapter?: string
  /** Ask for the present state first. RAW has none. */
  readonly isSnapshotWanted: boolean
  /** DISTINCT only: how many events of the past, where a snapshot is wanted; the server's choice unless told. */
  readonly snapshotLength?: number
  /** The name of a filter of the server's adapter. */
  readonly selector?: string
  /** Updates per second and item at most; `unfiltered` also forbids the server to drop any in silence. */
  readonly maxFrequency?: number | 'unlimited' | 'unfiltered'
  /** Updates that the server keeps for an item while they may not be sent. */
  readonly bufferSize?: number | 'unlimited'
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
  /**
   * Whether this row named the field. In DISTINCT an unchanged field still shows its last event: look here first. In COMMAND:
   * whether it differs from the row of the same key before.
   */
  isChanged(fieldIndex: number): boolean
}

/** All that there is to know of a row. */
export interface Row extends Update {
  /** Its name, as in the specification given. */
  readonly item: string
  /**
   * A plain decimal as a whole number of 10^-decimals, without making a text of it.
   * @returns `null` for no value, for anything but a plain number, for more places than `decimals`, and beyond 2^53.
   */
  units(fieldIndex: number, decimals: number): number | null
  changedFields(): readonly number[]
  /** The JSON Patch (RFC 6902) that made the value of the one before, where the server sent one. */
  jsonPatch(fieldIndex: number): string | null
  /** COMMAND only, else `null`. */
  readonly key: string | null
  /** COMMAND only, else `null`. After a `DELETE` all fields but the key and the command are `null`. */
  readonly command: Command | null
  /** The same row for good: may be kept. */
  copy(): Row
}

/** What a subscription tells. What a listener throws is thrown again, outside: it cannot harm the session. */
export interface SubscriptionListener<View extends Update = Update> {
  update(update: View): void
  /**
   * The server has it, and from here on its rows come: before the first of them, in every session anew, and once more when
   * the status is `live` again on the session that it was active in. In COMMAND a table starts empty with each session.
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
  /** The server dropped that many rows of an item (`OV`); also told as `interrupted`. */
  rowsDropped?(itemIndex: number, count: number): void
  /** The snapshot of a DISTINCT or COMMAND item is complete. */
  snapshotEnded?(itemIndex: number): void
  /** What was known of a DISTINCT or COMMAND item holds no more; its table is empty. */
  cleared?(itemIndex: number): void
  /** What the server grants, at the start and after each change. */
  frequency?(real: RealFrequency): void
  /** A change of the frequency was refused; the one before stays. */
  frequencyRefused?(refusal: Refusal): void
  /** It is over, for whatever reason; the last call. */
  ended?(): void
}

export interface Refusal {
  /** The server's number; zero and below are of its own adapter. */
  readonly code: number
  readonly text: string
}

export interface Subscription {
  /** Nothing is delivered after this. */
  close(): void
}

export interface TlcpSubscription extends Subscription {
  /** Changes the highest frequency, now and in sessions to come. An `unfiltered` subscription refuses (code 13). */
  limitFrequency(perSecond: number | 'unlimited'): void
}
