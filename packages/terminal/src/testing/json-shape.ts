import { readFileSync } from 'node:fs'
import { fromJSONSchema } from 'zod'

/** Reads what a command printed with `--json`. @throws when it is not as `schemas/NAME.schema.json` says */
export function shaped(name: string, printed: string): Record<string, unknown> {
  const schema = JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'))
  return fromJSONSchema(schema).parse(JSON.parse(printed)) as Record<string, unknown>
}
