/**
 * A place in the bytes of a tape, moved on field by field. Reading numbers from bytes spares the texts in between, which would
 * be most of a tick's cost.
 */
export interface LineCursor {
  bytes: Uint8Array
  at: number
}

/** A cursor that holds the quote that was read last, so that it takes no object of its own. */
export interface QuoteCursor extends LineCursor {
  epic: string
  atMs: number
  bidUnits: number
  offerUnits: number
}

/** At a place, before any quote was read. */
export const quoteCursor = (bytes: Uint8Array, at: number): QuoteCursor => ({
  bytes,
  at,
  epic: '',
  atMs: 0,
  bidUnits: 0,
  offerUnits: 0,
})

/** Reads a whole number of at most 15 digits, which is a safe one. @returns -1 when none begins here. */
export function takeWhole(cursor: LineCursor): number {
  const { bytes } = cursor
  const from = cursor.at
  let at = from
  // Two parts of less than 32 bits each: a processor adds those several times as fast as doubles.
  let value = 0
  for (; at < from + PART_DIGITS; at++) {
    const digit = bytes[at]! - ZERO
    if (!(digit >= 0 && digit <= 9)) break
    value = value * 10 + digit
  }
  if (at === from) return -1
  if (at === from + PART_DIGITS) {
    let rest = 0
    for (; at <= from + MOST_DIGITS; at++) {
      const digit = bytes[at]! - ZERO
      if (!(digit >= 0 && digit <= 9)) break
      if (at < from + MOST_DIGITS) rest = rest * 10 + digit
    }
    if (at > from + MOST_DIGITS) return -1
    value = value * TENS[at - from - PART_DIGITS]! + rest
  }
  cursor.at = at
  return value
}

/**
 * Reads milliseconds since 1970 into the cursor, which takes no number of its own for them: thirteen digits, as from 2001 to 2286, at once,
 * and any other whole number one by one. @returns whether one begins here
 */
export function takeEpochMs(cursor: QuoteCursor): boolean {
  const { bytes, at } = cursor
  if (at + EPOCH_DIGITS < bytes.length) {
    const first = fourDigits(bytes, at)
    const second = fourDigits(bytes, at + 4)
    const third = fourDigits(bytes, at + 8)
    const last = bytes[at + 12]! - ZERO
    const after = bytes[at + EPOCH_DIGITS]! - ZERO
    const isWhole = last >= 0 && last <= 9 && !(after >= 0 && after <= 9)
    if (first >= 0 && second >= 0 && third >= 0 && isWhole) {
      cursor.at = at + EPOCH_DIGITS
      cursor.atMs = (first * 10_000 + second) * 100_000 + third * 10 + last
      return true
    }
  }
  cursor.atMs = takeWhole(cursor)
  return cursor.atMs >= 0
}

/** @returns a number below zero unless all four are digits */
function fourDigits(bytes: Uint8Array, at: number): number {
  const a = bytes[at]!
  const b = bytes[at + 1]!
  const c = bytes[at + 2]!
  const d = bytes[at + 3]!
  const strays = (a - ZERO) | (NINE - a) | (b - ZERO) | (NINE - b) | (c - ZERO) | (NINE - c) | (d - ZERO) | (NINE - d)
  return strays < 0 ? -1 : a * 1000 + b * 100 + c * 10 + d - ZERO * 1111
}

/** Reads a plain decimal as whole units of 10^-`decimals`. @returns -1 for what is none, is finer, or has too many digits. */
export function takeUnits(cursor: LineCursor, decimals: number): number {
  const { bytes } = cursor
  const from = cursor.at
  let at = from
  let value = 0
  let fraction = -1
  for (;;) {
    const byte = bytes[at]!
    const digit = byte - ZERO
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit
      if (fraction >= 0) fraction++
    } else if (byte === DOT && fraction < 0 && at > from) fraction = 0
    else break
    at++
  }
  const missing = decimals - Math.max(fraction, 0)
  if (at === from || fraction === 0 || missing < 0 || at - from + missing > MOST_DIGITS) return -1
  cursor.at = at
  return missing === 0 ? value : value * 10 ** missing
}

/** Steps over one byte. @returns false when another stands here. */
export function takeByte(cursor: LineCursor, byte: number): boolean {
  if (cursor.bytes[cursor.at] !== byte) return false
  cursor.at++
  return true
}

/** Steps over everything up to the end of the line, and stands on its line feed then. */
export function passLine(cursor: LineCursor): void {
  const { bytes } = cursor
  let { at } = cursor
  while (at < bytes.length && bytes[at] !== LINE_FEED) at++
  cursor.at = at
}

export const COMMA = 44
export const MINUS = 45
export const LINE_FEED = 10
export const CARRIAGE_RETURN = 13
export const DOT = 46
const ZERO = 48
const NINE = 57
/** Every number of so many digits is a safe integer. */
const MOST_DIGITS = 15
const PART_DIGITS = 8
const EPOCH_DIGITS = 13
/** 10 to the place. */
export const TENS: readonly number[] = [
  1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]
/** Bytes of a line; a longer one is none of ours, and is cut off instead of being held in memory. */
export const LONGEST_LINE = 64 * 1024
