import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { dealId, dealReference, epic } from '../ids.ts'
import type { AmendWorkingOrder, PlaceOrder } from '../working-order.ts'
import { encodeAmendWorkingOrder, encodePlace } from './encode-working-order.ts'

// The rules: IG Labs, REST API reference, "Working Orders", POST and PUT /workingorders/otc version 2.

const n = (digits: string): Decimal => new Decimal(digits)
const terms = {
  reference: dealReference('REF-1'),
  market: { epic: epic('CS.D.CFDGOLD.CFDGC.IP'), expiry: '-', currency: 'USD' },
  kind: 'limit',
  direction: 'BUY',
  size: n('0.5'),
  level: n('2300'),
  goodTill: 'cancelled',
} as const
const PLACE = {
  currencyCode: 'USD',
  dealReference: 'REF-1',
  direction: 'BUY',
  epic: 'CS.D.CFDGOLD.CFDGC.IP',
  expiry: '-',
  forceOpen: true,
  guaranteedStop: false,
  level: 2300,
  size: 0.5,
  timeInForce: 'GOOD_TILL_CANCELLED',
  type: 'LIMIT',
}
const amend = {
  dealId: dealId('DIAAAA1'),
  kind: 'stop',
  level: n('2310.5'),
  goodTill: 'cancelled',
  stop: null,
  limit: null,
} as const
const AMEND = { guaranteedStop: false, level: 2310.5, timeInForce: 'GOOD_TILL_CANCELLED', type: 'STOP' }

describe('a new working order', () => {
  it.each<readonly [title: string, order: PlaceOrder, body: object]>([
    ['that rests until it is cancelled', terms, PLACE],
    ['of the other kind', { ...terms, kind: 'stop' }, { ...PLACE, type: 'STOP' }],
    [
      'that rests until an instant, in UTC and whole seconds',
      { ...terms, goodTill: { atMs: Date.UTC(2024, 5, 30, 20, 59, 7, 999) } },
      { ...PLACE, timeInForce: 'GOOD_TILL_DATE', goodTillDate: '2024/06/30 20:59:07' },
    ],
    [
      'with a guaranteed stop by distance',
      { ...terms, stop: { distancePoints: n('5'), isGuaranteed: true } },
      { ...PLACE, guaranteedStop: true, stopDistance: 5 },
    ],
    [
      'with legs by level',
      { ...terms, stop: { level: n('2295') }, limit: { level: n('2320') } },
      { ...PLACE, stopLevel: 2295, limitLevel: 2320 },
    ],
    ['with a limit by distance', { ...terms, limit: { distancePoints: n('20') } }, { ...PLACE, limitDistance: 20 }],
    ['that nets', { ...terms, isNetting: true }, { ...PLACE, forceOpen: false }],
  ])('%s says just that', (_title, order, body) => {
    expect(JSON.parse(encodePlace(order))).toEqual(body)
  })

  it.each<readonly [title: string, order: PlaceOrder, words: string]>([
    // @ts-expect-error
    ['a guaranteed stop by level', { ...terms, stop: { level: n('1'), isGuaranteed: true } }, 'give its distance'],
    // @ts-expect-error
    ['a stop by both', { ...terms, stop: { level: n('1'), distancePoints: n('8') } }, 'leave one out'],
    // @ts-expect-error
    ['a limit by both', { ...terms, limit: { level: n('1'), distancePoints: n('8') } }, 'leave one out'],
    // @ts-expect-error
    ['a stop by neither', { ...terms, stop: {} }, 'its level or its distance'],
    // @ts-expect-error
    ['netting and a stop', { ...terms, isNetting: true, stop: { distancePoints: n('8') } }, 'netting order'],
    // @ts-expect-error
    ['netting and a limit', { ...terms, isNetting: true, limit: { distancePoints: n('8') } }, 'netting order'],
    // @ts-expect-error
    ['another kind', { ...terms, kind: 'market' }, 'limit or stop'],
    // @ts-expect-error
    ['a date in words', { ...terms, goodTill: 'tomorrow' }, 'goodTill'],
    // @ts-expect-error
    ['no date at all', { ...terms, goodTill: {} }, 'goodTill'],
    ['a date that is none', { ...terms, goodTill: { atMs: Number.NaN } }, 'goodTill'],
    ['a date that no year holds', { ...terms, goodTill: { atMs: 1e18 } }, 'expected'],
    ['a size below 0', { ...terms, size: n('-1') }, 'above 0'],
    ['an endless level', { ...terms, level: n('Infinity') }, 'level'],
  ])('with %s is none', (_title, order, words) => {
    expect(() => encodePlace(order)).toThrow(InvalidInputError)
    expect(() => encodePlace(order)).toThrow(words)
  })

  it('without a level or a reference does not compile, and is none', () => {
    const { level: _level, ...leveless } = terms
    const { reference: _reference, ...nameless } = terms
    // @ts-expect-error
    expect(() => encodePlace(leveless)).toThrow(InvalidInputError)
    // @ts-expect-error
    expect(() => encodePlace(nameless)).toThrow(InvalidInputError)
  })
})

describe('an amendment of one', () => {
  it.each<readonly [title: string, order: AmendWorkingOrder, body: object]>([
    ['without legs', amend, AMEND],
    [
      'with a guaranteed stop by level',
      { ...amend, stop: { level: n('2305'), isGuaranteed: true }, limit: { level: n('2320') } },
      { ...AMEND, guaranteedStop: true, stopLevel: 2305, limitLevel: 2320 },
    ],
    [
      'with legs by distance',
      { ...amend, stop: { distancePoints: n('5') }, limit: { distancePoints: n('9') } },
      { ...AMEND, stopDistance: 5, limitDistance: 9 },
    ],
    [
      'with a date',
      { ...amend, goodTill: { atMs: Date.UTC(2030, 0, 1) } },
      { ...AMEND, timeInForce: 'GOOD_TILL_DATE', goodTillDate: '2030/01/01 00:00:00' },
    ],
  ])('%s says the whole of it', (_title, order, body) => {
    expect(JSON.parse(encodeAmendWorkingOrder(order))).toEqual(body)
  })

  it.each<readonly [title: string, order: AmendWorkingOrder]>([
    // @ts-expect-error
    ['a guaranteed stop by distance', { ...amend, stop: { distancePoints: n('5'), isGuaranteed: true } }],
    // @ts-expect-error
    ['a stop by both', { ...amend, stop: { distancePoints: n('5'), level: n('1') } }],
    // @ts-expect-error
    ['no word about its stop', { ...amend, stop: undefined }],
    // @ts-expect-error
    ['no word about its limit', { ...amend, limit: undefined }],
  ])('with %s is none', (_title, order) => {
    expect(() => encodeAmendWorkingOrder(order)).toThrow(InvalidInputError)
  })
})

it('the digits of a working order and the second of its date arrive as they were given', () => {
  const digits = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(units => new Decimal(units.toString()).times('1e-6'))
  const instant = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 }).map(seconds => seconds * 1000)
  fc.assert(
    fc.property(digits, digits, instant, (size, level, atMs) => {
      const json = encodePlace({ ...terms, size, level, goodTill: { atMs } })
      expect(/"size":([^,}]+)/.exec(json)?.[1]).toBe(size.toFixed())
      expect(/"level":([^,}]+)/.exec(json)?.[1]).toBe(level.toFixed())
      const date = /"goodTillDate":"(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)"/.exec(json) ?? []
      expect(Date.parse(`${date[1]}-${date[2]}-${date[3]}T${date[4]}Z`)).toBe(atMs)
    }),
  )
})
