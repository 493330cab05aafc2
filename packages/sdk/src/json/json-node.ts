import { Decimal } from 'decimal.js'
import { DecodeError } from '../errors.ts'
import { parseIsoUtc } from './ig-dates.ts'

const NUMBER_TEXT = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/

/**
 * A place in a JSON document, that knows its path. Every reader throws a {@link DecodeError} with that path.
 *
 * Numbers become decimals by way of the shortest text that names the parsed double. That gives back what a person typed
 * (1.08417), and makes 3.33 of IG's 3.3300000000000000710542735760100; exact up to 15 significant digits.
 */
export class JsonNode {
  readonly value: unknown
  readonly #parent: JsonNode | null
  /** The field, or the place in the list, below the parent; the whole path where there is none. */
  readonly #name: string | number

  constructor(value: unknown, path: string | number, parent: JsonNode | null = null) {
    this.value = value
    this.#name = path
    this.#parent = parent
  }

  /** Put together only when somebody asks: as a rule nothing is wrong. */
  get path(): string {
    if (this.#parent === null) return String(this.#name)
    const { path } = this.#parent
    if (typeof this.#name === 'number') return `${path}[${this.#name}]`
    return path === '' ? this.#name : `${path}.${this.#name}`
  }

  get(name: string): JsonNode {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      throw this.wrong('an object')
    const value: unknown = Object.hasOwn(this.value, name) ? Reflect.get(this.value, name) : undefined
    return new JsonNode(value, name, this)
  }

  /** Itself where it is an object, else one without fields: for a part that must not cost the document around it. */
  orEmpty(): JsonNode {
    const isObject = typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value)
    return isObject ? this : new JsonNode({}, this.path)
  }

  get isAbsent(): boolean {
    return this.value === null || this.value === undefined
  }

  list(): readonly JsonNode[] {
    if (!Array.isArray(this.value)) throw this.wrong('a list')
    return this.value.map((value: unknown, index) => new JsonNode(value, index, this))
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.wrong('a text')
    return this.value
  }

  textOrNull(): string | null {
    return this.isAbsent ? null : this.text()
  }

  /** Also from the text `true` or `false`; absent means false. */
  flag(): boolean {
    if (this.isAbsent) return false
    if (this.value === true || this.value === 'true') return true
    if (this.value === false || this.value === 'false') return false
    throw this.wrong('true or false')
  }

  /** Also from text: the stream gives numbers both ways. */
  decimal(): Decimal {
    // Decimal goes by the shortest text as well; a zero has no sign here.
    if (typeof this.value === 'number' && Number.isFinite(this.value))
      return new Decimal(this.value === 0 ? 0 : this.value)
    if (typeof this.value === 'string' && NUMBER_TEXT.test(this.value)) return new Decimal(this.value)
    throw this.wrong('a number')
  }

  decimalOrNull(): Decimal | null {
    return this.isAbsent ? null : this.decimal()
  }

  /** `null` also where it cannot be read: for what must not cost the document around it. */
  orNull<T>(read: (node: JsonNode) => T): T | null {
    if (this.isAbsent) return null
    try {
      return read(this)
    } catch (error) {
      if (error instanceof DecodeError) return null
      throw error
    }
  }

  wholeNumber(): number {
    const number = this.decimal().toNumber()
    if (!Number.isSafeInteger(number)) throw this.wrong('a whole number')
    return number
  }

  /** A checked text, such as an epic. */
  as<T>(check: (text: string) => T, form: string): T {
    const text = this.text()
    try {
      return check(text)
    } catch {
      throw this.wrong(form)
    }
  }

  /** One of the known words, or the word itself as `{ other }`. */
  word<T extends string>(known: Readonly<Record<string, T>>): T | { readonly other: string } {
    const text = this.text()
    const found = Object.hasOwn(known, text) ? known[text] : undefined
    return found ?? { other: text }
  }

  /** A time in UTC as IG writes it, `2024-06-14T23:41:01` with or without milliseconds, in milliseconds since 1970. */
  utcMs(): number {
    const ms = parseIsoUtc(this.text())
    if (ms === null) throw this.wrong('a time such as 2024-06-14T23:41:01')
    return ms
  }

  /** The error that this place is not what was expected. */
  wrong(expectation: string): DecodeError {
    return new DecodeError(this.path === '' ? 'the top' : this.path, expectation, describe(this.value))
  }
}

/** Enough to find the fault, too little to leak a secret or flood a log. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
