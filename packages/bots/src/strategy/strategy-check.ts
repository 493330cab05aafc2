import type { ParameterSchema } from './parameter.ts'
import { problemOfParameter } from './parameter-check.ts'
import type { Strategy, StrategyDefinition } from './strategy.ts'
import { StrategyError } from './strategy-error.ts'

/** @throws what is wrong with it, as one sentence */
export function checkedDefinition(definition: StrategyDefinition<ParameterSchema, unknown, unknown>): Strategy {
  const { name, about = '', parameters = {}, markets = [], exitPolicy = 'flatten' } = definition
  const problem = problemOf(definition) ?? problemOfParameters(parameters)
  if (problem) throw new StrategyError(typeof name === 'string' ? `strategy ${name}: ${problem}` : problem)
  return Object.freeze({
    scalpdesk: 'strategy',
    name,
    about,
    parameters,
    markets,
    exitPolicy,
    candles: values => definition.candles?.(values) ?? [],
    indicators: (kit, values) => definition.indicators?.(kit, values),
    state: values => definition.state?.(values),
    decide: definition.decide ? view => definition.decide?.(view) : null,
    onStart: definition.onStart ? view => definition.onStart?.(view) : null,
    onTick: definition.onTick ? view => definition.onTick?.(view) : null,
    onCandle: definition.onCandle ? (view, candle) => definition.onCandle?.(view, candle) : null,
    onDeal: definition.onDeal ? (view, deal) => definition.onDeal?.(view, deal) : null,
    onStop: definition.onStop ? view => definition.onStop?.(view) : null,
  } satisfies Strategy)
}

function problemOf(definition: StrategyDefinition<ParameterSchema, unknown, unknown>): string | null {
  const { name, markets, exitPolicy } = definition
  if (typeof name !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    return `expected a name in lower-case words with hyphens, but got ${JSON.stringify(name)}; change name`
  if (markets !== undefined && !(Array.isArray(markets) && markets.every(each => typeof each === 'string')))
    return `expected markets to be a list of epics, but got ${JSON.stringify(markets)}; change markets`
  if (exitPolicy !== undefined && exitPolicy !== 'flatten' && exitPolicy !== 'leave-with-stops')
    return `expected the exit policy flatten or leave-with-stops, but got ${JSON.stringify(exitPolicy)}; change exitPolicy`
  for (const hook of HOOKS) {
    const found: unknown = definition[hook]
    if (found !== undefined && typeof found !== 'function')
      return `expected ${hook} to be a function, but got ${JSON.stringify(found)}; change ${hook}`
  }
  if (!ASKED.some(hook => definition[hook]))
    return `expected one of ${ASKED.join(', ')}, but there is none: it would never want anything; add decide`
  return null
}

function problemOfParameters(parameters: ParameterSchema): string | null {
  for (const [name, parameter] of Object.entries(parameters)) {
    const problem = problemOfParameter(name, parameter)
    if (problem) return problem
  }
  return null
}

const ASKED = ['decide', 'onTick', 'onCandle', 'onDeal', 'onStart'] as const
const HOOKS = [...ASKED, 'onStop', 'candles', 'indicators', 'state'] as const
