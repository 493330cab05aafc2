import { InvalidInputError } from '../errors.ts'
import { type Epic, epic } from '../ids.ts'

// Types end at run time: what a caller gives is looked at once more before anything is sent.

/** @throws {InvalidInputError} when there is nothing in it. */
export function filledText(what: string, text: string, advice: string): string {
  if (typeof text === 'string' && text.trim() !== '') return text
  throw new InvalidInputError(`expected ${what}, but got ${shown(text)}; ${advice}`)
}

/**
 * A part of a path. Nothing, `.` and `..` would make it the path of something else.
 * @throws {InvalidInputError}
 */
export function pathPart(what: string, text: string, advice: string): string {
  if (/^\.{1,2}$/.test(filledText(what, text, advice).trim())) {
    throw new InvalidInputError(`expected ${what}, but got ${shown(text)}; ${advice}`)
  }
  return text
}

/** Each once, in their order. @throws {InvalidInputError} when there is none, or one cannot be an epic. */
export function checkedEpics(epics: readonly Epic[]): readonly Epic[] {
  if (epics.length === 0) throw new InvalidInputError('expected at least one epic, but got none; name the markets')
  return [...new Set(epics.map(epic))]
}

/** @throws {InvalidInputError} */
export function wholeNumberIn(what: string, value: number, min: number, max: number): number {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value
  throw new InvalidInputError(`expected ${what} of ${min} to ${max}, but got ${shown(value)}; correct it`)
}

/** The first instant of the year 10 000. */
const END_MS = 253_402_300_800_000

/** @throws {InvalidInputError} when it is no time that IG's formats can say. */
export function instantMs(what: string, value: number): number {
  if (typeof value === 'number' && value >= 0 && value < END_MS) return value
  throw new InvalidInputError(`expected ${what} in milliseconds since 1970, but got ${shown(value)}; correct it`)
}

/** @throws {InvalidInputError} when the first is after the second. */
export function inOrder(fromMs: number, toMs: number): void {
  if (fromMs <= toMs) return
  throw new InvalidInputError(`expected fromMs at or before toMs, but got ${fromMs} and ${toMs}; exchange them`)
}

/** `list` in parts of at most `size`. */
export function chunksOf<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / size)
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size))
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
