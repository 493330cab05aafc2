import { array, strictObject as fields, nullable, optional, refine, union } from 'zod/mini'
import { amount, epic, oneOf, TOLD, text, told, UNIT, whole } from './setting-schemas.ts'

const size = union([
  amount('a size', { least: 'above 0' }),
  fields({
    riskMoney: optional(
      told(amount('an amount', { least: 'above 0' }), 'What may be lost when the stop is reached exactly.', {
        ...UNIT.money,
        example: '50',
      }),
    ),
    riskPercent: optional(
      told(amount('a share', { least: 'above 0', most: 100 }), 'The same as a share of the equity.', {
        unit: 'percent',
        example: '0.5',
      }),
    ),
  }).check(refine(risk => Object.keys(risk).length === 1, 'either riskMoney or riskPercent')),
]).register(TOLD, { expected: 'a size such as 0.5, {"riskMoney": 50} or {"riskPercent": 0.5}' })

const sizes = () => {
  const key = (digit: number) =>
    optional(
      told(size, 'What this key chooses: contracts, or the risk that they come from.', {
        ...UNIT.contracts,
        example: SIZE_EXAMPLES[digit] ?? '2',
      }),
    )
  return fields({
    '1': key(1),
    '2': key(2),
    '3': key(3),
    '4': key(4),
    '5': key(5),
    '6': key(6),
    '7': key(7),
    '8': key(8),
    '9': key(9),
  }).check(refine(given => Object.keys(given).length > 0, 'a size on at least one of the keys 1 to 9'))
}

const SIZE_EXAMPLES: Readonly<Record<number, string>> = { 1: '0.5', 2: '{"riskMoney": 50}', 3: '{"riskPercent": 0.5}' }

const stop = fields({
  points: told(amount('a distance', { least: 'above 0' }), 'How far away the stop is when the entry is sent.', {
    ...UNIT.points,
    example: '12',
  }),
  kind: optional(
    told(oneOf(['normal', 'guaranteed', 'trailing']), 'A guaranteed one costs a premium when it is reached.', {
      usual: '"normal"',
      example: '"trailing"',
    }),
  ),
  step: optional(
    told(
      amount('a distance', { least: 'above 0' }),
      'How far the price goes before a trailing stop follows; only for `trailing`.',
      {
        ...UNIT.points,
        example: '2',
      },
    ),
  ),
}).check(
  refine(
    ({ kind, step }) => (kind === 'trailing') === (step !== undefined),
    'a step with a trailing stop, and with no other',
  ),
)

const preset = fields({
  name: told(text('a name of at most 40 characters', /^(?=.*\S)[^\p{Cc}]{1,40}$/u), 'What the screen calls it.', {
    example: '"scalp"',
  }),
  sizes: told(sizes(), 'What the keys 1 to 9 choose.'),
  sizeKey: optional(told(whole(1, 9), 'The size that is chosen at first.', { usual: 'the lowest', example: '1' })),
  stop: told(
    nullable(stop),
    'The stop that each entry carries from the start; `null` for none: then a position has no stop.',
  ),
  limit: optional(
    told(nullable(amount('a distance', { least: 'above 0' })), 'How far away the limit is; `null` for none.', {
      ...UNIT.points,
      usual: 'null',
      example: '20',
    }),
  ),
}).check(
  refine(
    ({ sizes = {}, sizeKey }) => sizeKey === undefined || Object.hasOwn(sizes, sizeKey),
    'a preset that has a size on the key that its sizeKey names',
  ),
)

/** A market of the desk, with its presets. */
export const market = fields({
  epic: told(epic(), "IG's name of the market.", { example: '"CS.D.EURUSD.CFD.IP"' }),
  presets: told(
    array(preset).check(
      refine(presets => presets.length > 0, 'at least one preset'),
      refine(presets => new Set(presets.map(({ name }) => name)).size === presets.length, 'presets of different names'),
    ),
    'Orders prepared in advance. The first one is chosen at the start.',
  ),
})
