import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import {
  confirmIn,
  fillsIn,
  level,
  points,
  reasonIn,
  type TradingScript,
  tradingScript,
} from '../testing/trading-script.ts'
import type { OpenOrder } from './order.ts'

const size = (text: string) => ({ size: new Decimal(text) })

/** 1.08417 / 1.08423; each tier of the ladder holds 100 and lies two units further out. */
function quoted(options = {}): TradingScript {
  const script = tradingScript({ cash: '90000000', ...options })
  script.quote(108_417, 108_423)
  return script
}

describe('a market order', () => {
  it.each([
    ['BUY', '100', 108_423],
    ['BUY', '100.01', 108_425],
    ['BUY', '250', 108_427],
    ['BUY', '500', 108_431],
    ['SELL', '100', 108_417],
    ['SELL', '500', 108_409],
  ] as const)('%s of %s deals as a whole at %i, the tier of its size', (direction, text, levelUnits) => {
    expect(fillsIn(quoted().open({ direction, ...size(text) }))).toMatchObject([{ levelUnits }])
  })
})

describe('a limit order', () => {
  const limit = (text: string): Pick<OpenOrder, 'price'> => ({ price: { type: 'LIMIT', ...level(text) } })

  it.each([
    ['BUY', '250', '1.08427', 'FILL_OR_KILL', 'SUCCESS', '250', 108_427],
    ['BUY', '250', '1.08426', 'FILL_OR_KILL', 'ORDER_SIZE_CANNOT_BE_FILLED', null, null],
    ['BUY', '250', '1.08422', 'FILL_OR_KILL', 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET', null, null],
    ['BUY', '250', '1.08426', 'EXECUTE_AND_ELIMINATE', 'SUCCESS', '200', 108_425],
    ['BUY', '250', '1.085', 'EXECUTE_AND_ELIMINATE', 'SUCCESS', '250', 108_427],
    ['BUY', '250', '1.08423', 'EXECUTE_AND_ELIMINATE', 'SUCCESS', '100', 108_423],
    ['BUY', '250', '1.08422', 'EXECUTE_AND_ELIMINATE', 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET', null, null],
    ['SELL', '150', '1.08415', 'FILL_OR_KILL', 'SUCCESS', '150', 108_415],
    ['SELL', '150', '1.08416', 'FILL_OR_KILL', 'ORDER_SIZE_CANNOT_BE_FILLED', null, null],
    ['SELL', '150', '1.08416', 'EXECUTE_AND_ELIMINATE', 'SUCCESS', '100', 108_417],
  ] as const)('%s of %s at %s, %s, ends %s with %s at %s', (direction, text, at, timeInForce, reason, dealt, units) => {
    const events = quoted().open({ direction, ...size(text), ...limit(at), timeInForce })
    expect(reasonIn(events)).toBe(reason)
    expect(fillsIn(events).map(fill => [fill.size.toString(), fill.levelUnits])).toEqual(dealt ? [[dealt, units]] : [])
  })
})

it('slips market orders by whole points when asked to, and the same ones for the same seed', () => {
  const play = () => {
    const script = quoted({ conditions: { seed: 5, slippageChance: 0.5, mostSlippagePoints: 3 } })
    return Array.from({ length: 20 }, () => fillsIn(script.open(size('0.1')))[0]?.levelUnits ?? 0)
  }
  expect(play()).toEqual(play())
  expect(new Set(play().map(units => units - 108_423))).toEqual(new Set([0, 10, 20, 30]))
})

describe('an order that finds only a part of its size', () => {
  const always = { conditions: { seed: 3, partialFillChance: 1 } }

  it('is refused when it wants all or nothing', () => {
    expect(reasonIn(quoted(always).open())).toBe('ORDER_SIZE_CANNOT_BE_FILLED')
  })

  it('deals the part when it takes what there is, in whole steps, and confirms that size', () => {
    const script = quoted(always)
    const sizes = Array.from({ length: 20 }, () => {
      const events = script.open({ ...size('2'), timeInForce: 'EXECUTE_AND_ELIMINATE' })
      const { outcome } = confirmIn(events)
      const [fill] = fillsIn(events)
      expect(outcome).toMatchObject({ dealStatus: 'ACCEPTED', status: 'OPEN', size: fill?.size })
      return fill?.size ?? new Decimal(0)
    })
    for (const each of sizes) {
      expect(each.mod('0.01').toString()).toBe('0')
      expect(each.gte('0.1') && each.lt(2)).toBe(true)
    }
    expect(new Set(sizes.map(String)).size).toBeGreaterThan(10)
  })

  it('closes a part of a position, and leaves the rest open', () => {
    const script = quoted({ conditions: { seed: 3, partialFillChance: 1 } })
    script.open({ ...size('2'), timeInForce: 'EXECUTE_AND_ELIMINATE' })
    const [position] = script.engine.positions()
    const held = position?.size ?? new Decimal(0)
    const events = script.close(position?.dealId ?? '', { size: held, timeInForce: 'EXECUTE_AND_ELIMINATE' })
    const { outcome } = confirmIn(events)
    expect(outcome).toMatchObject({ status: 'PARTIALLY_CLOSED' })
    expect(
      script.engine
        .positions()[0]
        ?.size.plus(fillsIn(events)[0]?.size ?? 0)
        .toString(),
    ).toBe(held.toString())
  })
})

it('leaves every other model as it was when one is switched on', () => {
  const slips = (more: object) => {
    const script = quoted({ conditions: { seed: 5, slippageChance: 0.5, mostSlippagePoints: 3, ...more } })
    return Array.from({ length: 20 }, () =>
      fillsIn(script.open({ ...size('0.1'), timeInForce: 'EXECUTE_AND_ELIMINATE' })).map(fill => fill.levelUnits),
    )
  }
  expect(slips({ partialFillChance: 0.5 })).toEqual(slips({}))
})

it('refuses to close a size between two steps', () => {
  const script = quoted()
  script.open({ stop: { ...points('10'), kind: 'normal' } })
  expect(reasonIn(script.close(script.engine.positions()[0]?.dealId ?? '', size('0.005')))).toBe('SIZE_INCREMENT')
})
