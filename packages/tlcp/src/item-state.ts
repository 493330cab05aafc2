import { readUnits } from './units.ts'

/** Bytes kept of a field as they came; our choice: prices, sizes and times fit. Longer values are kept as texts. */
export const SLOT_BYTES = 24
/** In `lengths`: the field is in `texts`, not in its slot. */
const IN_TEXTS = 0xff

/**
 * The present values of one item, updated in place: a row costs no array and no object, and a text is made only of a
 * field that is read.
 */
export class ItemState {
  readonly fields: number
  /** Rows so far in this subscription of this session. */
  rows = 0
  /** `SLOT_BYTES` for each field. */
  readonly slots: Buffer
  readonly lengths: Uint8Array
  /** `undefined`: not made from the slot yet. */
  readonly texts: (string | null | undefined)[]
  /** The row (its number, in 32 bits) that named the field last. */
  readonly namedIn: Uint32Array
  /** A row that cannot be read has touched the values: none of them is to be trusted any more. */
  isSpoiled = false
  /** JSON Patch texts of the present row; `null` when it brought none. */
  patches: Map<number, string> | null = null

  constructor(fields: number) {
    this.fields = fields
    this.slots = Buffer.alloc(fields * SLOT_BYTES)
    this.lengths = new Uint8Array(fields).fill(IN_TEXTS)
    this.texts = new Array<string | null | undefined>(fields).fill(null)
    this.namedIn = new Uint32Array(fields)
  }

  value(field: number): string | null {
    const text = this.texts[field]
    if (text !== undefined) return text
    const length = this.lengths[field]
    if (length === undefined) return null
    const from = field * SLOT_BYTES
    const made = this.slots.toString('latin1', from, from + length)
    this.texts[field] = made
    return made
  }

  isChanged(field: number): boolean {
    return this.rows > 0 && this.namedIn[field] === this.rows >>> 0
  }

  /** See `Row.units`. */
  units(field: number, decimals: number): number | null {
    const length = this.lengths[field]
    if (length === undefined) return null
    if (length !== IN_TEXTS) return readUnits(this.slots, field * SLOT_BYTES, length, decimals)
    const text = this.texts[field]
    if (text === null || text === undefined) return null
    const bytes = Buffer.from(text, 'latin1')
    return readUnits(bytes, 0, bytes.length, decimals)
  }

  setText(field: number, text: string | null): void {
    this.texts[field] = text
    this.lengths[field] = IN_TEXTS
  }
}
