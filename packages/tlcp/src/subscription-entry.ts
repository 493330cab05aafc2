import { parameters } from './request.ts'
import { emptyItem, type ItemValues } from './row.ts'
import type { SubscriptionListener, SubscriptionSpec, Update } from './subscription.ts'

/**
 * - `wanted`: to be asked for in the next session. - `adding`: asked, no SUBOK yet. - `active`.
 * - `paused`: waits until it may be asked for again. - `dropping`: closed before its SUBOK; a delete sent now might overtake the add. - `removing`: delete sent.
 */
export type Phase = 'wanted' | 'adding' | 'active' | 'paused' | 'dropping' | 'removing'

/** A subscription as the book keeps it, and the view of its present row. */
export class SubscriptionEntry implements Update {
  readonly spec: SubscriptionSpec
  readonly listener: SubscriptionListener
  subId: number
  requestId = 0
  phase: Phase = 'wanted'
  items: ItemValues[] = []
  /** Per item: its snapshot is complete. DISTINCT only. */
  ended: boolean[] = []
  /** Times it had to be restarted because of an unreadable row. */
  restarts = 0
  itemIndex = 0
  isSnapshot = false
  receivedAtMs = 0

  constructor(subId: number, spec: SubscriptionSpec, listener: SubscriptionListener) {
    this.subId = subId
    this.spec = spec
    this.listener = listener
    this.forget()
  }

  value(fieldIndex: number): string | null {
    return this.items[this.itemIndex]?.values[fieldIndex] ?? null
  }

  isChanged(fieldIndex: number): boolean {
    return this.items[this.itemIndex]?.changed[fieldIndex] === 1
  }

  /** Back to knowing nothing, as at the start of a session. */
  forget(): void {
    this.items = this.spec.items.map(() => emptyItem(this.spec.fields.length))
    this.ended = this.spec.items.map(() => false)
  }

  rowCount(): number {
    return this.items.reduce((sum, item) => sum + item.rows, 0)
  }

  /** Call after the row was applied. Source: TLCP specification, "Snapshot". */
  pointAt(itemIndex: number, item: ItemValues, receivedAtMs: number): void {
    this.itemIndex = itemIndex
    this.receivedAtMs = receivedAtMs
    const { mode, isSnapshotWanted } = this.spec
    this.isSnapshot = isSnapshotWanted && (mode === 'MERGE' ? item.rows === 1 : this.ended[itemIndex] === false)
  }

  addLine(requestId: number): string {
    const { spec } = this
    return parameters({
      LS_reqId: requestId,
      LS_op: 'add',
      LS_subId: this.subId,
      LS_mode: spec.mode,
      LS_group: spec.items.join(' '),
      LS_schema: spec.fields.join(' '),
      LS_data_adapter: spec.dataAdapter,
      LS_snapshot: spec.isSnapshotWanted,
      // Success shows as SUBOK; refusals come all the same.
      LS_ack: false,
    })
  }
}

export function deleteLine(requestId: number, subId: number): string {
  return parameters({ LS_reqId: requestId, LS_op: 'delete', LS_subId: subId, LS_ack: false })
}
