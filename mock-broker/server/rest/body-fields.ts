import type { Decimal } from 'decimal.js'
import { Exact } from '../../engine/index.ts'
import { RestRefusal } from './answer.ts'

/**
 * Reads the fields of a request body and refuses what IG refuses, with its validation codes (undocumented by IG Labs, seen in
 * answers that users of public clients reported). As IG does, it takes `"true"` and numeric text, and null for an absent field.
 */
export interface BodyFields {
  has(field: string): boolean
  requireAll(fields: readonly string[]): void
  text(field: string, pattern?: RegExp): string | null
  oneOf<Value extends string>(field: string, values: readonly Value[]): Value | null
  flag(field: string): boolean | null
  number(field: string): Decimal | null
  /** Text, or a number as it would be written. */
  scalar(field: string): string | null
  /** A list of texts. */
  texts(field: string): readonly string[] | null
}

/** @throws RestRefusal when there is no body, or one that is no object. */
export function bodyFields(body: unknown): BodyFields {
  if (body === undefined || body === null) throw new RestRefusal(400, 'validation.null-not-allowed.request')
  if (typeof body !== 'object' || Array.isArray(body)) throw new RestRefusal(400, 'invalid.input')
  const read = (field: string): unknown => (Object.hasOwn(body, field) ? Reflect.get(body, field) : null) ?? null

  return {
    has: field => read(field) !== null,
    requireAll(fields) {
      const missing = fields.find(field => read(field) === null)
      if (missing !== undefined) throw new RestRefusal(400, `validation.null-not-allowed.request.${missing}`)
    },
    text(field, pattern) {
      const value = read(field)
      if (value === null) return null
      if (typeof value !== 'string') throw unreadable(field)
      if (pattern && !pattern.test(value)) throw new RestRefusal(400, `validation.pattern.invalid.request.${field}`)
      return value
    },
    oneOf(field, values) {
      const value = read(field)
      if (value === null) return null
      const found = values.find(candidate => candidate === value)
      if (found === undefined) throw unreadable(field)
      return found
    },
    flag(field) {
      const value = read(field)
      if (value === null || typeof value === 'boolean') return value
      if (value === 'true' || value === 'false') return value === 'true'
      throw unreadable(field)
    },
    number(field) {
      const value = read(field)
      if (value === null) return null
      if (Number.isInteger(value) && Math.abs(Number(value)) < LARGEST_NUMBER) return new Exact(Number(value))
      const text = typeof value === 'number' ? String(value) : value
      if (typeof text !== 'string' || !NUMBER.test(text)) throw unreadable(field)
      return new Exact(text)
    },
    scalar(field) {
      const value = read(field)
      if (value === null || typeof value === 'string') return value
      if (typeof value !== 'number') throw unreadable(field)
      return String(value)
    },
    texts(field) {
      const value = read(field)
      if (value === null) return null
      if (!Array.isArray(value) || !value.every(each => typeof each === 'string')) throw unreadable(field)
      return value
    },
  }
}

/** IG spells the field in lower case with underscores here: `invalid.request.force_open`. */
function unreadable(field: string): RestRefusal {
  return new RestRefusal(400, `invalid.request.${field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`)
}

const LARGEST_NUMBER = 1e15
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?(e[-+]?\d{1,2})?$/i
