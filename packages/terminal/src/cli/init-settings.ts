import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { isJsonObject, type JsonValue } from '../settings/json-document.ts'
import { isSameJson, lineText } from '../settings/json-text.ts'
import { type FoundSettings, readSettings } from '../settings/read-settings.ts'
import type { SettingPath } from '../settings/setting-path.ts'
import type { Settings } from '../settings/settings.ts'
import { NEW_FILE, withSetting } from '../settings/settings-edit.ts'
import { isProblem, problemText } from '../settings/settings-problem.ts'
import { changeSettings } from '../settings/settings-store.ts'
import { fileFromSettings } from '../settings/settings-to-file.ts'

/** @throws ExitError that tells every problem, a line each */
export function settingsOf(home: string): FoundSettings {
  const found = readSettings(home)
  if (isProblem(found)) throw new ExitError(EXIT.usage, found.map(problemText).join('\n'))
  return found
}

/** Which of these are not as they were. */
export function changedPaths(before: Settings, after: Settings, paths: readonly SettingPath[]): readonly SettingPath[] {
  const [old, file] = [fileFromSettings(before), fileFromSettings(after)]
  return paths.filter(path => !isSameJson(valueAt(old, path), valueAt(file, path)))
}

/** Writes these settings into the file, and leaves all else in it as it is. @throws ExitError when it cannot be written */
export function keepSettings(home: string, settings: Settings, paths: readonly SettingPath[]): void {
  const file = fileFromSettings(settings)
  let refusal: string | null = null
  const written = changeSettings(
    home,
    text => {
      let changed = text ?? NEW_FILE
      for (const path of paths) {
        const edited = withSetting(changed, path, lineText(valueAt(file, path)))
        if (edited.kind === 'refused') {
          refusal = edited.problems.join('; ')
          return { kind: 'unchanged' }
        }
        changed = edited.text
      }
      return changed === text ? { kind: 'unchanged' } : { kind: 'text', text: changed }
    },
    { clock: systemClock },
  )
  if (refusal !== null) throw new ExitError(EXIT.failed, refusal)
  if (written.kind === 'refused' || written.kind === 'busy') throw new ExitError(EXIT.failed, written.words)
}

function valueAt(file: JsonValue, path: SettingPath): JsonValue {
  return path.reduce<JsonValue>((value, step) => (isJsonObject(value) ? (value[step] ?? null) : null), file)
}
