import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { EURUSD, fillsIn, points, reasonIn, type TradingScript, tradingScript } from '../testing/trading-script.ts'
import type { OpenOrder } from './order.ts'

const trailing = (distance: string, step: string): OpenOrder['stop'] => ({
  kind: 'trailing',
  ...points(distance),
  stepPoints: new Decimal(step),
})

function opened(direction: 'BUY' | 'SELL'): TradingScript {
  const script = tradingScript()
  script.quote(108_417, 108_423)
  script.open({ direction, stop: trailing('10', '2') })
  return script
}

const stopOf = (script: TradingScript) => script.engine.positions()[0]?.stopUnits

/** The distance is 100 units, a step 20; a long's stop starts at 108323 and follows the bid. */
it.each([
  ['BUY', [[108_442, 108_448]], 108_323],
  ['BUY', [[108_443, 108_449]], 108_343],
  ['BUY', [[108_500, 108_506]], 108_383],
  [
    'BUY',
    [
      [108_500, 108_506],
      [108_450, 108_456],
    ],
    108_383,
  ],
  ['SELL', [[108_392, 108_398]], 108_517],
  ['SELL', [[108_391, 108_397]], 108_497],
  [
    'SELL',
    [
      [108_300, 108_306],
      [108_350, 108_356],
    ],
    108_417,
  ],
] as const)('a trailing stop of a %s follows %j in whole steps and never back: %i', (direction, quotes, stop) => {
  const script = opened(direction)
  for (const [bid, offer] of quotes) script.quote(bid, offer)
  expect(stopOf(script)).toBe(stop)
})

it('tells each step as a change of the position, and closes at the stop that it reached', () => {
  const script = opened('BUY')
  expect(script.quote(108_500, 108_506)).toMatchObject([{ kind: 'position', change: 'UPDATED' }])
  expect(fillsIn(script.quote(108_380, 108_386))).toMatchObject([{ cause: 'stop', levelUnits: 108_380 }])
})

describe('a trailing stop is refused', () => {
  it.each([
    ['with a step below the least', trailing('10', '0.9'), 'ATTACHED_ORDER_TRAILING_STOP_ERROR'],
    ['with a distance below the least', trailing('1', '1'), 'ATTACHED_ORDER_LEVEL_ERROR'],
    ['with a step off the grid', trailing('10', '1.05'), 'ATTACHED_ORDER_TRAILING_STOP_ERROR'],
  ])('%s', (_what, stop, reason) => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    expect(reasonIn(script.open({ stop }))).toBe(reason)
  })

  it('while the account does not want any', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.engine.process({ kind: 'preference', atMs: 0, account: 'CASH1', allowsTrailing: false })
    expect(reasonIn(script.open({ stop: trailing('10', '2') }))).toBe('TRAILING_STOP_NOT_ALLOWED')
  })
})

it('can be put on, and taken off, by an amend', () => {
  const script = opened('BUY')
  const [{ dealId } = { dealId: '' }] = script.engine.positions()
  script.amend(dealId, '1.08300', null)
  expect(script.engine.positions()).toMatchObject([{ trailing: null, stopUnits: 108_300 }])
  script.engine.process({
    kind: 'amend',
    atMs: Date.UTC(2024, 5, 14, 13),
    reference: 'again',
    account: 'CASH1',
    dealId,
    stop: {
      kind: 'trailing',
      level: new Decimal('1.08300'),
      distancePoints: new Decimal(10),
      stepPoints: new Decimal(5),
    },
    limitLevel: null,
  })
  expect(script.engine.positions()).toMatchObject([{ trailing: { distanceUnits: 100, stepUnits: 50 } }])
  expect(script.engine.book(EURUSD)?.positions).toEqual(script.engine.positions())
})
