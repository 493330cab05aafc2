import { systemClock } from '@scalpdesk/sdk'
import { EXIT, ExitError } from '../exit-status.ts'
import { printable, printableJson } from '../printable.ts'
import { isJsonObject, type JsonDocument, type JsonValue } from '../settings/json-document.ts'
import { jsonText, lineText } from '../settings/json-text.ts'
import { type FoundSettings, readSettings, settingsPath } from '../settings/read-settings.ts'
import { findKey, settingAt } from '../settings/setting-key.ts'
import { pathText, type SettingPath } from '../settings/setting-path.ts'
import { SETTINGS_VERSION, type Settings } from '../settings/settings.ts'
import { readDocument } from '../settings/settings-document.ts'
import { type Edited, NEW_FILE, withoutSetting, withSetting } from '../settings/settings-edit.ts'
import { exampleText } from '../settings/settings-example.ts'
import { isProblem, problemText, type SettingsProblem } from '../settings/settings-problem.ts'
import { changeSettings } from '../settings/settings-store.ts'
import { fileFromSettings } from '../settings/settings-to-file.ts'
import { runConfigEdit } from './config-edit.ts'
import { homeFolder } from './home-folder.ts'

/** What `scalpdesk config …` asks for. */
export type ConfigRequest =
  | { readonly kind: 'path' | 'edit' | 'example' }
  | { readonly kind: 'check'; readonly json: boolean }
  | { readonly kind: 'get'; readonly key: string | null; readonly json: boolean }
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  | { readonly kind: 'unset'; readonly key: string }

/** @returns the exit status; what is wrong with the file is on stderr then, a line for each problem. */
export async function runConfig(request: ConfigRequest): Promise<number> {
  const home = homeFolder()
  switch (request.kind) {
    case 'path':
      return print(settingsPath(home))
    case 'example':
      return print(exampleText().trimEnd())
    case 'edit':
      return runConfigEdit(home)
    case 'check':
      return check(home, request.json)
    case 'get':
      return get(home, request.key, request.json)
    case 'set':
      return change(home, request.key, (text, path) => withSetting(text, path, request.value))
    case 'unset':
      return change(home, request.key, withoutSetting)
  }
}

function check(home: string, json: boolean): number {
  const found = readSettings(home)
  const file = settingsPath(home)
  const problems = isProblem(found) ? found : []
  if (!isProblem(found)) tellNotices(found)
  const exists = isProblem(found) || found.from.exists
  if (json) {
    const rows = problems.map(({ path, place, words }) => ({ path: pathText(path), ...place, words }))
    print(printableJson({ file, exists, ok: problems.length === 0, problems: rows }))
  } else if (problems.length === 0)
    print(`${file}: ${exists ? 'whole, and nothing wrong with it' : 'not there, so the defaults count'}`)
  tellProblems(problems)
  return problems.length === 0 ? EXIT.done : EXIT.failed
}

function get(home: string, key: string | null, json: boolean): number {
  const found = readSettings(home)
  if (isProblem(found)) return tellProblems(found)
  tellNotices(found)
  const settings = allSettings(found, found.from.document)
  if (key === null) return print(json ? lineText(settings) : jsonText(settings))
  const path = pathOf(key, settings)
  const value = settingAt(settings, path)
  if (value === undefined)
    throw new ExitError(
      EXIT.failed,
      `expected ${pathText(path)} to be set, but it is not; scalpdesk config set sets it`,
    )
  if (json) return print(lineText({ key: pathText(path), value, isDefault: !isInFile(found, path) }))
  return print(typeof value === 'string' ? printable(value) : jsonText(value))
}

/** Says what a setting was and is. Nothing is written that the check has something against. */
async function change(home: string, key: string, edit: (text: string, path: SettingPath) => Edited): Promise<number> {
  const found = readSettings(home)
  if (isProblem(found)) return tellProblems(found)
  tellNotices(found)
  const file = settingsPath(home)
  let path: SettingPath = pathOf(key, allSettings(found, found.from.document))
  let refusals: readonly string[] = []
  let [before, after]: readonly (string | null)[] = [null, null]
  const tryOnce = () =>
    changeSettings(
      home,
      text => {
        // Read anew: another process may have changed it since.
        const base = text ?? NEW_FILE
        path = pathOf(key, settingsIn(base, file))
        const edited = edit(base, path)
        refusals = edited.kind === 'refused' ? edited.problems : []
        if (edited.kind === 'refused') return { kind: 'unchanged' }
        before = shownSetting(base, file, path)
        after = shownSetting(edited.text, file, path)
        return edited.text === text ? { kind: 'unchanged' } : edited
      },
      { clock: systemClock },
    )
  let written = tryOnce()
  for (let waits = 0; written.kind === 'busy' && waits < MOST_WAITS; waits++) {
    await pause()
    written = tryOnce()
  }
  if (refusals.length > 0) {
    tell(refusals)
    return EXIT.usage
  }
  if (written.kind === 'refused' || written.kind === 'busy') throw new ExitError(EXIT.failed, written.words)
  return print(`${pathText(path)}: ${before === after ? `${after}, as before` : `${before} → ${after}`}`)
}

/** Our choices: five seconds, far longer than anybody writes. */
const MOST_WAITS = 200
const WAIT_MS = 25

const pause = (): Promise<void> =>
  new Promise(resolve => void systemClock.at(systemClock.monotonicMs() + WAIT_MS, resolve))

/** @throws ExitError for a text that has become wrong since it was checked. */
function settingsIn(text: string, file: string): JsonValue {
  const read = readDocument(text, file)
  if (read.kind === 'settings') return allSettings(read.settings, read.document)
  throw new ExitError(EXIT.failed, `expected ${file} to stay as it was checked, but it was changed; try again`)
}

/** Everything as it stands in a file, with what is about the file itself. */
function allSettings(settings: Settings, document: JsonDocument | null): JsonValue {
  const { $schema, version = Symbol(String(SETTINGS_VERSION)) } = isJsonObject(document?.value) ? document.value : {}
  return { ...($schema !== undefined && { $schema }), version, ...fileFromSettings(settings) }
}

/** What counts, and whether the file says so. */
function shownSetting(text: string, file: string, path: SettingPath): string {
  const value = settingAt(settingsIn(text, file), path)
  if (value === undefined) return 'not set'
  const read = readDocument(text, file)
  const isSet = read.kind === 'settings' && read.document.sourceOf(path) !== null
  return isSet ? lineText(value) : `${lineText(value)} (default)`
}

function isInFile({ from }: FoundSettings, path: SettingPath): boolean {
  return from.document?.sourceOf(path) != null
}

function pathOf(key: string, settings: JsonValue): SettingPath {
  const found = findKey(key, settings)
  if (found.kind === 'path') return found.path
  throw new ExitError(EXIT.usage, found.words)
}

function tellProblems(problems: readonly SettingsProblem[]): number {
  tell(problems.map(problemText))
  return EXIT.failed
}

function tellNotices({ from }: FoundSettings): void {
  tell(from.notices)
}

function tell(sentences: readonly string[]): void {
  for (const sentence of sentences) process.stderr.write(`scalpdesk: ${printable(sentence)}\n`)
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return EXIT.done
}
