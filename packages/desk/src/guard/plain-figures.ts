import { Decimal } from '@scalpdesk/sdk'

/** Reading plain data that a journal or a config holds. Each error names the field, what was expected and what was found. */

export type Plain = Readonly<Record<string, unknown>>

/** @throws when it is no object */
export function plainObject(value: unknown, where: string): Plain {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Plain
  throw wrong(where, 'an object', value)
}

/** @throws when it is no list */
export function plainList(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw wrong(where, 'a list', value)
}

/** @throws when it is no finite number */
export function plainNumber(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw wrong(where, 'a number', value)
}

/** @throws when it is no text */
export function plainText(value: unknown, where: string): string {
  if (typeof value === 'string') return value
  throw wrong(where, 'text', value)
}

/** @throws when it is neither true nor false */
export function plainFlag(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value
  throw wrong(where, 'true or false', value)
}

/** @throws when it is not a decimal number as text */
export function plainFigure(value: unknown, where: string): Decimal {
  if (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)) return new Decimal(value)
  throw wrong(where, 'a decimal number as text', value)
}

/** @throws what `read` throws */
export function orNull<T>(value: unknown, read: (value: unknown, where: string) => T, where: string): T | null {
  return value === null ? null : read(value, where)
}

/** @throws when it is none of the words */
export function plainWord<Word extends string>(value: unknown, words: readonly Word[], where: string): Word {
  const word = words.find(each => each === value)
  if (word !== undefined) return word
  throw wrong(where, words.join(', '), value)
}

const wrong = (where: string, wanted: string, got: unknown): Error =>
  new Error(`expected ${wanted} in ${where}, but got ${JSON.stringify(got)?.slice(0, 40)}; correct it`)
