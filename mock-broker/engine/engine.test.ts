import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { DAX, EURUSD, fillsIn, level, points, reasonIn, tradingScript } from '../testing/trading-script.ts'

describe('a market order', () => {
  it.each([
    ['BUY', 108_423],
    ['SELL', 108_417],
  ] as const)('%s deals at the side it has to pay', (direction, levelUnits) => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    expect(fillsIn(script.open({ direction }))).toMatchObject([{ levelUnits, cause: 'open', direction }])
  })

  it('deals at the last good quote, not at a crossed one', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.quote(108_500, 108_400)
    expect(fillsIn(script.open())).toMatchObject([{ levelUnits: 108_423 }])
    expect(script.engine.book(EURUSD)?.quote).toMatchObject({ bidUnits: 108_417, offerUnits: 108_423 })
    expect(script.engine.statistics()).toMatchObject({ ticks: 1, crossed: 1 })
  })

  it('deals on a locked quote', () => {
    const script = tradingScript()
    script.quote(108_420, 108_420)
    expect(fillsIn(script.open())).toMatchObject([{ levelUnits: 108_420 }])
  })

  it('is refused before the first quote', () => {
    expect(reasonIn(tradingScript().open())).toBe('MARKET_OFFLINE')
  })
})

describe('a limit order', () => {
  it.each([
    ['BUY', '1.08423', 'SUCCESS'],
    ['BUY', '1.08500', 'SUCCESS'],
    ['BUY', '1.08422', 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET'],
    ['SELL', '1.08417', 'SUCCESS'],
    ['SELL', '1.08418', 'LIMIT_ORDER_WRONG_SIDE_OF_MARKET'],
  ] as const)('%s at %s ends %s, never resting', (direction, at, reason) => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    const events = script.open({ direction, price: { type: 'LIMIT', level: new Decimal(at) } })
    expect(reasonIn(events)).toBe(reason)
    expect(script.engine.positions()).toHaveLength(reason === 'SUCCESS' ? 1 : 0)
  })
})

/** Opened at 1.08423 / 1.08417 with a stop 10 and a limit 20 points away; then one quote comes. */
describe.each([
  // direction, bid, offer, what happens
  ['BUY', 108_324, 108_330, null],
  ['BUY', 108_323, 108_329, { cause: 'stop', levelUnits: 108_323 }],
  ['BUY', 108_000, 108_075, { cause: 'stop', levelUnits: 108_000 }],
  ['BUY', 108_622, 108_628, null],
  ['BUY', 108_623, 108_629, { cause: 'limit', levelUnits: 108_623 }],
  ['BUY', 108_700, 108_706, { cause: 'limit', levelUnits: 108_700 }],
  ['SELL', 108_510, 108_516, null],
  ['SELL', 108_511, 108_517, { cause: 'stop', levelUnits: 108_517 }],
  ['SELL', 108_900, 108_975, { cause: 'stop', levelUnits: 108_975 }],
  ['SELL', 108_212, 108_218, null],
  ['SELL', 108_211, 108_217, { cause: 'limit', levelUnits: 108_217 }],
  ['SELL', 108_100, 108_106, { cause: 'limit', levelUnits: 108_106 }],
  // A stop is hit by a wider spread alone: the mid has not moved.
  ['BUY', 108_320, 108_520, { cause: 'stop', levelUnits: 108_320 }],
] as const)('with a stop and a limit, %s and the quote %i / %i', (direction, bidUnits, offerUnits, exit) => {
  it(exit ? `closes by its ${exit.cause} at ${exit.levelUnits}` : 'stays open', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ direction, stop: { ...points('10'), kind: 'normal' as const }, limit: points('20') })
    const events = script.quote(bidUnits, offerUnits)
    expect(fillsIn(events)).toMatchObject(exit ? [exit] : [])
    expect(script.engine.positions()).toHaveLength(exit ? 0 : 1)
    if (exit) {
      expect(events.map(event => event.kind)).toEqual(['fill', 'position', 'account'])
      expect(events[1]).toMatchObject({ change: 'DELETED' })
    }
  })
})

it('fills a guaranteed stop at its own level through a gap', () => {
  const script = tradingScript()
  script.quote(108_417, 108_423)
  script.open({ stop: { ...points('10'), kind: 'guaranteed' as const } })
  expect(fillsIn(script.quote(107_000, 107_020))).toMatchObject([{ cause: 'stop', levelUnits: 108_323 }])
})

it('triggers nothing on a crossed quote, nor while the market is closed', () => {
  const script = tradingScript()
  script.quote(108_417, 108_423)
  script.open({ stop: { ...points('10'), kind: 'normal' as const } })
  expect(script.quote(108_000, 107_990)).toEqual([])
  script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state: 'CLOSED' })
  expect(script.quote(108_000, 108_006)).toEqual([])
  expect(script.engine.positions()).toHaveLength(1)
  expect(script.engine.statistics()).toEqual({ ticks: 1, crossed: 1, whileClosed: 1 })
})

it('triggers several positions of one market with one quote, oldest first', () => {
  const script = tradingScript()
  script.quote(108_417, 108_423)
  script.open({ stop: { ...level('1.08300'), kind: 'normal' as const } })
  script.open({ stop: { ...level('1.08200'), kind: 'normal' as const } })
  script.open({ stop: { ...level('1.08350'), kind: 'normal' as const } })
  const [first, second, third] = script.engine.positions()
  const fills = fillsIn(script.quote(108_300, 108_306))
  expect(fills.map(({ closed }) => closed?.dealId)).toEqual([first?.dealId, third?.dealId])
  expect(script.engine.positions()).toEqual([second])
})

describe('money', () => {
  // Rate 1.08 dollars for a euro. Profit = units gained x 10^-decimals x size x contract size.
  it.each([
    // epic, size, entry offer, exit bid, profit in the deal currency, booked in euros
    [EURUSD, '1', 108_423, 108_523, '100', '92.59'],
    [EURUSD, '1', 108_423, 108_323, '-100', '-92.59'],
    [EURUSD, '0.1', 108_423, 108_424, '0.1', '0.09'],
    [EURUSD, '2.5', 108_423, 108_430, '17.5', '16.2'],
    [DAX, '0.5', 185_006, 185_011, '6.25', '6.25'],
    [DAX, '0.1', 185_006, 185_007, '0.25', '0.25'],
  ])('of %s, size %s, from %i to %i: %s, booked %s', (epic, size, entry, exit, profit, booked) => {
    const script = tradingScript()
    script.quote(entry - 6, entry, epic)
    const currency = epic === DAX ? 'EUR' : 'USD'
    script.open({ epic, currency, size: new Decimal(size) })
    script.quote(exit, exit + 6, epic)
    expect(script.engine.account().profitLoss.toString()).toBe(booked)
    const [fill] = fillsIn(script.close(script.engine.positions()[0]!.dealId, { size: new Decimal(size) }))
    expect(fill?.closed?.profit.toString()).toBe(profit)
    expect(fill?.closed?.booked.toString()).toBe(booked)
    expect(script.engine.account().cash.toString()).toBe(new Decimal(100_000).plus(booked).toString())
    expect(script.engine.account().deposit.toString()).toBe('0')
  })

  it('holds the margin of what is open and leaves the rest available', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    const account = script.engine.account()
    // 1.08423 x 100,000 x 3.33 % / 1.08, and 6 units of spread lost.
    expect(account.deposit.toString()).toBe('3343.04')
    expect(account.profitLoss.toString()).toBe('-5.56')
    expect(account.available.toString()).toBe('96651.4')
  })
})
