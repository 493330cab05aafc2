import { join } from 'node:path'
import type { JsonDocument } from './json-document.ts'
import type { SettingPath } from './setting-path.ts'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'
import type { Place } from './settings-problem.ts'

/** The settings with where they come from. */
export interface FoundSettings extends Settings {
  readonly from: SettingsSource
}

interface SettingsSource {
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

/** What counts where there is no such file. */
export const settingsWithout = (file: string): FoundSettings => ({
  ...DEFAULT_SETTINGS,
  from: { file, exists: false, document: null, notices: [], placeOf: () => null },
})
