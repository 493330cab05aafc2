import * as z from 'zod/mini'
import { isJsonObject, type JsonDocument, type JsonValue, numberText } from './json-document.ts'
import { advice } from './nearest-name.ts'
import { namesOf, schemaAt, withoutNull } from './schema-walk.ts'
import type { SettingPath } from './setting-path.ts'
import { type Schema, TOLD } from './setting-schemas.ts'
import type { SettingsProblem } from './settings-problem.ts'

type Issue = z.core.$ZodIssue

/** What the check found, each in a sentence with its line. */
export function schemaProblems(
  schema: Schema,
  issues: readonly Issue[],
  document: JsonDocument,
  file: string,
): readonly SettingsProblem[] {
  const found = issues.flatMap(issue => placed(schema, issue, [], document))
  return found.flatMap(({ issue, path }) => {
    // A field with a slip in its name is not missing as well.
    if (
      issue.code === 'custom' &&
      found.some(other => other.issue.code === 'unrecognized_keys' && isSame(other.path, path))
    )
      return []
    if (issue.code === 'unrecognized_keys') {
      const known = namesOf(schemaAt(schema, path))
      return issue.keys.map(name => {
        const field = [...path, name]
        return { file, path: field, place: document.placeOfName(field), words: unknownName(name, known) }
      })
    }
    if (issue.code === 'invalid_key') {
      const words = `expected ${issue.issues[0]?.message ?? 'another name'}, but got ${JSON.stringify(excerpt(String(path.at(-1))))}; correct it`
      return [{ file, path, place: document.placeOfName(path), words }]
    }
    return [
      { file, path, place: document.placeOf(path), words: wrongValue(schemaAt(schema, path), issue, document, path) },
    ]
  })
}

interface PlacedIssue {
  readonly issue: Issue
  readonly path: SettingPath
}

/** The issue, or for an object where a single value could stand as well, those that it has as an object. */
function placed(root: Schema, issue: Issue, above: SettingPath, document: JsonDocument): readonly PlacedIssue[] {
  const path = [...above, ...issue.path.map(step => (typeof step === 'symbol' ? String(step.description) : step))]
  const schema = schemaAt(root, path)
  if (issue.code !== 'invalid_union' || !(schema instanceof z.ZodMiniUnion)) return [{ issue, path }]
  if (!isJsonObject(valueAt(document.value, path))) return [{ issue, path }]
  const ofObject = schema.def.options.findIndex(option => option instanceof z.ZodMiniObject)
  return (issue.errors[ofObject] ?? []).flatMap(inner => placed(root, inner, path, document))
}

function unknownName(name: string, known: readonly string[]): string {
  const otherwise = `take it away; known here: ${known.join(', ')}`
  return `expected a field of the settings, but ${JSON.stringify(excerpt(name))} is none; ${advice(name, known, otherwise)}`
}

function wrongValue(schema: Schema | null, issue: Issue, document: JsonDocument, path: SettingPath): string {
  const value = valueAt(document.value, path)
  const expected = `${expectation(schema, issue)}${schema instanceof z.ZodMiniNullable ? ', or null' : ''}`
  if (value === undefined) return `expected ${expected}, but it is missing; add it`
  const { json } = (schema && TOLD.get(withoutNull(schema))) ?? {}
  const words = Array.isArray(json?.enum) ? (json.enum as readonly string[]) : []
  return `expected ${expected}, but got ${shown(value, issue)}; ${advice(typeof value === 'string' ? value : '', words, 'correct it')}`
}

function expectation(schema: Schema | null, issue: Issue): string {
  if (issue.code === 'custom') return issue.message
  const inner = schema && withoutNull(schema)
  const { expected } = (inner && TOLD.get(inner)) ?? {}
  return expected ?? (inner instanceof z.ZodMiniArray ? 'a list […]' : 'an object {…}')
}

/** What stands in the file, short enough for a sentence. Of an object only its names, and those only when they are known ones. */
function shown(value: JsonValue, issue: Issue): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (isJsonObject(value)) {
    const names = Object.keys(value)
    if (names.length === 0) return 'an empty object'
    return issue.code === 'custom' && names.length <= 3 ? `an object with ${names.join(' and ')}` : 'an object'
  }
  return numberText(value) === null ? excerpt(JSON.stringify(value)) : excerpt(numberText(value) ?? '')
}

function valueAt(value: JsonValue, path: SettingPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((at, step) => {
    if (Array.isArray(at)) return at[Number(step)] as JsonValue | undefined
    return isJsonObject(at) ? at[String(step)] : undefined
  }, value)
}

const isSame = (one: SettingPath, other: SettingPath): boolean =>
  one.length === other.length && one.every((step, at) => step === other[at])

const excerpt = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
const LONGEST = 60
