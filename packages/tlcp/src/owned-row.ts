import type { Command } from './command-table.ts'
import type { Row } from './subscription.ts'
import { readUnits } from './units.ts'

/** A row that may be kept. */
export class OwnedRow implements Row {
  readonly itemIndex: number
  readonly item: string
  readonly isSnapshot: boolean
  readonly receivedAtMs: number
  readonly key: string | null
  readonly command: Command | null
  readonly values: readonly (string | null)[]
  readonly #changed: readonly boolean[]
  readonly #patches: ReadonlyMap<number, string>

  constructor(parts: RowParts) {
    this.itemIndex = parts.itemIndex
    this.item = parts.item
    this.isSnapshot = parts.isSnapshot
    this.receivedAtMs = parts.receivedAtMs
    this.key = parts.key ?? null
    this.command = parts.command ?? null
    this.values = parts.values
    this.#changed = parts.changed
    this.#patches = parts.patches ?? NO_PATCHES
  }

  static of(row: Row, fields: number): OwnedRow {
    const values = new Array<string | null>(fields)
    const changed = new Array<boolean>(fields)
    let patches: Map<number, string> | undefined
    for (let field = 0; field < fields; field++) {
      values[field] = row.value(field)
      changed[field] = row.isChanged(field)
      const patch = row.jsonPatch(field)
      if (patch === null) continue
      patches ??= new Map()
      patches.set(field, patch)
    }
    const { itemIndex, item, isSnapshot, receivedAtMs, key, command } = row
    return new OwnedRow({ itemIndex, item, isSnapshot, receivedAtMs, key, command, values, changed, patches })
  }

  value(fieldIndex: number): string | null {
    return this.values[fieldIndex] ?? null
  }

  isChanged(fieldIndex: number): boolean {
    return this.#changed[fieldIndex] === true
  }

  units(fieldIndex: number, decimals: number): number | null {
    const text = this.values[fieldIndex]
    if (text === null || text === undefined) return null
    const bytes = Buffer.from(text)
    return readUnits(bytes, 0, bytes.length, decimals)
  }

  changedFields(): readonly number[] {
    return [...this.values.keys()].filter(field => this.isChanged(field))
  }

  jsonPatch(fieldIndex: number): string | null {
    return this.#patches.get(fieldIndex) ?? null
  }

  copy(): OwnedRow {
    return this
  }
}

export interface RowParts {
  readonly itemIndex: number
  readonly item: string
  readonly isSnapshot: boolean
  readonly receivedAtMs: number
  readonly key?: string | null
  readonly command?: Command | null
  readonly values: readonly (string | null)[]
  readonly changed: readonly boolean[]
  readonly patches?: ReadonlyMap<number, string> | undefined
}

const NO_PATCHES: ReadonlyMap<number, string> = new Map()
