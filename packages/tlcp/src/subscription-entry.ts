import { type Command, type CommandRow, CommandTable } from './command-table.ts'
import type { EntryRow } from './conflation.ts'
import { ItemState } from './item-state.ts'
import { OwnedRow } from './owned-row.ts'
import { parameters } from './request.ts'
import type { SubscriptionListener, SubscriptionSpec } from './subscription.ts'

/**
 * - `wanted`: to be asked for in the next session. - `adding`: asked, no SUBOK yet. - `active`.
 * - `paused`: waits until it may be asked for again. - `dropping`: closed before its SUBOK; a delete sent now might overtake the add. - `removing`: delete sent.
 */
export type Phase = 'wanted' | 'adding' | 'active' | 'paused' | 'dropping' | 'removing'

/** Also told when what is known is about to be forgotten: who reads later has to read now. */
export interface EntryListener extends SubscriptionListener<EntryRow> {
  forgetting?(): void
}

/** Our choice: after so many rows, or so long without a bad one, an unreadable row counts as the first. */
const GOOD_ROWS = 1_000
const GOOD_MS = 600_000

/** A subscription as the book keeps it, and the view of its present row. */
export class SubscriptionEntry implements EntryRow {
  readonly spec: SubscriptionSpec
  readonly listener: EntryListener
  subId: number
  requestId = 0
  phase: Phase = 'wanted'
  items: ItemState[] = []
  /** Per item: its snapshot is complete. */
  ended: boolean[] = []
  /** Per item, in COMMAND. */
  tables: CommandTable[] = []
  /** Times it had to be restarted because of an unreadable row, since it was last well. */
  restarts = 0
  #restartedAtMs = Number.NEGATIVE_INFINITY
  /** Oddities told already. */
  readonly warned = new Set<string>()
  /** The highest frequency wanted now. */
  frequency: SubscriptionSpec['maxFrequency']
  /** What the server was asked for last. */
  asked: SubscriptionSpec['maxFrequency']
  reconf: { readonly requestId: number } | null = null
  itemIndex = 0
  isSnapshot = false
  receivedAtMs = 0
  commandRow: CommandRow | null = null
  #item: ItemState
  readonly isTable: boolean
  readonly #snapshot: 'none' | 'first' | 'until-end'

  constructor(subId: number, spec: SubscriptionSpec, listener: EntryListener) {
    this.subId = subId
    this.spec = spec
    this.listener = listener
    this.frequency = spec.maxFrequency
    this.asked = spec.maxFrequency
    this.isTable = spec.mode === 'COMMAND'
    this.#snapshot = snapshotOf(spec)
    this.#item = new ItemState(spec.fields.length)
    this.forget()
  }

  get item(): string {
    return this.spec.items[this.itemIndex] ?? ''
  }

  get state(): ItemState {
    return this.#item
  }

  get key(): string | null {
    return this.commandRow?.key ?? null
  }

  get command(): Command | null {
    return this.commandRow?.command ?? null
  }

  value(fieldIndex: number): string | null {
    if (this.commandRow !== null) return this.commandRow.values[fieldIndex] ?? null
    return this.#item.value(fieldIndex)
  }

  isChanged(fieldIndex: number): boolean {
    if (this.commandRow !== null) return this.commandRow.changed[fieldIndex] === true
    return this.#item.isChanged(fieldIndex)
  }

  units(fieldIndex: number, decimals: number): number | null {
    // A deleted row has no values, whatever the item's last row had.
    if (this.commandRow !== null && this.command === 'DELETE' && this.value(fieldIndex) === null) return null
    return this.#item.units(fieldIndex, decimals)
  }

  changedFields(): readonly number[] {
    return [...this.spec.fields.keys()].filter(field => this.isChanged(field))
  }

  jsonPatch(fieldIndex: number): string | null {
    return this.#item.patches?.get(fieldIndex) ?? null
  }

  copy(): OwnedRow {
    return OwnedRow.of(this, this.spec.fields.length)
  }

  /** Back to knowing nothing, as at the start of a session. */
  forget(): void {
    this.listener.forgetting?.()
    this.items = this.spec.items.map(() => new ItemState(this.spec.fields.length))
    this.ended = this.spec.items.map(() => false)
    for (const table of this.tables) table.clear()
  }

  /** What SUBCMD told: where the key and the command stand, from 1. */
  openTables(keyField: number, commandField: number): void {
    this.tables = this.spec.items.map(() => new CommandTable(keyField - 1, commandField - 1))
  }

  /** A bad row today says nothing about one tomorrow: who was well for a while begins to count anew. */
  countRestart(nowMs: number): void {
    const rows = this.items.reduce((sum, item) => sum + item.rows, 0)
    const wasWell = rows >= GOOD_ROWS || nowMs - this.#restartedAtMs >= GOOD_MS
    this.restarts = wasWell ? 1 : this.restarts + 1
    this.#restartedAtMs = nowMs
  }

  /** Call after the row was applied. Source: TLCP specification, "Snapshot". */
  pointAt(itemIndex: number, item: ItemState, receivedAtMs: number): void {
    this.itemIndex = itemIndex
    this.#item = item
    this.receivedAtMs = receivedAtMs
    this.isSnapshot =
      this.#snapshot === 'first' ? item.rows === 1 : this.#snapshot === 'until-end' && this.ended[itemIndex] === false
  }

  /** @param requestId `null`: as a part of create_session. */
  addLine(requestId: number | null): string {
    const { spec } = this
    return parameters({
      LS_reqId: requestId ?? undefined,
      LS_op: 'add',
      LS_subId: this.subId,
      LS_mode: spec.mode,
      LS_group: spec.group ?? spec.items.join(' '),
      LS_schema: spec.schema ?? spec.fields.join(' '),
      LS_data_adapter: spec.dataAdapter,
      LS_selector: spec.selector,
      LS_snapshot: spec.mode === 'RAW' ? undefined : spec.isSnapshotWanted && (spec.snapshotLength ?? true),
      LS_requested_max_frequency: this.asked,
      LS_requested_buffer_size: spec.bufferSize,
      // Success shows as SUBOK; refusals come all the same.
      LS_ack: requestId === null ? undefined : false,
    })
  }

  /** Whether an answer belongs to this: SUBCMD to COMMAND, and only to it, with two of the fields. */
  fits({
    command,
  }: {
    readonly command: { readonly keyField: number; readonly commandField: number } | null
  }): boolean {
    if (command === null) return !this.isTable
    const isField = (position: number) => position >= 1 && position <= this.spec.fields.length
    return this.isTable && isField(command.keyField) && isField(command.commandField)
  }

  /** Closed by its owner; the server does not know it yet, or has not said so. */
  get isLeaving(): boolean {
    return this.phase === 'removing' || this.phase === 'dropping'
  }
}

export function deleteLine(requestId: number, subId: number): string {
  return parameters({ LS_reqId: requestId, LS_op: 'delete', LS_subId: subId, LS_ack: false })
}

function snapshotOf(spec: SubscriptionSpec): 'none' | 'first' | 'until-end' {
  if (!spec.isSnapshotWanted || spec.mode === 'RAW') return 'none'
  return spec.mode === 'MERGE' ? 'first' : 'until-end'
}
