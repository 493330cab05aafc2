/**
 * Four bytes of a text at once, as `DataView.getInt32(at, true)` reads them: the first in the lowest eight bits. Two multiplications add up
 * their digits side by side, where digit after digit would have to wait for the one before.
 */
export const ZEROS = 0x30303030

/** @param values four bytes `^ ZEROS`. @returns 0 when all of them are digits; other bits than zero else, which may be put together with those of other words */
export function strays(values: number): number {
  // From 10 on a byte gets its highest bit with this, from 128 on it has it.
  return (values | (values + 0x76767676)) & HIGHEST
}

/** What four digits are worth: tens and ones of each pair first, then the pairs. @param values four digits `^ ZEROS` */
export function fourDigits(values: number): number {
  const pairs = (Math.imul(values, 10 * 256 + 1) >>> 8) & 0x00ff00ff
  return Math.imul(pairs, 100 * 65_536 + 1) >>> 16
}

/** @returns where in the word the first byte of that kind is, from 0 to 3; 4 when none is */
export function placeIn(word: number, byte: number): number {
  const others = word ^ (byte * ONES)
  // The lowest of these bits is of the first byte that is zero; a higher one may be of a byte after it that is not.
  const found = (others - ONES) & ~others & HIGHEST
  return found === 0 ? 4 : (31 - Math.clz32(found & -found)) >> 3
}

/** The bits of so many bytes, the first ones. */
export const firstBytes = (count: number): number => (count >= 4 ? -1 : (1 << (8 * Math.max(0, count))) - 1)

const ONES = 0x01010101
const HIGHEST = 0x80808080 | 0
