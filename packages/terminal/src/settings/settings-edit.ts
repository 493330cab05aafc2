import { applyEdits, modify } from 'jsonc-parser'
import { type JsonValue, readJson } from './json-document.ts'
import { isSameJson, jsonText } from './json-text.ts'
import { settingAt } from './setting-key.ts'
import { pathText, type SettingPath } from './setting-path.ts'
import { SETTINGS_VERSION } from './settings.ts'
import { readDocument } from './settings-document.ts'
import { fieldText } from './settings-problem.ts'

/** The text with one setting changed, or why it cannot be: one sentence for each reason. */
export type Edited =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** What a file holds at first. */
export const NEW_FILE = `{\n  "version": ${SETTINGS_VERSION}\n}\n`

/**
 * Sets one setting in the text of a file; comments and all other settings stay as they are.
 * @param written JSON, or a bare text: `net` is the same as `"net"`
 */
export function withSetting(text: string, path: SettingPath, written: string): Edited {
  const json = readJson(written)
  const values = json.fault === null && json.badNames.length === 0 ? [json.value, written] : [written]
  const tries = values.map(value => withValue(text, path, value))
  return tries.find(({ kind }) => kind === 'text') ?? tries[0] ?? refused([])
}

/** Takes a setting out of the text, so that its default counts. */
export function withoutSetting(text: string, path: SettingPath): Edited {
  const eol = eolOf(text)
  const edits = modify(text, [...path], undefined, { formattingOptions: { ...FORMAT, eol } })
  return checked(applyEdits(text, edits), path, undefined)
}

function withValue(text: string, path: SettingPath, value: JsonValue): Edited {
  const eol = eolOf(text)
  const edits = modify(text, [...path], PLACEHOLDER, { formattingOptions: { ...FORMAT, eol } })
  // The editor would write a number as a float.
  const source = jsonText(value, '  '.repeat(path.length)).replaceAll('\n', eol)
  const exact = edits.map(edit => ({
    ...edit,
    content: edit.content.replace(JSON.stringify(PLACEHOLDER), () => source),
  }))
  return checked(applyEdits(text, exact), path, value)
}

/** The text before was checked, so whatever is wrong now comes from the change. */
function checked(text: string, path: SettingPath, value: JsonValue | undefined): Edited {
  const read = readDocument(text, 'settings.json')
  if (read.kind === 'problems') return refused(read.problems.map(fieldText))
  const now = settingAt(readJson(text).value, path)
  const isDone = value === undefined ? true : now !== undefined && isSameJson(now, value)
  return read.kind === 'settings' && isDone
    ? { kind: 'text', text }
    : refused([
        `${pathText(path)}: expected to change it alone, but the text around it does not let that; use scalpdesk config edit`,
      ])
}

const refused = (problems: readonly string[]): Edited => ({ kind: 'refused', problems })

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

/** Stands for the value while the place for it is made. */
const PLACEHOLDER = '\uE000'
const FORMAT = { tabSize: 2, insertSpaces: true }
