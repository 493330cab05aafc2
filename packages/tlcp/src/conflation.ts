import type { ItemState } from './item-state.ts'
import { OwnedRow } from './owned-row.ts'
import type { Row } from './subscription.ts'

/** A row as the intake shows it, with what is behind it. */
export interface EntryRow extends Row {
  readonly state: ItemState
}

/** Rows that a reader has not taken yet, several of them merged into one. */
export interface Conflation {
  readonly size: number
  add(row: EntryRow, fields: number): void
  /** The oldest, and how many rows it stands for; `null` when there is none. */
  take(): Pending | null
  /** Forgets the rows of an item. */
  clear(itemIndex: number): void
}

interface Pending {
  readonly row: OwnedRow
  readonly merged: number
}

/**
 * One row for each item: newest values win, and a field counts as changed when any of the merged rows changed it. Values are
 * taken from the item when the row is: a row that nobody has time for costs a few flags.
 */
export class MergeConflation implements Conflation {
  readonly #marks = new Map<number, ItemMark>()
  #order: ItemMark[] = []

  get size(): number {
    return this.#order.length
  }

  add(row: EntryRow, fields: number): void {
    const { state, itemIndex } = row
    let mark = this.#marks.get(itemIndex)
    // Another state: the subscription has started again.
    if (mark === undefined || mark.state !== state) {
      mark = { state, itemIndex, item: row.item, changed: new Uint8Array(fields), ...NOTHING_MERGED }
      this.#marks.set(itemIndex, mark)
    }
    if (mark.merged === 0) {
      mark.changed.fill(0)
      this.#order.push(mark)
    }
    mark.merged++
    mark.isSnapshot = row.isSnapshot
    mark.receivedAtMs = row.receivedAtMs
    const stamp = state.rows >>> 0
    for (let field = 0; field < fields; field++) if (state.namedIn[field] === stamp) mark.changed[field] = 1
  }

  take(): Pending | null {
    const mark = this.#order.shift()
    if (mark === undefined) return null
    const { state, itemIndex, item, isSnapshot, receivedAtMs, merged } = mark
    mark.merged = 0
    // A row that could not be read has touched the values: they are not to be shown.
    if (state.isSpoiled) return this.take()
    const values = Array.from(mark.changed, (_, field) => state.value(field))
    const changed = Array.from(mark.changed, flag => flag === 1)
    return { row: new OwnedRow({ itemIndex, item, isSnapshot, receivedAtMs, values, changed }), merged }
  }

  clear(itemIndex: number): void {
    this.#order = this.#order.filter(mark => mark.itemIndex !== itemIndex)
    this.#marks.delete(itemIndex)
  }
}

interface ItemMark {
  readonly state: ItemState
  readonly itemIndex: number
  readonly item: string
  readonly changed: Uint8Array
  merged: number
  isSnapshot: boolean
  receivedAtMs: number
}

const NOTHING_MERGED = { merged: 0, isSnapshot: false, receivedAtMs: 0 }

/**
 * One row for each key: a key that came and went meanwhile is not told at all, one that went and came back is an update.
 * Bounded by the keys that the reader knows and those that are there now.
 */
export class CommandConflation implements Conflation {
  readonly #pending = new Map<string, Pending & { readonly isKnown: boolean }>()

  get size(): number {
    return this.#pending.size
  }

  add(row: EntryRow, fields: number): void {
    const name = `${row.itemIndex} ${row.key}`
    const before = this.#pending.get(name)
    const isKnown = before === undefined ? row.command !== 'ADD' : before.isKnown
    if (row.command === 'DELETE' && !isKnown) {
      this.#pending.delete(name)
      return
    }
    const command = row.command === 'DELETE' ? 'DELETE' : isKnown ? 'UPDATE' : 'ADD'
    const next = before === undefined ? OwnedRow.of(row, fields) : joined(before.row, row, fields, command)
    this.#pending.set(name, { row: next, merged: (before?.merged ?? 0) + 1, isKnown })
  }

  take(): Pending | null {
    return takeFirst(this.#pending)
  }

  clear(itemIndex: number): void {
    for (const [name, { row }] of this.#pending) if (row.itemIndex === itemIndex) this.#pending.delete(name)
  }
}

function joined(older: OwnedRow, newer: Row, fields: number, command = newer.command): OwnedRow {
  const { itemIndex, item, isSnapshot, receivedAtMs, key } = newer
  const values = Array.from({ length: fields }, (_, field) => newer.value(field))
  // A key that went and came back in between may have lost a value that the reader still has.
  const changed = values.map((_, field) => older.isChanged(field) || newer.isChanged(field))
  return new OwnedRow({ itemIndex, item, isSnapshot, receivedAtMs, key, command, values, changed })
}

function takeFirst<Key, Kept extends Pending>(pending: Map<Key, Kept>): Kept | null {
  for (const [key, first] of pending) {
    pending.delete(key)
    return first
  }
  return null
}
