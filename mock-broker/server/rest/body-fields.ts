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
  if (!isRecord(body)) throw new RestRefusal(400, 'invalid.input')
  return new JsonFields(body)
}

type JsonRecord = Readonly<Record<string, unknown>>

function isRecord(body: unknown): body is JsonRecord {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
}

/** Methods of one class, not closures for each request: most requests that are sent often have a body. */
class JsonFields implements BodyFields {
  readonly #body: JsonRecord

  constructor(body: JsonRecord) {
    this.#body = body
  }

  #read(field: string): unknown {
    return this.#body[field] ?? null
  }

  has(field: string): boolean {
    return this.#read(field) !== null
  }

  requireAll(fields: readonly string[]): void {
    const missing = fields.find(field => this.#read(field) === null)
    if (missing !== undefined) throw new RestRefusal(400, `validation.null-not-allowed.request.${missing}`)
  }

  text(field: string, pattern?: RegExp): string | null {
    const value = this.#read(field)
    if (value === null) return null
    if (typeof value !== 'string') throw unreadable(field)
    if (pattern && !pattern.test(value)) throw new RestRefusal(400, `validation.pattern.invalid.request.${field}`)
    return value
  }

  oneOf<Value extends string>(field: string, values: readonly Value[]): Value | null {
    const value = this.#read(field)
    if (value === null) return null
    const found = values.find(candidate => candidate === value)
    if (found === undefined) throw unreadable(field)
    return found
  }

  flag(field: string): boolean | null {
    const value = this.#read(field)
    if (value === null || typeof value === 'boolean') return value
    if (value === 'true' || value === 'false') return value === 'true'
    throw unreadable(field)
  }

  number(field: string): Decimal | null {
    const value = this.#read(field)
    if (value === null) return null
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < LARGEST_NUMBER) return exactOf(value)
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || !NUMBER.test(text)) throw unreadable(field)
    return new Exact(text)
  }

  scalar(field: string): string | null {
    const value = this.#read(field)
    if (value === null || typeof value === 'string') return value
    if (typeof value !== 'number') throw unreadable(field)
    return String(value)
  }

  texts(field: string): readonly string[] | null {
    const value = this.#read(field)
    if (value === null) return null
    if (!Array.isArray(value) || !value.every(each => typeof each === 'string')) throw unreadable(field)
    return value
  }
}

/** IG spells the field in lower case with underscores here: `invalid.request.force_open`. */
function unreadable(field: string): RestRefusal {
  return new RestRefusal(400, `invalid.request.${field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`)
}

/** Sizes and distances are few: each Decimal is made once and shared, which its users cannot tell. */
function exactOf(whole: number): Decimal {
  const known = wholes.get(whole)
  if (known) return known
  const made = new Exact(whole)
  if (wholes.size < MOST_WHOLES) wholes.set(whole, made)
  return made
}

const wholes = new Map<number, Decimal>()
const MOST_WHOLES = 1000
const LARGEST_NUMBER = 1e15
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?(e[-+]?\d{1,2})?$/i
