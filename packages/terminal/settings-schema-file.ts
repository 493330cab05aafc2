/** The JSON Schema of the settings file. A test compares it; `pnpm exec node packages/terminal/settings-schema-file.ts` writes it anew. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { settingsJsonSchema } from './src/settings/settings-json-schema.ts'

export const SCHEMA_FILE = fileURLToPath(new URL('./settings.schema.json', import.meta.url))

export const schemaFileText = (): string => `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SCHEMA_FILE, schemaFileText())
