import { Decimal } from '@scalpdesk/sdk'
import { expect, it } from 'vitest'
import { aHolding, aMarket, EURUSD } from '../testing/desk-fixtures.ts'
import { sentence } from '../words/sentence.ts'
import type { LegPlace } from './intent.ts'
import { changedLegs, type LegIntent } from './leg-change.ts'

const target = { epic: EURUSD }
const level = (text: string) => new Decimal(text)
const trailing = { distancePoints: level('8'), stepPoints: level('2') }
const market = aMarket({ minStopDistance: { unit: 'POINTS', value: level('2') } })

/** Bought at 1.08418 with its stop 10 points below. */
const LONG = aHolding({ limitLevel: level('1.08618') })
const SHORT = aHolding({
  direction: 'SELL',
  level: level('1.08410'),
  stopLevel: level('1.08510'),
  limitLevel: level('1.08210'),
})

function changed(holding: typeof LONG, intent: LegIntent, price: string | null): string {
  const found = changedLegs(holding, intent, { market, price: price === null ? null : level(price) })
  if (found.kind === 'nothing') return sentence(found.why, 'en')
  const { stopLevel, limitLevel, trailingStop } = found.legs
  const trails = trailingStop ? ` trailing ${trailingStop.distancePoints}:${trailingStop.stepPoints}` : ''
  return `${stopLevel?.toFixed()} ${limitLevel?.toFixed()}${trails}`
}

const BREAKEVEN = { kind: 'breakeven', target } as const
const tighten = (points: string) => ({ kind: 'tighten', byPoints: level(points), target }) as const
const move = (leg: 'stop' | 'limit', points: string) =>
  ({ kind: 'move-leg', leg, byPoints: level(points), target }) as const
const at = (leg: 'stop' | 'limit', to: LegPlace) => ({ kind: 'set-leg', leg, to, target }) as const
const TRAIL = { kind: 'trail', trailing, target } as const

it.each([
  ['puts the stop of a long at the level it was opened at', LONG, BREAKEVEN, '1.08500', '1.08418 1.08618'],
  ['puts the stop of a short there', SHORT, BREAKEVEN, '1.08300', '1.0841 1.0821'],
  ['needs no price for that, and leaves it to the broker', LONG, BREAKEVEN, null, '1.08418 1.08618'],
  [
    'puts no stop past the price of a long',
    LONG,
    BREAKEVEN,
    '1.08418',
    'the price has not passed the level at which it was opened',
  ],
  [
    'puts no stop past the price of a short',
    SHORT,
    BREAKEVEN,
    '1.08410',
    'the price has not passed the level at which it was opened',
  ],
  [
    'leaves a stop that is nearer than that',
    { ...LONG, stopLevel: level('1.0843') },
    BREAKEVEN,
    '1.08500',
    'its stop is nearer already',
  ],
  ['leaves a stop that is there', { ...LONG, stopLevel: level('1.08418') }, BREAKEVEN, '1.08500', 'it is so already'],
  [
    'cannot say where that is without the level',
    { ...LONG, level: null },
    BREAKEVEN,
    '1.085',
    'the level at which it was opened is not known',
  ],
  [
    'writes a level with the noise of a float in the decimals of the market',
    { ...LONG, level: level('1.0841700000000003') },
    BREAKEVEN,
    '1.085',
    '1.08417 1.08618',
  ],
  ['raises a level by points, whatever the direction', SHORT, move('stop', '1.5'), null, '1.08525 1.0821'],
  ['lowers a level by points', LONG, move('limit', '-3'), null, '1.08318 1.08588'],
  ['has no leg to move', { ...LONG, limitLevel: null }, move('limit', '1'), null, 'it has no limit'],
  [
    'cannot move where a point is not known',
    { ...LONG, pointsPerUnit: null, epic: EURUSD },
    move('stop', '1'),
    null,
    '1.08328 1.08618',
  ],
  ['puts a stop at a level', LONG, at('stop', { level: level('1.0835') }), null, '1.0835 1.08618'],
  ['puts a limit at a level', SHORT, at('limit', { level: level('1.08') }), null, '1.0851 1.08'],
  [
    'puts the stop of a long below the level it was opened at',
    LONG,
    at('stop', { points: level('4') }),
    null,
    '1.08378 1.08618',
  ],
  ['puts the stop of a short above it', SHORT, at('stop', { points: level('4') }), null, '1.0845 1.0821'],
  ['puts the limit of a long above it', LONG, at('limit', { points: level('30') }), null, '1.08318 1.08718'],
  [
    'puts a leg by points above 0 only',
    LONG,
    at('stop', { points: level('0') }),
    null,
    'expected points above 0, but got 0',
  ],
  [
    'cannot put a leg by points where the level is not known',
    { ...LONG, level: null },
    at('stop', { points: level('4') }),
    null,
    'the level at which it was opened is not known',
  ],
  ['tightens a long upwards', LONG, tighten('4'), '1.08500', '1.08358 1.08618'],
  ['tightens a short downwards', SHORT, tighten('4'), '1.08300', '1.0847 1.0821'],
  ['never past what the market allows from the price', LONG, tighten('40'), '1.08420', '1.084 1.08618'],
  ['is as near as it may be already', LONG, tighten('1'), '1.08330', 'its stop is as near as the market allows'],
  ['tightens by points above 0 only', LONG, tighten('-1'), '1.085', 'expected points above 0, but got -1'],
  ['has no stop to tighten', { ...LONG, stopLevel: null }, tighten('1'), '1.085', 'it has no stop'],
  ['removes the limit and keeps the stop', LONG, { kind: 'remove-limit', target }, null, '1.08318 undefined'],
  ['trails at its distance from the price', LONG, TRAIL, '1.08500', '1.0842 1.08618 trailing 8:2'],
  ['trails a short', SHORT, TRAIL, '1.08300', '1.0838 1.0821 trailing 8:2'],
  ['keeps a nearer stop when it begins to trail', LONG, TRAIL, '1.08390', '1.08318 1.08618 trailing 8:2'],
  [
    'does not trail a guaranteed stop',
    { ...LONG, isGuaranteed: true },
    TRAIL,
    '1.085',
    'a guaranteed stop cannot trail',
  ],
  ['needs a price to trail from', LONG, TRAIL, null, 'there is no price to trail from'],
  [
    'takes no trailing stop back to where it was told of last, when another leg changes',
    { ...LONG, trailingStop: trailing },
    { kind: 'remove-limit', target },
    '1.08500',
    '1.084 undefined trailing 8:2',
  ],
  [
    'nor that of a short',
    { ...SHORT, trailingStop: trailing },
    { kind: 'remove-limit', target },
    '1.08300',
    '1.084 undefined trailing 8:2',
  ],
  [
    'stops trailing where the stop is',
    { ...LONG, trailingStop: trailing },
    { kind: 'trail', trailing: null, target },
    null,
    '1.08318 1.08618',
  ],
  [
    'has no stop that could stop trailing',
    { ...LONG, stopLevel: null },
    { kind: 'trail', trailing: null, target },
    null,
    'it has no stop',
  ],
] as const)('%s', (_, holding, intent, price, expected) => {
  expect(changed(holding, intent, price)).toBe(expected)
})

it('keeps the guarantee of a stop, and the way in which it trails', () => {
  const guaranteed = changedLegs({ ...LONG, isGuaranteed: true }, BREAKEVEN, { market, price: null })
  expect(guaranteed).toMatchObject({ legs: { isGuaranteed: true } })
  const trails = changedLegs({ ...LONG, trailingStop: trailing }, BREAKEVEN, { market, price: null })
  expect(trails).toMatchObject({ legs: { trailingStop: trailing } })
})

it.each([
  ['move-leg', move('stop', 'NaN')],
  ['move-leg', move('limit', 'Infinity')],
  ['set-leg', at('stop', { level: level('NaN') })],
  ['trail', { ...TRAIL, trailing: { distancePoints: level('8'), stepPoints: level('NaN') } }],
] as const)('makes no change that is no figure: %s', (_, intent) => {
  expect(changed(LONG, intent, '1.08500')).toBe('what was asked for is no figure')
})
