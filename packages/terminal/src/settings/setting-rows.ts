import type { JsonValue } from './json-document.ts'
import { lineText } from './json-text.ts'
import { ANY_NAME, isGroup, partsOf, type SchemaPart, takesText } from './schema-walk.ts'
import { settingAt } from './setting-key.ts'
import { pathText, type SettingPath } from './setting-path.ts'
import { type Schema, TOLD } from './setting-schemas.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { FILE_SCHEMA } from './settings-schema.ts'
import { fileFromSettings } from './settings-to-file.ts'

/** A field of the settings file, as people are told of it. */
export interface SettingRow {
  readonly path: SettingPath
  /** Entries of lists by `[]`, of maps by `["EPIC"]`. */
  readonly field: string
  /** What it takes, in words; null for what only holds other fields. */
  readonly takes: string | null
  readonly unit: string | null
  /** What counts when it is left out: as in the file, or in words; null where nothing is to be said. */
  readonly usual: string | null
  readonly example: string | null
  readonly about: string
}

/** Every field, in the order of the schema. */
export const settingRows = (): readonly SettingRow[] => rowsBelow(FILE_SCHEMA, [])

function rowsBelow(schema: Schema, path: SettingPath): readonly SettingRow[] {
  return partsOf(schema).flatMap(part => {
    const at = [...path, part.step]
    const { about, unit = null, example = null } = TOLD.get(part.schema) ?? {}
    const takes = takesText(part.schema)
    const row = { path: at, field: fieldName(at), takes, unit, usual: usualText(part, at), example }
    return [...(about === undefined ? [] : [{ ...row, about }]), ...rowsBelow(part.schema, at)]
  })
}

function usualText({ schema, isRequired }: SchemaPart, path: SettingPath): string | null {
  if (isRequired) return 'required'
  const { usual } = TOLD.get(schema) ?? {}
  const value = settingAt(DEFAULTS, path)
  if (usual !== undefined || value === undefined) return usual ?? null
  return isGroup(schema) && value !== null ? null : lineText(value)
}

const DEFAULTS: JsonValue = fileFromSettings(DEFAULT_SETTINGS)

const fieldName = (path: SettingPath): string =>
  pathText(path).replaceAll('[0]', '[]').replaceAll(`["${ANY_NAME}"]`, '["EPIC"]')
