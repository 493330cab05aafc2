import { seededRandom } from '@scalpdesk/mock-broker/engine'
import { durationMs, type Parameter, type ParameterSchema } from '../strategy/parameter.ts'
import { type ParameterValue, parameterOf, problemOfValue, readValue } from '../strategy/parameter-check.ts'
import { StrategyError } from '../strategy/strategy-error.ts'

/** One parameter and all its values that are tried. */
export interface Axis {
  readonly name: string
  readonly values: readonly ParameterValue[]
}

export type Point = Readonly<Record<string, ParameterValue>>

/**
 * Reads `name=5..30:5`, `name=5..30` (in the parameter's own steps), `name=a,b,c` or `name` alone (its whole range).
 * @throws StrategyError for a parameter that there is none of, and values outside its range
 */
export function readAxis(schema: ParameterSchema, text: string): Axis {
  const [, name = '', , told = ''] = /^([^=]*)(=(.*))?$/s.exec(text) ?? []
  const parameter = parameterOf(schema, name)
  const values = valuesOf(name, parameter, told)
  for (const value of values) {
    const problem = problemOfValue(name, parameter, value)
    if (problem) throw new StrategyError(problem)
  }
  return { name, values: [...new Set(values)] }
}

/** Every combination, the last axis the fastest; or so many of them, drawn by a seed, where there are more. */
export function pointsOf(
  axes: readonly Axis[],
  most: { readonly points: number; readonly seed: number },
): readonly Point[] {
  const total = axes.reduce((product, { values }) => product * values.length, 1)
  if (total <= most.points) return Array.from({ length: total }, (_, at) => pointAt(axes, at))
  const random = seededRandom(most.seed)
  const drawn = new Set<number>()
  while (drawn.size < most.points) drawn.add(Math.floor(random.next() * total))
  return [...drawn].sort((one, other) => one - other).map(at => pointAt(axes, at))
}

function pointAt(axes: readonly Axis[], at: number): Point {
  let rest = at
  const point: Record<string, ParameterValue> = {}
  for (const { name, values } of axes.toReversed()) {
    point[name] = values[rest % values.length]!
    rest = Math.floor(rest / values.length)
  }
  return Object.fromEntries(axes.map(({ name }) => [name, point[name]!]))
}

function valuesOf(name: string, parameter: Parameter, told: string): readonly ParameterValue[] {
  if (told === '') return ownValues(name, parameter)
  const [, from, to, , step] = /^([^.,]+(?:\.\d+)?)\.\.([^:]+)(:(.+))?$/.exec(told) ?? []
  if (from === undefined || to === undefined) return told.split(',').map(each => readValue(name, parameter, each))
  if (!('min' in parameter))
    throw new StrategyError(`expected values such as ${name}=a,b, but got ${told}; only figures have a range`)
  const [first, last] = [readValue(name, parameter, from), readValue(name, parameter, to)]
  const by = step === undefined ? stepOf(parameter) : parameter.kind === 'duration' ? durationMs(step) : Number(step)
  if (!(by > 0))
    throw new StrategyError(`expected the step of ${name} above 0, but got ${step}; write ${name}=${from}..${to}:1`)
  if (Number(first) > Number(last))
    throw new StrategyError(`expected a range of ${name} upwards, but got ${told}; write ${name}=${to}..${from}`)
  return between(Number(first), Number(last), by)
}

function ownValues(name: string, parameter: Parameter): readonly ParameterValue[] {
  if (parameter.kind === 'boolean') return [false, true]
  if (parameter.kind === 'choice') return parameter.of
  const values = between(parameter.min, parameter.max, stepOf(parameter))
  if (values.length <= MOST_OWN) return values
  throw new StrategyError(
    `expected a range for ${name}, but it has ${values.length} values of its own; write ${name}=FROM..TO:STEP`,
  )
}

function stepOf(parameter: Extract<Parameter, { min: number }>): number {
  if (parameter.step !== undefined) return parameter.step
  return parameter.kind === 'integer' ? 1 : (parameter.max - parameter.min) / 10 || 1
}

/** Without the dust of adding fractions: each value is the shortest text within a billionth of a step. */
function between(first: number, last: number, by: number): readonly number[] {
  const count = Math.floor((last - first) / by + 1e-9)
  if (count > MOST_STEPS)
    throw new StrategyError(`expected at most ${MOST_STEPS} steps, but got ${count}; take larger ones`)
  return Array.from({ length: Math.max(0, count) + 1 }, (_, at) => Number((first + at * by).toPrecision(12)))
}

const MOST_OWN = 100
const MOST_STEPS = 10_000
