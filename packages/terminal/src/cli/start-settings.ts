import { EXIT, ExitError } from '../exit-status.ts'
import { type KeyTable, keyTable } from '../keys/key-table.ts'
import { type FoundSettings, readSettings, settingsPath } from '../settings/read-settings.ts'
import { isProblem, problemText } from '../settings/settings-problem.ts'

/** The trader's settings, and the keys that they bind. */
export interface StartSettings {
  readonly settings: FoundSettings
  readonly table: KeyTable
}

/** @throws ExitError that tells every problem, a line each */
export function startSettings(home: string): StartSettings {
  const settings = readSettings(home)
  if (isProblem(settings)) throw new ExitError(EXIT.usage, settings.map(problemText).join('\n'))
  const made = keyTable(settings.keys)
  if (made.kind === 'table') return { settings, table: made.table }
  const file = settingsPath(home)
  throw new ExitError(EXIT.usage, made.problems.map(problem => `${file}: keys: ${problem}`).join('\n'))
}
