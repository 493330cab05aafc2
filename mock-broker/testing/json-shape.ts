/** What a JSON value must be: a kind, a list whose every element has a shape, or an object with exactly these keys. */
export type Shape = Kind | ListOf | { readonly [key: string]: Shape }

export interface Kind {
  readonly is: (value: unknown) => boolean
  readonly called: string
}

interface ListOf {
  readonly each: Shape
  readonly atLeast: number
}

export const text = kind('a text', value => typeof value === 'string')
export const number = kind('a number', value => typeof value === 'number' && Number.isFinite(value))
export const count = kind('a whole number', value => Number.isSafeInteger(value))
export const truth = kind('true or false', value => typeof value === 'boolean')
export const nothing = kind('null', value => value === null)

export function like(pattern: RegExp): Kind {
  return kind(`a text like ${pattern}`, value => typeof value === 'string' && pattern.test(value))
}

export function only(...values: readonly (string | number | boolean)[]): Kind {
  return kind(values.join(' or '), value => values.some(each => each === value))
}

export function orNull(shape: Kind): Kind {
  return kind(`${shape.called} or null`, value => value === null || shape.is(value))
}

/** An object of this shape, or null. */
export function maybe(shape: Shape): Kind {
  return kind('an object of its shape, or null', value => value === null || mismatches(value, shape).length === 0)
}

export function listOf(each: Shape, atLeast = 1): Shape {
  return { each, atLeast }
}

/** Where a value differs from its shape, one sentence each; a key too many is as wrong as one too few. */
export function mismatches(value: unknown, shape: Shape, path = 'the answer'): readonly string[] {
  if (isKind(shape)) return shape.is(value) ? [] : [`expected ${shape.called} at ${path}, but got ${shown(value)}`]
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`expected a list at ${path}, but got ${shown(value)}`]
    if (value.length < shape.atLeast) {
      return [`expected at least ${shape.atLeast} elements at ${path}, but got ${value.length}`]
    }
    return value.flatMap((each, index) => mismatches(each, shape.each, `${path}[${index}]`))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`expected an object at ${path}, but got ${shown(value)}`]
  }
  const missing = Object.keys(shape).filter(key => !Object.hasOwn(value, key))
  const extra = Object.keys(value).filter(key => !Object.hasOwn(shape, key))
  return [
    ...missing.map(key => `expected ${path}.${key}, but it is missing`),
    ...extra.map(key => `expected nothing at ${path}.${key}, but got ${shown(Reflect.get(value, key))}`),
    ...Object.entries(shape)
      .filter(([key]) => Object.hasOwn(value, key))
      .flatMap(([key, inner]) => mismatches(Reflect.get(value, key), inner, `${path}.${key}`)),
  ]
}

function kind(called: string, is: Kind['is']): Kind {
  return { called, is }
}

function isKind(shape: Shape): shape is Kind {
  return 'is' in shape && typeof shape.is === 'function'
}

function isList(shape: Shape): shape is ListOf {
  return 'atLeast' in shape && typeof shape.atLeast === 'number'
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? 'nothing'
}
