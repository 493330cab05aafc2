/** What a field of a record may hold. One table of fields gives both the type of a record and its check when it is read back. */
export interface Field<T> {
  /** Finishes the sentence "expected x to be …". */
  readonly what: string
  accepts(value: unknown): value is T
}

export type Fields = Readonly<Record<string, Field<unknown>>>

type ValueOf<F> = F extends Field<infer T> ? T : never

/** One that may be left out. */
export interface OptionalField<T> extends Field<T | undefined> {
  readonly isOptional: true
}

export type ValuesOf<F extends Fields> = {
  readonly [Name in keyof F as F[Name] extends OptionalField<unknown> ? never : Name]: ValueOf<F[Name]>
} & {
  readonly [Name in keyof F as F[Name] extends OptionalField<unknown> ? Name : never]?: Exclude<
    ValueOf<F[Name]>,
    undefined
  >
}

/** The first field that is not what it should be, as a sentence without its end; null when all are. Further fields are let through. */
export function fieldProblem(fields: Fields, values: Readonly<Record<string, unknown>>): string | null {
  for (const [name, field] of Object.entries(fields)) {
    if (!field.accepts(values[name])) return `expected ${name} to be ${field.what}, but it is ${shown(values[name])}`
  }
  return null
}

export const text: Field<string> = {
  what: 'text',
  accepts: (value): value is string => typeof value === 'string' && value !== '',
}

/** An exact decimal as text, never a floating-point number. */
export const figure: Field<string> = {
  what: 'a decimal as text, such as "1.25"',
  accepts: (value): value is string => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value),
}

/** Milliseconds, or a count. Never money, a price or a size. */
export const number: Field<number> = {
  what: 'a number',
  accepts: (value): value is number => typeof value === 'number' && Number.isFinite(value),
}

export const flag: Field<boolean> = {
  what: 'true or false',
  accepts: (value): value is boolean => typeof value === 'boolean',
}

/** A calendar day of the account's zone. */
export const day: Field<string> = {
  what: 'a day such as 2026-01-05',
  accepts: (value): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
}

export function oneOf<Name extends string>(...names: readonly [Name, ...Name[]]): Field<Name> {
  return {
    what: names.join(' or '),
    accepts: (value): value is Name => names.some(name => name === value),
  }
}

export function nullable<T>(field: Field<T>): Field<T | null> {
  return {
    what: `${field.what}, or null`,
    accepts: (value): value is T | null => value === null || field.accepts(value),
  }
}

export function optional<T>(field: Field<T>): OptionalField<T> {
  return {
    what: `${field.what}, or left out`,
    accepts: (value): value is T | undefined => value === undefined || field.accepts(value),
    isOptional: true,
  }
}

export function list<T>(field: Field<T>): Field<readonly T[]> {
  return {
    what: `a list, each ${field.what}`,
    accepts: (value): value is readonly T[] => Array.isArray(value) && value.every(each => field.accepts(each)),
  }
}

export function group<F extends Fields>(fields: F): Field<ValuesOf<F>> {
  return {
    what: `an object with ${Object.entries(fields)
      .map(([name, { what }]) => `${name} (${what})`)
      .join(', ')}`,
    accepts: (value): value is ValuesOf<F> => isObject(value) && fieldProblem(fields, value) === null,
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const written = JSON.stringify(value)
  return written.length > EXCERPT_LENGTH ? `${written.slice(0, EXCERPT_LENGTH)}…` : written
}

/** Enough to recognise a value by (our choice). */
const EXCERPT_LENGTH = 40
