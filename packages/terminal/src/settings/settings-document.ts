import { credentialProblems } from './credentials.ts'
import { isJsonObject, type JsonDocument, numberText, readJson } from './json-document.ts'
import { schemaProblems } from './schema-problems.ts'
import type { SettingPath } from './setting-path.ts'
import { SETTINGS_VERSION, type Settings } from './settings.ts'
import { settingsFromFile } from './settings-from-file.ts'
import type { SettingsProblem } from './settings-problem.ts'
import { FILE_SCHEMA } from './settings-schema.ts'

export type ReadDocument =
  | { readonly kind: 'settings'; readonly settings: Settings; readonly document: JsonDocument }
  /** Of an older version: see migration.ts. */
  | { readonly kind: 'older'; readonly version: number; readonly document: JsonDocument }
  | { readonly kind: 'problems'; readonly problems: readonly SettingsProblem[] }

/** Reads the text of a settings file. All that is wrong with it is told at once, in the order of the text. @param file named in problems */
export function readDocument(text: string, file: string): ReadDocument {
  if (text.trim() === '') return problems([{ file, place: null, path: [], words: EMPTY }])
  const document = readJson(text)
  if (document.fault) return problems([{ file, ...document.fault }])
  const version = versionOf(document)
  if (version !== null && version > SETTINGS_VERSION) return problems([tooNew(version, document, file)])
  if (version !== null && version < SETTINGS_VERSION) return { kind: 'older', version, document }
  const read = FILE_SCHEMA.safeParse(document.value)
  const credentials = credentialProblems(document, file)
  const isOfCredential = (path: SettingPath) =>
    credentials.some(({ path: secret }) => secret.every((step, at) => step === path[at]))
  const wrong = read.success ? [] : schemaProblems(FILE_SCHEMA, read.error.issues, document, file)
  const badNames = document.badNames.map(fault => ({ file, ...fault }))
  const all = [...credentials, ...[...badNames, ...wrong].filter(({ path }) => !isOfCredential(path))]
  if (!read.success || all.length > 0) return problems(all)
  return { kind: 'settings', settings: settingsFromFile(read.data), document }
}

const EMPTY =
  'expected settings, but it is empty; remove it to have the defaults, or begin with what scalpdesk config example prints'

function problems(found: readonly SettingsProblem[]): ReadDocument {
  const sorted = found.toSorted(
    (a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0),
  )
  return { kind: 'problems', problems: sorted }
}

/** Null when there is none, or what stands there is no version at all. */
function versionOf({ value }: JsonDocument): number | null {
  const text = isJsonObject(value) ? numberText(value.version) : null
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}

function tooNew(version: number, document: JsonDocument, file: string): SettingsProblem {
  return {
    file,
    path: ['version'],
    place: document.placeOf(['version']),
    words: `expected version ${SETTINGS_VERSION} or older, but got ${version}, which a newer scalpdesk wrote; use that one, or move the file away`,
  }
}
