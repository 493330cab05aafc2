/** The values of one item, updated in place: a row costs no array and no object. */
export interface ItemValues {
  readonly values: (string | null)[]
  /** 1 where the last row named the field. */
  readonly changed: Uint8Array
  /** Rows so far in this subscription of this session. */
  rows: number
}

/** - `bad`: the values can no longer be trusted. - `short`, `long`: readable, with another number of fields than agreed. */
export type RowOutcome = 'good' | 'short' | 'long' | 'bad'

export function emptyItem(fields: number): ItemValues {
  return { values: new Array<string | null>(fields).fill(null), changed: new Uint8Array(fields), rows: 0 }
}

const HASH = 0x23
const DOLLAR = 0x24
const CARET = 0x5e

/**
 * Applies the value list of a `U` line to an item. Source: TLCP specification, "Data updates", decoding algorithm.
 * @param from where the value list starts in the line.
 */
export function applyRow(line: string, from: number, item: ItemValues): RowOutcome {
  const { values, changed } = item
  const fields = values.length
  const isFirst = item.rows === 0
  const length = line.length
  changed.fill(0)
  let field = 0
  let start = from
  for (;;) {
    let end = line.indexOf('|', start)
    if (end === -1) end = length
    if (field >= fields) return finish(item, 'long')
    if (end === start) {
      // Unchanged; there is nothing yet that could be unchanged in a first row.
      if (isFirst) return 'bad'
      field++
    } else {
      const first = line.charCodeAt(start)
      if (first === CARET) {
        const run = readRun(line, start + 1, end)
        // `^P` and `^T` are diffs, which we tell the server not to send.
        if (run === -1 || isFirst) return 'bad'
        field += run
        if (field > fields) return finish(item, 'long')
      } else {
        const value = readValue(line, start, end, first)
        if (value === undefined) return 'bad'
        values[field] = value
        changed[field] = 1
        field++
      }
    }
    if (end === length) break
    start = end + 1
  }
  if (field === fields) return finish(item, 'good')
  return isFirst ? 'bad' : finish(item, 'short')
}

function finish(item: ItemValues, outcome: RowOutcome): RowOutcome {
  item.rows++
  return outcome
}

function readRun(line: string, start: number, end: number): number {
  if (start === end) return -1
  let run = 0
  for (let at = start; at < end; at++) {
    const digit = line.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9 || run > 1_000_000) return -1
    run = run * 10 + digit
  }
  return run
}

/** `undefined`: not decodable. */
function readValue(line: string, start: number, end: number, first: number): string | null | undefined {
  if (end === start + 1) {
    if (first === HASH) return null
    if (first === DOLLAR) return ''
  }
  const text = line.slice(start, end)
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Where the value list of a `U` line starts, with the two numbers before it; `null` when they cannot be read. */
export interface RowHead {
  subId: number
  /** From 1. */
  item: number
  from: number
}

/** Reads `U,<sub>,<item>,` into `head`. Returns whether it could. */
export function readRowHead(line: string, head: RowHead): boolean {
  let at = 2
  let number = 0
  let code = line.charCodeAt(at)
  const subStart = at
  while (code >= 0x30 && code <= 0x39) {
    number = number * 10 + code - 0x30
    code = line.charCodeAt(++at)
  }
  if (code !== 0x2c || at === subStart) return false
  head.subId = number
  number = 0
  const itemStart = ++at
  code = line.charCodeAt(at)
  while (code >= 0x30 && code <= 0x39) {
    number = number * 10 + code - 0x30
    code = line.charCodeAt(++at)
  }
  if (code !== 0x2c || at === itemStart) return false
  head.item = number
  head.from = at + 1
  return true
}
