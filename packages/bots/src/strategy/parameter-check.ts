import { durationMs, type Parameter, type ParameterSchema, type ParameterValues } from './parameter.ts'
import { StrategyError } from './strategy-error.ts'

export type ParameterValue = number | boolean | string

/** What is wrong with a parameter as its strategy declares it; null when nothing is. */
export function problemOfParameter(name: string, parameter: Parameter): string | null {
  if (!/^[a-z][A-Za-z0-9]*$/.test(name))
    return `expected parameter names in letters and digits, but got ${JSON.stringify(name)}; rename it`
  if (parameter.kind === 'choice' && parameter.of.length === 0)
    return `expected choices for parameter ${name}, but there are none; add some`
  if ('min' in parameter && !(parameter.min <= parameter.max))
    return `expected parameter ${name} to have a min that is at most its max, but got ${parameter.min} and ${parameter.max}; change one`
  if ('step' in parameter && parameter.step !== undefined && !(parameter.step > 0))
    return `expected the step of parameter ${name} above 0, but got ${parameter.step}; change it`
  return problemOfValue(name, parameter, parameter.default)
}

/** @returns what is wrong with a value; null when nothing is */
export function problemOfValue(name: string, parameter: Parameter, value: unknown): string | null {
  switch (parameter.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? null : unexpected(name, 'true or false', value)
    case 'choice':
      return parameter.of.some(each => each === value)
        ? null
        : unexpected(name, `one of ${parameter.of.join(', ')}`, value)
    case 'number':
    case 'integer':
    case 'duration': {
      const { min, max } = parameter
      const what = parameter.kind === 'number' ? 'a number' : parameter.kind === 'integer' ? 'a whole number' : 'a time'
      const isFit = typeof value === 'number' && value >= min && value <= max
      if (isFit && (parameter.kind === 'number' || Number.isInteger(value))) return null
      const shown = (ms: number) => (parameter.kind === 'duration' ? durationText(ms) : String(ms))
      return unexpected(name, `${what} from ${shown(min)} to ${shown(max)}`, value)
    }
    default:
      return unreachable(parameter)
  }
}

/** Reads a value as it is written on a command line. @throws StrategyError */
export function readValue(name: string, parameter: Parameter, text: string): ParameterValue {
  const value = readText(parameter, text)
  const problem = problemOfValue(name, parameter, value)
  if (problem) throw new StrategyError(problem)
  return value
}

/**
 * All values of a schema: what is told, or else the default.
 * @throws StrategyError for a name that is none, and a value outside its range
 */
export function parameterValues(
  schema: ParameterSchema,
  told: Readonly<Record<string, ParameterValue>>,
): ParameterValues<ParameterSchema> {
  for (const name of Object.keys(told)) parameterOf(schema, name)
  return Object.fromEntries(
    Object.entries(schema).map(([name, parameter]) => {
      const value = told[name] ?? parameter.default
      const problem = problemOfValue(name, parameter, value)
      if (problem) throw new StrategyError(problem)
      return [name, value]
    }),
  )
}

/** @throws StrategyError for a name that is none */
export function parameterOf(schema: ParameterSchema, name: string): Parameter {
  const parameter = Object.hasOwn(schema, name) ? schema[name] : undefined
  if (parameter) return parameter
  const names = Object.keys(schema)
  const known = names.length > 0 ? `one of the parameters ${names.join(', ')}` : 'no parameter, because there is none'
  throw new StrategyError(`expected ${known}, but got ${JSON.stringify(name)}; change --set`)
}

export function durationText(ms: number): string {
  for (const [unit, length] of UNITS) if (ms % length === 0) return `${ms / length}${unit}`
  return `${ms}ms`
}

function readText(parameter: Parameter, text: string): ParameterValue {
  switch (parameter.kind) {
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'choice':
      return text
    case 'duration':
      return /^\d+$/.test(text) ? Number(text) : durationMs(text)
    case 'number':
    case 'integer':
      return /^-?\d+(\.\d+)?(e-?\d+)?$/.test(text) ? Number(text) : text
    default:
      return unreachable(parameter)
  }
}

const unexpected = (name: string, what: string, value: unknown): string =>
  `expected parameter ${name} to be ${what}, but got ${JSON.stringify(value)}; change it`

function unreachable(value: never): never {
  throw new Error(`expected a known parameter, but got ${JSON.stringify(value)}`)
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const
