import { profileTable } from '../keys/key-table.ts'
import { settingsPath, settingsWithout } from '../settings/found-settings.ts'
import { readSettingsText } from '../settings/settings-text-file.ts'
import type { StartSettings } from './start-settings.ts'

/**
 * The trader's settings. Without a file, which is how everybody begins, what would check one is not loaded.
 * @throws ExitError that tells every problem, a line each
 */
export async function foundStartSettings(home: string): Promise<StartSettings> {
  const file = settingsPath(home)
  const settings = settingsWithout(file)
  const isMissing = readSettingsText(file, process.getuid?.() ?? null).kind === 'missing'
  if (isMissing) return { settings, table: profileTable(settings.keys.profile) }
  const { startSettings } = await import('./start-settings.ts')
  return startSettings(home)
}
