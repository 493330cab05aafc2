import { join } from 'node:path'
import type { JsonDocument } from './json-document.ts'
import type { SettingPath } from './setting-path.ts'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'
import { readDocument } from './settings-document.ts'
import type { Place, SettingsProblem } from './settings-problem.ts'
import { readSettingsText } from './settings-text-file.ts'

/** The settings with where they come from. */
export interface FoundSettings extends Settings {
  readonly from: SettingsSource
}

export interface SettingsSource {
  readonly file: string
  /** Of a setting; null when there is no file. */
  placeOf(path: SettingPath): Place | null
  /** What was done with the file, in words for the trader; none mostly. */
  readonly notices: readonly string[]
}

export const settingsPath = (home: string): string => join(home, 'settings.json')

/**
 * Reads the settings of the program's folder; without a file they are the defaults. Nothing is taken of a file that has a
 * problem: `isProblem` tells problems from settings.
 * @param home `$SCALPDESK_HOME`, or `~/.scalpdesk`
 */
export function readSettings(home: string): FoundSettings | readonly SettingsProblem[] {
  const file = settingsPath(home)
  const found = readSettingsText(file, process.getuid?.() ?? null)
  if (found.kind === 'missing') return { ...DEFAULT_SETTINGS, from: { file, notices: [], placeOf: () => null } }
  if (found.kind === 'unusable') return [{ file, place: null, path: [], words: found.words }]
  const read = readDocument(found.text, file)
  if (read.kind === 'problems') return read.problems
  if (read.kind === 'older')
    return [{ file, place: null, path: ['version'], words: `expected version 1, but got ${read.version}` }]
  return { ...read.settings, from: sourceOf(file, read.document) }
}

function sourceOf(file: string, { placeOf }: JsonDocument): SettingsSource {
  return { file, placeOf, notices: [] }
}
