import { expect, expectTypeOf, it } from 'vitest'
import { buy } from './bot-intent.ts'
import { boolean, choice, duration, integer, number, type ParameterSchema } from './parameter.ts'
import { parameterValues, readValue } from './parameter-check.ts'
import { defineStrategy, type StrategyDefinition } from './strategy.ts'

const parameters = {
  length: integer({ default: 20, min: 2, max: 500 }),
  factor: number({ default: 1.5, min: 0, max: 10 }),
  pause: duration({ default: '30s', min: '1s', max: '1h' }),
  isShy: boolean({ default: false }),
  side: choice({ default: 'both', of: ['both', 'long', 'short'] }),
}

it('knows the types of parameters, indicators and state inside decide', () => {
  const strategy = defineStrategy({
    name: 'typed',
    parameters,
    indicators: (kit, { length }) => ({ slow: kit.on('1m').ema(length) }),
    state: () => ({ entries: 0 }),
    decide(view) {
      expectTypeOf(view.parameters.side).toEqualTypeOf<'both' | 'long' | 'short'>()
      expectTypeOf(view.parameters.pause).toEqualTypeOf<number>()
      expectTypeOf(view.parameters.isShy).toEqualTypeOf<boolean>()
      expectTypeOf(view.indicators.slow.value).toEqualTypeOf<number>()
      view.state.entries++
      return buy(1, { stop: 10 })
    },
  })
  expect(strategy).toMatchObject({ name: 'typed', exitPolicy: 'flatten', onTick: null })
  expect(Object.isFrozen(strategy)).toBe(true)
})

it.each<readonly [StrategyDefinition<ParameterSchema, unknown, unknown>, string]>([
  [{ name: 'Two Words', decide: () => null }, 'expected a name in lower-case words with hyphens, but got "Two Words"'],
  [{ name: 'idle' }, 'expected one of decide, onTick, onCandle, onDeal, onStart, but there is none'],
  [
    { name: 'far', decide: () => null, parameters: { length: integer({ default: 1, min: 2, max: 5 }) } },
    'expected parameter length to be a whole number from 2 to 5, but got 1',
  ],
])('refuses a definition that cannot be: %#', (definition, problem) => {
  expect(() => defineStrategy(definition)).toThrow(problem)
})

it('reads parameters as a command line writes them', () => {
  expect(readValue('pause', parameters.pause, '5m')).toBe(300_000)
  expect(readValue('isShy', parameters.isShy, 'true')).toBe(true)
  expect(readValue('side', parameters.side, 'long')).toBe('long')
  expect(parameterValues(parameters, { length: 7 })).toEqual({
    length: 7,
    factor: 1.5,
    pause: 30_000,
    isShy: false,
    side: 'both',
  })
})

it.each([
  ['length', '501', 'expected parameter length to be a whole number from 2 to 500, but got 501'],
  ['length', '2.5', 'expected parameter length to be a whole number from 2 to 500, but got 2.5'],
  ['factor', 'NaN', 'expected parameter factor to be a number from 0 to 10, but got "NaN"'],
  ['pause', '2h', 'expected parameter pause to be a time from 1s to 1h, but got 7200000'],
  ['side', 'up', 'expected parameter side to be one of both, long, short, but got "up"'],
  ['isShy', 'yes', 'expected parameter isShy to be true or false, but got "yes"'],
] as const)('refuses %s=%s', (name, text, problem) => {
  expect(() => readValue(name, parameters[name], text)).toThrow(problem)
})

it('refuses a parameter that there is none of', () => {
  expect(() => parameterValues(parameters, { lenght: 7 })).toThrow(
    'expected one of the parameters length, factor, pause, isShy, side, but got "lenght"',
  )
})
