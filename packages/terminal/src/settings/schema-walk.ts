import * as z from 'zod/mini'
import type { SettingPath } from './setting-path.ts'
import { type Schema, TOLD } from './setting-schemas.ts'

/** The schema of what stands at the path, `null` allowed or not; null when no setting can stand there. */
export function schemaAt(schema: Schema, path: SettingPath): Schema | null {
  let at: Schema | null = schema
  for (const step of path) {
    const inner: z.core.$ZodType | undefined = at ? below(withoutNull(at), step) : undefined
    at = inner ? (withoutOptional(inner) as Schema) : null
  }
  return at
}

/** The names of the fields that can stand in what the schema describes. */
export function namesOf(schema: Schema | null): readonly string[] {
  const inner = schema && objectIn(withoutNull(schema))
  return inner ? Object.keys(inner.def.shape) : []
}

/** A part of what a schema describes. */
export interface SchemaPart {
  /** 0 for any entry of a list, {@link ANY_NAME} for any field of a map. */
  readonly step: string | number
  readonly schema: Schema
  readonly isRequired: boolean
}

export const ANY_NAME = '*'

export function partsOf(schema: Schema): readonly SchemaPart[] {
  const inner = withoutNull(schema)
  const any = { isRequired: false }
  if (inner instanceof z.ZodMiniArray) return [{ ...any, step: 0, schema: inner.def.element as Schema }]
  if (inner instanceof z.ZodMiniRecord) return [{ ...any, step: ANY_NAME, schema: inner.def.valueType as Schema }]
  return Object.entries(objectIn(inner)?.def.shape ?? {}).map(([step, part]) => ({
    step,
    schema: withoutOptional(part) as Schema,
    isRequired: !(part instanceof z.ZodMiniOptional),
  }))
}

/** Whether it is there for its fields, and nothing else can stand in their place. */
export const isGroup = (schema: Schema): boolean => withoutNull(schema) instanceof z.ZodMiniObject

/** What it takes, in words; null for what holds other fields. */
export function takesText(schema: Schema): string | null {
  const inner = withoutNull(schema)
  const list = inner instanceof z.ZodMiniArray ? TOLD.get(inner.def.element as Schema)?.expected : undefined
  const expected = list === undefined ? TOLD.get(inner)?.expected : `a list: ${list}`
  const words = expected ?? (inner instanceof z.ZodMiniArray ? 'a list' : null)
  return words !== null && schema instanceof z.ZodMiniNullable ? `${words}, or null` : words
}

export function withoutNull(schema: Schema): Schema {
  return schema instanceof z.ZodMiniNullable ? (schema.def.innerType as Schema) : schema
}

function withoutOptional(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema
}

function below(schema: Schema, step: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodMiniArray) return typeof step === 'number' ? schema.def.element : undefined
  if (schema instanceof z.ZodMiniRecord) return schema.def.valueType
  const shape: Readonly<Record<string, z.core.$ZodType>> = objectIn(schema)?.def.shape ?? {}
  return Object.hasOwn(shape, step) ? shape[step] : undefined
}

/** Where a single value or an object can stand, the object. */
function objectIn(schema: Schema): z.ZodMiniObject | undefined {
  if (schema instanceof z.ZodMiniObject) return schema
  if (!(schema instanceof z.ZodMiniUnion)) return undefined
  return schema.def.options.find(option => option instanceof z.ZodMiniObject)
}
