import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import type { AmendOrder, CloseMarketOrder, CloseOrder, OpenOrder } from '../order.ts'
import { encodeAmend, encodeClose, encodeOpen } from './encode-order.ts'

// The rules: IG Labs, REST API reference, "Positions", the constraints of POST, PUT and DELETE /positions/otc.

const n = (digits: string): Decimal => new Decimal(digits)
const terms = {
  reference: dealReference('REF-1'),
  market: { epic: epic('CS.D.EURUSD.CFD.IP'), expiry: '-', currency: 'USD' },
  direction: 'BUY',
  size: n('0.5'),
} as const
const OPEN = {
  currencyCode: 'USD',
  dealReference: 'REF-1',
  direction: 'BUY',
  epic: 'CS.D.EURUSD.CFD.IP',
  expiry: '-',
  forceOpen: true,
  guaranteedStop: false,
  orderType: 'MARKET',
  size: 0.5,
}
const id = dealId('DIAAAA1')
const close = { dealId: id, direction: 'SELL', size: n('1') } as const

describe('an open', () => {
  it.each<readonly [title: string, order: OpenOrder, body: object]>([
    ['at the market', terms, OPEN],
    ['at the market, in so many words', { ...terms, kind: 'market' }, OPEN],
    ['at a limit', { ...terms, kind: 'limit', level: n('1.08') }, { ...OPEN, orderType: 'LIMIT', level: 1.08 }],
    [
      'on a quote',
      { ...terms, kind: 'quote', level: n('1.08'), quoteId: 'Q1' },
      { ...OPEN, orderType: 'QUOTE', level: 1.08, quoteId: 'Q1' },
    ],
    [
      'of what can be had',
      { ...terms, kind: 'limit', level: n('-37.5'), timeInForce: 'execute-and-eliminate' },
      { ...OPEN, orderType: 'LIMIT', level: -37.5, timeInForce: 'EXECUTE_AND_ELIMINATE' },
    ],
    ['or nothing', { ...terms, timeInForce: 'fill-or-kill' }, { ...OPEN, timeInForce: 'FILL_OR_KILL' }],
    ['with a stop by distance', { ...terms, stop: { distancePoints: n('8') } }, { ...OPEN, stopDistance: 8 }],
    ['with a stop by level', { ...terms, stop: { level: n('1.07') } }, { ...OPEN, stopLevel: 1.07 }],
    [
      'with a guaranteed stop by level',
      { ...terms, stop: { level: n('1.07'), isGuaranteed: true } },
      { ...OPEN, stopLevel: 1.07, guaranteedStop: true },
    ],
    [
      'with a trailing stop',
      { ...terms, stop: { distancePoints: n('8'), stepPoints: n('2.5') } },
      { ...OPEN, stopDistance: 8, trailingStop: true, trailingStopIncrement: 2.5 },
    ],
    ['with a limit by level', { ...terms, limit: { level: n('1.09') } }, { ...OPEN, limitLevel: 1.09 }],
    ['that nets', { ...terms, isNetting: true }, { ...OPEN, forceOpen: false }],
  ])('%s says just that', (_title, order, body) => {
    expect(JSON.parse(encodeOpen(order))).toEqual(body)
  })

  // What does not compile is refused at run time too, because types end there.
  it.each<readonly [title: string, order: OpenOrder, words: string]>([
    // @ts-expect-error
    ['a market order with a level', { ...terms, level: n('1.08') }, 'say kind: limit'],
    // @ts-expect-error
    ['a market order with a quote', { ...terms, quoteId: 'Q1' }, 'say kind: quote'],
    // @ts-expect-error
    ['a limit order without a level', { ...terms, kind: 'limit' }, 'its level'],
    // @ts-expect-error
    ['a limit order with a quote', { ...terms, kind: 'limit', level: n('1'), quoteId: 'Q1' }, 'say kind: quote'],
    // @ts-expect-error
    ['a quote order without its quote', { ...terms, kind: 'quote', level: n('1') }, 'its quote'],
    // @ts-expect-error
    ['a quote order without a level', { ...terms, kind: 'quote', quoteId: 'Q1' }, 'its level'],
    // @ts-expect-error
    ['an order of another kind', { ...terms, kind: 'stop', level: n('1') }, 'market, limit or quote'],
    // @ts-expect-error
    ['a stop by level and distance', { ...terms, stop: { level: n('1'), distancePoints: n('8') } }, 'leave one out'],
    // @ts-expect-error
    ['a stop by neither', { ...terms, stop: {} }, 'its level or its distance'],
    // @ts-expect-error
    ['a guarantee of no stop', { ...terms, stop: { isGuaranteed: true } }, 'its level or its distance'],
    // @ts-expect-error
    ['a limit by level and distance', { ...terms, limit: { level: n('1'), distancePoints: n('8') } }, 'leave one out'],
    // @ts-expect-error
    ['a limit by neither', { ...terms, limit: {} }, 'its level or its distance'],
    // @ts-expect-error
    ['netting with a stop', { ...terms, isNetting: true, stop: { distancePoints: n('8') } }, 'netting order'],
    // @ts-expect-error
    ['netting with a limit', { ...terms, isNetting: true, limit: { distancePoints: n('8') } }, 'netting order'],
    [
      'a trailing stop by level',
      // @ts-expect-error
      { ...terms, stop: { level: n('1'), stepPoints: n('2') } },
      'give its distance',
    ],
    [
      'a guaranteed trailing stop',
      // @ts-expect-error
      { ...terms, stop: { distancePoints: n('8'), stepPoints: n('2'), isGuaranteed: true } },
      'a guarantee',
    ],
    // @ts-expect-error
    ['a size that is a number', { ...terms, size: 1 }, 'new Decimal'],
    // @ts-expect-error
    ['a guarantee that is a text', { ...terms, stop: { level: n('1'), isGuaranteed: 'no' } }, 'true or false'],
    // @ts-expect-error
    ['another time in force', { ...terms, timeInForce: 'day' }, 'fill-or-kill'],
    // @ts-expect-error
    ['an epic that is none', { ...terms, market: { ...terms.market, epic: 'a b' } }, 'an epic'],
    ['no currency', { ...terms, market: { ...terms.market, currency: '' } }, 'currency'],
    ['a trailing step of 0', { ...terms, stop: { distancePoints: n('8'), stepPoints: n('0') } }, 'above 0'],
    ['a stop at a distance of 0', { ...terms, stop: { distancePoints: n('0') } }, 'above 0'],
    ['an endless level', { ...terms, kind: 'limit', level: n('Infinity') }, 'level'],
  ])('is not %s', (_title, order, words) => {
    expect(() => encodeOpen(order)).toThrow(InvalidInputError)
    expect(() => encodeOpen(order)).toThrow(words)
  })

  it('without a reference is none', () => {
    const { reference: _, ...nameless } = terms
    // @ts-expect-error
    expect(() => encodeOpen(nameless)).toThrow(InvalidInputError)
  })
})

describe('a close', () => {
  it.each<readonly [title: string, order: CloseOrder | CloseMarketOrder, body: object]>([
    ['of a deal', close, { dealId: 'DIAAAA1', direction: 'SELL', orderType: 'MARKET', size: 1 }],
    [
      'of a market',
      { market: terms.market, direction: 'SELL', size: n('1') },
      { epic: 'CS.D.EURUSD.CFD.IP', expiry: '-', direction: 'SELL', orderType: 'MARKET', size: 1 },
    ],
    [
      'at a limit',
      { ...close, kind: 'limit', level: n('1.09'), timeInForce: 'execute-and-eliminate' },
      {
        dealId: 'DIAAAA1',
        direction: 'SELL',
        level: 1.09,
        orderType: 'LIMIT',
        size: 1,
        timeInForce: 'EXECUTE_AND_ELIMINATE',
      },
    ],
  ])('%s says just that', (_title, order, body) => {
    expect(JSON.parse(encodeClose(order))).toEqual(body)
  })

  it.each<readonly [title: string, order: CloseOrder | CloseMarketOrder, words: string]>([
    // @ts-expect-error
    ['a deal and a market', { ...close, market: terms.market }, 'leave one out'],
    // @ts-expect-error
    ['neither', { direction: 'SELL', size: n('1') }, 'a deal id or a market'],
    // @ts-expect-error
    ['a market without expiry', { market: { epic: terms.market.epic }, direction: 'SELL', size: n('1') }, 'expiry'],
    // @ts-expect-error
    ['a market order with a level', { ...close, level: n('1.09') }, 'say kind: limit'],
  ])('of %s is none', (_title, order, words) => {
    expect(() => encodeClose(order)).toThrow(InvalidInputError)
    expect(() => encodeClose(order)).toThrow(words)
  })
})

describe('an amendment', () => {
  const level = n('1.08')
  const trailingStop = { distancePoints: n('8'), stepPoints: n('2') }
  const bare = { guaranteedStop: false, limitLevel: null, stopLevel: 1.08, trailingStop: false }

  it.each<readonly [title: string, order: AmendOrder, body: object]>([
    ['of both legs', { dealId: id, stopLevel: level, limitLevel: n('1.1') }, { ...bare, limitLevel: 1.1 }],
    ['that removes both', { dealId: id, stopLevel: null, limitLevel: null }, { ...bare, stopLevel: null }],
    [
      'of a guaranteed stop',
      { dealId: id, stopLevel: level, limitLevel: null, isGuaranteed: true },
      { ...bare, guaranteedStop: true },
    ],
    [
      'of a trailing stop',
      { dealId: id, stopLevel: level, limitLevel: null, trailingStop },
      { ...bare, trailingStop: true, trailingStopDistance: 8, trailingStopIncrement: 2 },
    ],
  ])('%s says both legs', (_title, order, body) => {
    expect(JSON.parse(encodeAmend(order))).toEqual(body)
  })

  it.each<readonly [title: string, order: AmendOrder]>([
    // @ts-expect-error
    ['a guaranteed stop without its level', { dealId: id, stopLevel: null, limitLevel: null, isGuaranteed: true }],
    // @ts-expect-error
    ['a trailing stop without its level', { dealId: id, stopLevel: null, limitLevel: null, trailingStop }],
    [
      'a guaranteed trailing stop',
      // @ts-expect-error
      { dealId: id, stopLevel: level, limitLevel: null, trailingStop, isGuaranteed: true },
    ],
    [
      'a trailing stop without its step',
      // @ts-expect-error
      { dealId: id, stopLevel: level, limitLevel: null, trailingStop: { distancePoints: n('8') } },
    ],
    // @ts-expect-error
    ['no word about the limit', { dealId: id, stopLevel: level }],
    // @ts-expect-error
    ['no word about the stop', { dealId: id, limitLevel: level }],
  ])('with %s is none', (_title, order) => {
    expect(() => encodeAmend(order)).toThrow(InvalidInputError)
  })
})

describe('digits', () => {
  const decimal = (places: number): fc.Arbitrary<Decimal> =>
    fc
      .tuple(fc.bigInt({ min: 1n, max: 10n ** 20n }), fc.nat(places))
      .map(([units, exponent]) => new Decimal(units.toString()).times(new Decimal(10).pow(-exponent)))

  it('of every number arrive as they were given, however many', () => {
    Decimal.set({ precision: 40 })
    onTestFinished(() => void Decimal.set({ defaults: true }))
    fc.assert(
      fc.property(decimal(12), decimal(20), decimal(20), decimal(20), (size, level, distance, step) => {
        const stop = { distancePoints: distance, stepPoints: step }
        const json = encodeOpen({ ...terms, size, kind: 'limit', level, stop, limit: { level: level.negated() } })
        expect(digitsOf(json, 'size')).toBe(size.toFixed())
        expect(digitsOf(json, 'level')).toBe(level.toFixed())
        expect(digitsOf(json, 'stopDistance')).toBe(distance.toFixed())
        expect(digitsOf(json, 'trailingStopIncrement')).toBe(step.toFixed())
        expect(digitsOf(json, 'limitLevel')).toBe(level.negated().toFixed())
        expect(() => JSON.parse(json)).not.toThrow()
        expect(json).not.toMatch(/[eE][+-]?\d/)
        expect(digitsOf(encodeClose({ ...close, size }), 'size')).toBe(size.toFixed())
        const amend = encodeAmend({ dealId: id, stopLevel: level, limitLevel: distance })
        expect([digitsOf(amend, 'stopLevel'), digitsOf(amend, 'limitLevel')]).toEqual([
          level.toFixed(),
          distance.toFixed(),
        ])
      }),
    )
  })
})

function digitsOf(json: string, field: string): string | undefined {
  return new RegExp(`"${field}":([^,}]+)`).exec(json)?.[1]
}
