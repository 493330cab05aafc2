/**
 * The JSON Schemas of what commands print with `--json`. A test compares them; `pnpm exec node packages/terminal/document-schema-files.ts`
 * writes them anew.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { DOCUMENTS } from './src/documents/documents.ts'

/** Name of the file, and what is in it. */
export function schemaFiles(): readonly (readonly [path: string, text: string])[] {
  return Object.entries(DOCUMENTS).map(([name, document]) => {
    const path = fileURLToPath(new URL(`./schemas/${name}.schema.json`, import.meta.url))
    return [path, `${JSON.stringify({ title: name, ...z.toJSONSchema(document) }, null, 2)}\n`]
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, text] of schemaFiles()) writeFileSync(path, text)
