import { readJson } from './json-document.ts'
import { withoutValueAt, withValueAt } from './json-edit.ts'
import type { SettingPath } from './setting-path.ts'
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
  const tries = values.map(value => checked(withValueAt(text, path, value)))
  return tries.find(({ kind }) => kind === 'text') ?? tries[0] ?? refused([])
}

/** Takes a setting out of the text, so that its default counts. */
export function withoutSetting(text: string, path: SettingPath): Edited {
  return checked(withoutValueAt(text, path))
}

/** The text before was checked, so whatever is wrong now comes from the change. */
function checked(text: string): Edited {
  const read = readDocument(text, 'settings.json')
  switch (read.kind) {
    case 'settings':
      return { kind: 'text', text }
    case 'problems':
      return refused(read.problems.map(fieldText))
    case 'older':
      return refused([`version: expected version ${SETTINGS_VERSION}, but got ${read.version}; leave it as it is`])
  }
}

const refused = (problems: readonly string[]): Edited => ({ kind: 'refused', problems })
