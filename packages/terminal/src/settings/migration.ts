import * as z from 'zod/mini'
import { isJsonObject, type JsonDocument, type JsonValue } from './json-document.ts'
import { jsonText } from './json-text.ts'
import { schemaProblems } from './schema-problems.ts'
import { amount, epic, whole } from './setting-schemas.ts'
import { SETTINGS_VERSION } from './settings.ts'
import type { SettingsProblem } from './settings-problem.ts'

/** The text of the file in today's form, or what is wrong with the old one. */
export type Migrated =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'problems'; readonly problems: readonly SettingsProblem[] }

/**
 * Brings a file of version 0 to version 1. Version 0 named what the flags of the trading screen name: one market, one size, a
 * stop and a limit.
 */
export function migrated(document: JsonDocument, file: string): Migrated {
  const read = VERSION_0.safeParse(document.value)
  if (!read.success) return { kind: 'problems', problems: schemaProblems(VERSION_0, read.error.issues, document, file) }
  // Taken as they were written, so that no digit changes.
  const { epic, size, stop, limit } = (isJsonObject(document.value) ? document.value : {}) as Record<string, JsonValue>
  const preset = { name: 'usual', sizes: { '1': size }, stop: { points: stop }, ...(limit !== undefined && { limit }) }
  const file1 = { version: Symbol(String(SETTINGS_VERSION)), markets: [{ epic, presets: [preset] }] } as JsonValue
  return { kind: 'text', text: `${jsonText(file1)}\n` }
}

const VERSION_0 = z.strictObject({
  version: whole(0, 0),
  epic: epic(),
  size: amount('a size', { least: 'above 0' }),
  stop: amount('a distance', { least: 'above 0' }),
  limit: z.optional(amount('a distance', { least: 'above 0' })),
})
