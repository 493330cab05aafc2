import { join } from 'node:path'
import { systemClock } from '@scalpdesk/sdk'
import type { JsonDocument } from './json-document.ts'
import { migrated } from './migration.ts'
import type { SettingPath } from './setting-path.ts'
import { DEFAULT_SETTINGS, SETTINGS_VERSION, type Settings } from './settings.ts'
import { readDocument } from './settings-document.ts'
import type { Place, SettingsProblem } from './settings-problem.ts'
import { changeSettings, type StorePorts, type Written } from './settings-store.ts'
import { readSettingsText } from './settings-text-file.ts'

/** The settings with where they come from. */
export interface FoundSettings extends Settings {
  readonly from: SettingsSource
}

export interface SettingsSource {
  readonly file: string
  readonly exists: boolean
  /** Of a setting, or of what is around it; null when there is no file. */
  placeOf(path: SettingPath): Place | null
  /** Null when there is no file. */
  readonly document: JsonDocument | null
  /** What was done with the file, in words for the trader; none mostly. */
  readonly notices: readonly string[]
}

export const settingsPath = (home: string): string => join(home, 'settings.json')

/**
 * Reads the settings of the program's folder; without a file they are the defaults. Nothing is taken of a file that has a
 * problem: `isProblem` tells problems from settings. A file of an older version is brought to today's, and kept beside it.
 * @param home `$SCALPDESK_HOME`, or `~/.scalpdesk`
 */
export function readSettings(
  home: string,
  ports: StorePorts = { clock: systemClock },
): FoundSettings | readonly SettingsProblem[] {
  const file = settingsPath(home)
  const found = readSettingsText(file, process.getuid?.() ?? null)
  if (found.kind === 'missing')
    return { ...DEFAULT_SETTINGS, from: { file, exists: false, document: null, notices: [], placeOf: () => null } }
  if (found.kind === 'unusable') return [{ file, place: null, path: [], words: found.words }]
  return settingsIn(found.text, file) ?? migrateFile(home, file, found.text, ports)
}

/** @returns null for a text of an older version. */
function settingsIn(
  text: string,
  file: string,
  notices: readonly string[] = [],
): FoundSettings | readonly SettingsProblem[] | null {
  const read = readDocument(text, file)
  switch (read.kind) {
    case 'problems':
      return read.problems
    case 'older':
      return null
    case 'settings': {
      const { settings, document } = read
      return { ...settings, from: { file, exists: true, document, notices, placeOf: document.placeOf } }
    }
  }
}

/** When the new text cannot be written the settings count all the same: the file is as good as before. */
function migrateFile(
  home: string,
  file: string,
  text: string,
  ports: StorePorts,
): FoundSettings | readonly SettingsProblem[] {
  const read = readDocument(text, file)
  if (read.kind !== 'older') throw new Error(`expected ${file} to be of an older version, but it is ${read.kind}`)
  const today = migrated(read.document, file)
  if (today.kind === 'problems') return today.problems
  const backup = `${file}.version-${read.version}`
  const written = changeSettings(
    home,
    // Another process may have brought it up to date meanwhile; then there is nothing left to do.
    now => (now === text ? { kind: 'text', text: today.text, backup } : { kind: 'unchanged' }),
    ports,
  )
  const old = `${file} is of version ${read.version} and is read as version ${SETTINGS_VERSION}`
  return settingsIn(today.text, file, migrationNotices(written, old, backup)) ?? []
}

function migrationNotices(written: Written, old: string, backup: string): readonly string[] {
  switch (written.kind) {
    case 'written':
      return [`${old} from now on; what it was is kept in ${backup}`]
    case 'refused':
    case 'busy':
      return [`${old}, but stays as it is: ${written.words}`]
    case 'unchanged':
      return []
  }
}
