import { systemClock } from '@scalpdesk/sdk'
import { type FoundSettings, settingsPath, settingsWithout } from './found-settings.ts'
import { migrated } from './migration.ts'
import { SETTINGS_VERSION } from './settings.ts'
import { readDocument } from './settings-document.ts'
import type { SettingsProblem } from './settings-problem.ts'
import { changeSettings, type StorePorts, type Written } from './settings-store.ts'
import { readSettingsText } from './settings-text-file.ts'

export { type FoundSettings, settingsPath }

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
  if (found.kind === 'missing') return settingsWithout(file)
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
