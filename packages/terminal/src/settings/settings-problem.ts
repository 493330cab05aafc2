import { pathText, type SettingPath } from './setting-path.ts'

/** Something in the settings file that cannot be taken as it is. */
export interface SettingsProblem {
  readonly file: string
  /** From 1; null when it is about the file as a whole. */
  readonly place: Place | null
  /** The field; empty when it is about all of the text. */
  readonly path: SettingPath
  /** `expected …, but got …; do …`, without the field. */
  readonly words: string
}

/** Line and column from 1; a column counts UTF-16 units, as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** One sentence: `FILE:LINE:COLUMN: FIELD: WORDS`. */
export function problemText(problem: SettingsProblem): string {
  const { file, place } = problem
  return `${place ? `${file}:${place.line}:${place.column}` : file}: ${fieldText(problem)}`
}

/** The same without the place: `FIELD: WORDS`. */
export function fieldText({ path, words }: Pick<SettingsProblem, 'path' | 'words'>): string {
  return path.length === 0 ? words : `${pathText(path)}: ${words}`
}

export const isProblem = (value: object): value is readonly SettingsProblem[] => Array.isArray(value)
