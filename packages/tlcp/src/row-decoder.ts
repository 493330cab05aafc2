import { type ItemState, SLOT_BYTES } from './item-state.ts'
import { applyJsonPatch } from './json-patch.ts'
import { nextLine } from './line-reader.ts'
import { applyTextDiff } from './text-diff.ts'

/** - `bad`: the values can no longer be trusted. - `short`, `long`: readable, with another number of fields than agreed. */
export type RowOutcome = 'good' | 'short' | 'long' | 'bad'

const LF = 0x0a
const CR = 0x0d
const HASH = 0x23
const DOLLAR = 0x24
const PERCENT = 0x25
const COMMA = 0x2c
const ZERO = 0x30
const CAPITAL_P = 0x50
const CAPITAL_T = 0x54
const CARET = 0x5e
const BAR = 0x7c

/** Reads `U` lines from bytes. One for each connection: what a read leaves is in its fields. */
export class RowDecoder {
  subId = 0
  /** From 1. */
  item = 0
  /** After `head`: where the value list starts. After `values`: where the next line starts. */
  at = 0

  /** Reads `U,<sub>,<item>,`. Returns whether it could. */
  head(bytes: Uint8Array, start: number): boolean {
    let at = start + 2
    let number = 0
    let digit = bytes[at]! - ZERO
    const subStart = at
    while (digit >= 0 && digit <= 9) {
      number = number * 10 + digit
      digit = bytes[++at]! - ZERO
    }
    if (bytes[at] !== COMMA || at === subStart) return false
    this.subId = number
    number = 0
    const itemStart = ++at
    digit = bytes[at]! - ZERO
    while (digit >= 0 && digit <= 9) {
      number = number * 10 + digit
      digit = bytes[++at]! - ZERO
    }
    if (bytes[at] !== COMMA || at === itemStart) return false
    this.item = number
    this.at = at + 1
    return true
  }

  /**
   * Applies the value list to an item. Source: TLCP specification, "Data updates", decoding algorithm.
   * @param end of whole lines: there is a line end before it.
   */
  values(bytes: Uint8Array, end: number, state: ItemState): RowOutcome {
    const { fields, slots, lengths, texts, namedIn } = state
    const isFirst = state.rows === 0
    const row = ++state.rows >>> 0
    if (state.patches !== null) state.patches = null
    let at = this.at
    let field = 0
    for (;;) {
      // One empty token after the last field is already one too many.
      if (field >= fields) return this.#end('long', bytes, at, end)
      const start = at
      const first = bytes[at]!
      let code = first
      if (first === CARET) {
        while (!isTokenEnd(bytes, at, code)) code = bytes[++at]!
        const taken = isFirst ? -1 : applySpecial(bytes, start + 1, at, state, field)
        if (taken === -1) return this.#spoil(state, bytes, at, end)
        field += taken
        if (field > fields) return this.#end('long', bytes, at, end)
      } else {
        const slot = field * SLOT_BYTES
        let length = 0
        let isPlain = true
        for (;;) {
          if (IS_PLAIN[code] === 0) {
            if (isTokenEnd(bytes, at, code)) break
            if (code !== CR) isPlain = false
          }
          if (length < SLOT_BYTES) slots[slot + length] = code
          length++
          code = bytes[++at]!
        }
        if (length === 0) {
          // Unchanged; there is nothing yet that could be unchanged in a first row.
          if (isFirst) return this.#spoil(state, bytes, at, end)
        } else {
          namedIn[field] = row
          if (length === 1 && (first === HASH || first === DOLLAR)) {
            state.setText(field, first === HASH ? null : '')
          } else if (isPlain && length <= SLOT_BYTES) {
            texts[field] = undefined
            lengths[field] = length
          } else {
            const text = decodeValue(bytes, start, at)
            if (text === null) return this.#spoil(state, bytes, at, end)
            state.setText(field, text)
          }
        }
        field++
      }
      if (code !== BAR) break
      at++
    }
    this.at = at + 2
    if (field === fields) return 'good'
    if (!isFirst) return 'short'
    state.isSpoiled = true
    return 'bad'
  }

  #spoil(state: ItemState, bytes: Uint8Array, at: number, end: number): RowOutcome {
    state.isSpoiled = true
    return this.#end('bad', bytes, at, end)
  }

  #end(outcome: RowOutcome, bytes: Uint8Array, at: number, end: number): RowOutcome {
    this.at = nextLine(bytes, at, end)
    return outcome
  }
}

/** All but what ends a value, or is written in another way than it is. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, code) =>
  code === BAR || code === CR || code === PERCENT || code >= 0x80 ? 0 : 1,
)

function isTokenEnd(bytes: Uint8Array, at: number, code: number): boolean {
  return code === BAR || (code === CR && bytes[at + 1] === LF)
}

/** A token that began with `^`. Returns how many fields it stands for, or -1 when it cannot be read. */
function applySpecial(bytes: Uint8Array, from: number, to: number, state: ItemState, field: number): number {
  const kind = bytes[from]
  if (kind !== CAPITAL_P && kind !== CAPITAL_T) return readRun(bytes, from, to)
  const text = decodeValue(bytes, from + 1, to)
  const old = state.value(field)
  if (text === null || old === null) return -1
  const value = kind === CAPITAL_P ? applyJsonPatch(old, text) : applyTextDiff(old, text)
  if (value === null) return -1
  if (kind === CAPITAL_P) {
    state.patches ??= new Map()
    state.patches.set(field, text)
  }
  state.setText(field, value)
  state.namedIn[field] = state.rows >>> 0
  return 1
}

/** The digits of `^N`: that many fields are unchanged. */
function readRun(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return -1
  let run = 0
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - ZERO
    if (digit < 0 || digit > 9 || run > 1_000_000) return -1
    run = run * 10 + digit
  }
  return run
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `null`: not decodable. */
function decodeValue(bytes: Uint8Array, from: number, to: number): string | null {
  try {
    const text = UTF8.decode(bytes.subarray(from, to))
    return text.includes('%') ? decodeURIComponent(text) : text
  } catch {
    return null
  }
}
