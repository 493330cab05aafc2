import { describe, expect, it } from 'vitest'
import {
  confirmIn,
  EURUSD,
  fillsIn,
  level,
  points,
  reasonIn,
  type TradingScript,
  tradingScript,
} from '../testing/trading-script.ts'
import { Exact } from './exact-decimal.ts'
import type { PlaceOrder } from './order.ts'

const at = (text: string) => new Exact(text)

function quoted(options = {}): TradingScript {
  const script = tradingScript(options)
  script.quote(108_417, 108_423)
  return script
}

/** Against 1.08417 / 1.08423; the least distance is 2 points (20 units) from the price that would trigger it. */
it.each<[PlaceOrder['type'], PlaceOrder['direction'], string, string]>([
  ['LIMIT', 'BUY', '1.08403', 'SUCCESS'],
  ['LIMIT', 'BUY', '1.08404', 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['LIMIT', 'BUY', '1.085', 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['LIMIT', 'SELL', '1.08437', 'SUCCESS'],
  ['LIMIT', 'SELL', '1.083', 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['STOP', 'BUY', '1.08443', 'SUCCESS'],
  ['STOP', 'BUY', '1.083', 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['STOP', 'SELL', '1.08397', 'SUCCESS'],
  ['STOP', 'SELL', '1.085', 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['LIMIT', 'BUY', '1.080001', 'ATTACHED_ORDER_LEVEL_ERROR'],
])('a %s to %s at %s ends %s', (type, direction, text, reason) => {
  const script = quoted()
  expect(reasonIn(script.place({ type, direction, level: at(text) }))).toBe(reason)
  expect(script.engine.workingOrders()).toHaveLength(reason === 'SUCCESS' ? 1 : 0)
})

describe.each([
  // type, direction, level, bid, offer, level of the fill
  ['LIMIT', 'BUY', '1.08300', 108_295, 108_301, null],
  ['LIMIT', 'BUY', '1.08300', 108_294, 108_300, 108_300],
  ['LIMIT', 'BUY', '1.08300', 108_200, 108_206, 108_206],
  ['LIMIT', 'SELL', '1.08500', 108_499, 108_505, null],
  ['LIMIT', 'SELL', '1.08500', 108_510, 108_516, 108_510],
  ['STOP', 'BUY', '1.08500', 108_493, 108_499, null],
  ['STOP', 'BUY', '1.08500', 108_550, 108_556, 108_556],
  ['STOP', 'SELL', '1.08300', 108_301, 108_307, null],
  ['STOP', 'SELL', '1.08300', 108_250, 108_256, 108_250],
] as const)('a %s to %s at %s and the quote %i / %i', (type, direction, text, bid, offer, levelUnits) => {
  it(levelUnits === null ? 'waits' : `deals at ${levelUnits}, the price of the moment`, () => {
    const script = quoted()
    script.place({ type, direction, level: at(text) })
    const [order] = script.engine.workingOrders()
    const events = script.quote(bid, offer)
    if (levelUnits === null) {
      expect(events).toEqual([])
      return
    }
    expect(events.map(({ kind }) => kind)).toEqual(['working-order', 'fill', 'position', 'account'])
    expect(fillsIn(events)).toMatchObject([{ levelUnits, direction, cause: 'working-order', reference: 'ref-1' }])
    expect(script.engine.workingOrders()).toEqual([])
    expect(script.engine.positions()).toMatchObject([{ levelUnits, reference: 'ref-1', direction }])
    expect(script.engine.positions()[0]?.dealId).not.toBe(order?.dealId)
  })
})

describe('the legs of an order', () => {
  it('become distances and lie at them from the level that it is filled at', () => {
    const script = quoted()
    script.place({ stop: { ...level('1.08200'), kind: 'normal' }, limit: points('20') })
    expect(script.engine.workingOrders()).toMatchObject([{ stopPoints: at('10'), limitPoints: at('20') }])
    script.quote(108_280, 108_286)
    expect(script.engine.positions()).toMatchObject([{ levelUnits: 108_286, stopUnits: 108_186, limitUnits: 108_486 }])
  })

  it.each([
    ['too near', { stop: { ...points('1.9'), kind: 'normal' as const } }],
    ['on the wrong side', { stop: { ...level('1.08400'), kind: 'normal' as const } }],
    ['guaranteed and too near', { stop: { ...points('4.9'), kind: 'guaranteed' as const } }],
  ])('%s are refused', (_what, changes) => {
    expect(reasonIn(quoted().place(changes))).toBe('ATTACHED_ORDER_LEVEL_ERROR')
  })
})

describe('a good-till date', () => {
  const inAMinute = Date.UTC(2024, 5, 14, 12, 1)

  it('takes the order off before a quote of its time can fill it', () => {
    const script = quoted()
    script.place({ goodTillMs: inAMinute })
    const events = script.engine.process({
      kind: 'tick',
      epic: EURUSD,
      atMs: inAMinute,
      bidUnits: 108_200,
      offerUnits: 108_206,
    })
    expect(events).toMatchObject([{ kind: 'working-order', change: 'DELETED', cause: 'expired' }])
    expect(script.engine.positions()).toEqual([])
  })

  it('needs no quote to come', () => {
    const script = quoted()
    script.place({ goodTillMs: inAMinute })
    expect(script.engine.process({ kind: 'time', epic: EURUSD, atMs: inAMinute - 1 })).toEqual([])
    expect(script.engine.process({ kind: 'time', epic: EURUSD, atMs: inAMinute })).toHaveLength(1)
    expect(script.engine.workingOrders()).toEqual([])
  })
})

describe('an amend of an order', () => {
  it('replaces level, type, date and legs, and keeps its id and size', () => {
    const script = quoted()
    script.place({ stop: { ...points('10'), kind: 'normal' }, goodTillMs: Date.UTC(2030, 0) })
    const [{ dealId } = { dealId: '' }] = script.engine.workingOrders()
    const events = script.amendOrder(dealId, { type: 'STOP', level: at('1.08500'), limit: points('30') })
    expect(confirmIn(events)).toMatchObject({
      dealId,
      outcome: { status: 'AMENDED', affected: [{ status: 'AMENDED' }] },
    })
    expect(script.engine.workingOrders()).toMatchObject([
      {
        dealId,
        type: 'STOP',
        levelUnits: 108_500,
        stopPoints: null,
        limitPoints: at('30'),
        goodTillMs: null,
        size: at('1'),
      },
    ])
  })

  it('that is refused changes nothing', () => {
    const script = quoted()
    script.place()
    const before = script.engine.workingOrders()
    expect(reasonIn(script.amendOrder(before[0]!.dealId, { level: at('1.09') }))).toBe('ATTACHED_ORDER_LEVEL_ERROR')
    expect(script.engine.workingOrders()).toEqual(before)
  })

  it('may only move the level away while the market takes edits only', () => {
    const script = quoted()
    script.place()
    const [{ dealId } = { dealId: '' }] = script.engine.workingOrders()
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state: 'EDITS_ONLY' })
    expect(reasonIn(script.amendOrder(dealId, { level: at('1.08310') }))).toBe('MOVE_AWAY_ONLY_TRIGGER_LEVEL')
    expect(reasonIn(script.amendOrder(dealId, { level: at('1.08290') }))).toBe('SUCCESS')
  })
})

it('is cancelled on request, once', () => {
  const script = quoted()
  script.place()
  const [{ dealId } = { dealId: '' }] = script.engine.workingOrders()
  const events = script.cancel(dealId)
  expect(events.map(({ kind }) => kind)).toEqual(['working-order', 'confirm'])
  expect(confirmIn(events)).toMatchObject({
    dealId,
    outcome: { status: 'DELETED', affected: [{ dealId, status: 'DELETED' }] },
  })
  expect(reasonIn(script.cancel(dealId))).toBe('ORDER_NOT_FOUND')
})

it('is dropped, not dealt, when the money is gone by the time it is reached', () => {
  const script = quoted({ cash: '3500' })
  script.place()
  script.open()
  const events = script.quote(108_200, 108_206)
  expect(events).toMatchObject([{ kind: 'working-order', change: 'DELETED', cause: 'refused' }])
  expect(script.engine.positions()).toHaveLength(1)
  expect(script.engine.history.activities('CASH1').at(-1)).toMatchObject({
    status: 'REJECTED',
    reason: 'MARGIN_ERROR',
    type: 'WORKING_ORDER',
  })
})

it('that was not to be forced open nets off what is opposite when it deals', () => {
  const script = quoted()
  script.open({ direction: 'SELL', size: at('2') })
  script.place({ mode: 'net' })
  script.quote(108_200, 108_206)
  expect(script.engine.positions()).toMatchObject([{ direction: 'SELL', size: at('1') }])
})

describe('that has come to its level', () => {
  const atLevel = (script: TradingScript) => script.quote(108_280, 108_286)

  it('is dropped when it would stand against a position of an account that may not hedge', () => {
    const script = quoted({ allowsHedging: false })
    script.place()
    script.open({ direction: 'SELL' })
    expect(atLevel(script)).toMatchObject([{ cause: 'refused', refusal: 'OPPOSING_POSITIONS_NOT_ALLOWED' }])
    expect(script.engine.positions()).toMatchObject([{ direction: 'SELL' }])
    expect(script.engine.history.activities('CASH1').at(-1)).toMatchObject({
      status: 'REJECTED',
      reason: 'OPPOSING_POSITIONS_NOT_ALLOWED',
      channel: 'SYSTEM',
    })
  })

  it('is dropped when more stood behind guaranteed stops than the market allows', () => {
    const script = quoted({ cash: '9000000' })
    script.place({ size: at('150'), stop: { ...points('10'), kind: 'guaranteed' } })
    script.open({ size: at('100'), stop: { ...points('30'), kind: 'guaranteed' } })
    expect(atLevel(script)).toMatchObject([{ cause: 'refused', refusal: 'OVER_NORMAL_MARKET_SIZE' }])
  })

  it('waits on where only closing is allowed, and deals with the first quote after', () => {
    const script = quoted()
    script.place()
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state: 'CLOSINGS_ONLY' })
    expect(atLevel(script)).toEqual([])
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state: 'TRADEABLE' })
    expect(fillsIn(atLevel(script))).toMatchObject([{ levelUnits: 108_286 }])
  })
})

it('expires at its date, however late that is noticed', () => {
  const goodTillMs = Date.UTC(2024, 5, 14, 12, 0, 10)
  const late = quoted()
  late.place({ goodTillMs })
  const [noticed] = late.engine.process({ kind: 'time', epic: EURUSD, atMs: goodTillMs + 5000 })
  expect(noticed).toMatchObject({ cause: 'expired', atMs: goodTillMs })
})
