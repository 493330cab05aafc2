import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Throws when a document is not what `schemas/NAME.schema.json` says of it. */
export function expectFitsSchema(name: string, document: unknown): void {
  const file = new URL(`../../schemas/${name}.schema.json`, import.meta.url)
  z.fromJSONSchema(JSON.parse(readFileSync(file, 'utf8'))).parse(document)
}
