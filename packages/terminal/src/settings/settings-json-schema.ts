import * as z from 'zod/mini'
import { isJsonObject, type JsonValue } from './json-document.ts'
import { lineText } from './json-text.ts'
import { type JsonSchema, TOLD } from './setting-schemas.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { FILE_SCHEMA } from './settings-schema.ts'
import { fileFromSettings } from './settings-to-file.ts'

/** The JSON Schema of the settings file (draft 2020-12), by which editors complete and check it. */
export function settingsJsonSchema(): JsonSchema {
  const made = z.toJSONSchema(FILE_SCHEMA, {
    io: 'input',
    // What only our own code can read is described by its `json`.
    unrepresentable: 'any',
    // Descriptions are ours; the registry of zod's own has none.
    override({ zodSchema, jsonSchema }) {
      const { json, about, unit, example } = TOLD.get(zodSchema) ?? {}
      Object.assign(jsonSchema, json, about !== undefined && { description: unit ? `${about} In ${unit}.` : about })
      if (example !== undefined) jsonSchema.examples = [JSON.parse(example)]
    },
  })
  const described = withDefaults(made as JsonSchema, fileFromSettings(DEFAULT_SETTINGS))
  return { title: 'Settings of scalpdesk', allowComments: true, allowTrailingCommas: true, ...described }
}

function withDefaults(schema: JsonSchema, usual: JsonValue | undefined): JsonSchema {
  if (usual === undefined) return schema
  const { properties } = schema as { properties?: Readonly<Record<string, JsonSchema>> }
  if (!properties || !isJsonObject(usual)) return { ...schema, default: JSON.parse(lineText(usual)) }
  const filled = Object.entries(properties).map(([name, part]) => [name, withDefaults(part, usual[name])])
  return { ...schema, properties: Object.fromEntries(filled) }
}
