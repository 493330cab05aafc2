import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { DAX, EURUSD, fillsIn, points, reasonIn, tradingScript } from '../testing/trading-script.ts'
import { cashAccount } from './account-terms.ts'
import { createEngine } from './engine.ts'
import type { EngineEvent } from './engine-event.ts'
import { markets } from './market-catalogue.ts'
import { seededRandom } from './random.ts'

const APPLE = 'UA.D.AAPL.CASH.IP'
const FTSE_BET = 'IX.D.FTSE.DAILY.IP'
const money = (amount: Decimal | undefined) => amount?.toString()

/** What all transactions of an account say that its cash is. */
function bookedIn(script: ReturnType<typeof tradingScript>, account = 'CASH1'): string {
  return script.engine.history
    .transactions(account)
    .reduce<Decimal>((sum, { amount }) => sum.plus(amount), new Decimal(0))
    .toString()
}

describe('several accounts', () => {
  const [first, second] = [
    cashAccount(new Decimal(100_000), { id: 'A' }),
    cashAccount(new Decimal(100_000), { id: 'B', currency: 'GBP', allowsHedging: false }),
  ]
  const start = () => {
    const engine = createEngine({ markets, accounts: [first, second], random: seededRandom(1) })
    engine.process({ kind: 'tick', epic: EURUSD, atMs: 0, bidUnits: 108_417, offerUnits: 108_423 })
    const open = (account: string, direction: 'BUY' | 'SELL'): readonly EngineEvent[] =>
      engine.process({
        kind: 'open',
        atMs: 1,
        reference: `${account} ${direction}`,
        account,
        epic: EURUSD,
        expiry: '-',
        currency: 'USD',
        direction,
        size: new Decimal(1),
        price: { type: 'MARKET' },
        timeInForce: 'FILL_OR_KILL',
        mode: 'force',
        stop: { ...points('10'), kind: 'normal' },
        limit: null,
        losesStop: false,
      })
    return { engine, open }
  }

  it('have their own positions and money, in their own currency', () => {
    const { engine, open } = start()
    open('A', 'BUY')
    expect(engine.positions('B')).toEqual([])
    open('B', 'SELL')
    // 1.08423 x 100,000 x 3.33 % in dollars; 1.08 of them for a euro, and 0.85 pounds.
    expect(money(engine.account('A').deposit)).toBe('3343.04')
    expect(money(engine.account('B').deposit)).toBe('2841.43')
    expect(engine.positions('A')).toHaveLength(1)
  })

  it('are all looked at by one quote', () => {
    const { engine, open } = start()
    open('A', 'BUY')
    open('B', 'BUY')
    const events = engine.process({ kind: 'tick', epic: EURUSD, atMs: 2, bidUnits: 108_300, offerUnits: 108_306 })
    expect(fillsIn(events).map(({ account, cause }) => [account, cause])).toEqual([
      ['A', 'stop'],
      ['B', 'stop'],
    ])
    expect(events.filter(({ kind }) => kind === 'account')).toHaveLength(2)
  })

  it('cannot reach each other: a close names a position of its own', () => {
    const { engine, open } = start()
    open('A', 'BUY')
    const [position] = engine.positions('A')
    const events = engine.process({
      kind: 'close',
      atMs: 2,
      reference: 'not mine',
      account: 'B',
      target: { by: 'deal', dealId: position!.dealId },
      direction: 'SELL',
      size: new Decimal(1),
      price: { type: 'MARKET' },
      timeInForce: 'FILL_OR_KILL',
    })
    expect(reasonIn(events)).toBe('POSITION_NOT_FOUND')
  })
})

describe('margin', () => {
  it('takes each part of a size at the percentage of its band, over all positions of the market', () => {
    const script = tradingScript({ cash: '9000000' })
    script.quote(108_417, 108_423)
    // Bands of EUR/USD: 3.33 % to 200, 4.995 % to 400. 150 deal at the second tier, 1.08425.
    script.open({ size: new Decimal(150) })
    expect(money(script.engine.account().deposit)).toBe('501465.63')
    script.open({ size: new Decimal(100) })
    // 50 more at 3.33 %, 50 at 4.995 %.
    expect(money(script.engine.account().deposit)).toBe('919345.94')
  })

  it('below half of what is needed closes the worst position first, and no more than it must', () => {
    const script = tradingScript({ cash: '10000' })
    script.quote(108_417, 108_423)
    script.quote(185_000, 185_012, DAX)
    script.open({ size: new Decimal(1) })
    script.open({ size: new Decimal(1) })
    script.open({ epic: DAX, currency: 'EUR', size: new Decimal('0.1') })
    const events = script.quote(105_000, 105_006)
    expect(fillsIn(events).map(({ cause, reference }) => [cause, reference])).toEqual([['margin', null]])
    expect(script.engine.positions()).toHaveLength(2)
    expect(script.engine.history.activities('CASH1').at(-1)).toMatchObject({ channel: 'SYSTEM' })
  })
})

describe('the close-out for lack of margin', () => {
  it.each(['BUY', 'SELL'] as const)('comes with the very quote that takes a %s below half of its margin', direction => {
    const script = tradingScript({ cash: '4000' })
    script.quote(108_417, 108_423)
    script.open({ direction })
    const { deposit } = script.engine.account()
    for (let away = 1; script.engine.positions().length > 0; away++) {
      const before = script.engine.account()
      expect(before.cash.plus(before.profitLoss).gte(deposit.div(2))).toBe(true)
      const move = direction === 'BUY' ? -away : away
      script.quote(108_417 + move, 108_423 + move)
      if (script.engine.positions().length > 0) continue
      // A dollar for each unit, at 1.08 for a euro: one unit less would have left enough.
      expect(script.engine.account().cash.lt(deposit.div(2))).toBe(true)
      expect(script.engine.account().cash.plus('0.93').gte(deposit.div(2))).toBe(true)
    }
  })

  it('closes in every state in which closing is allowed', () => {
    const script = tradingScript({ cash: '4000' })
    script.quote(108_417, 108_423)
    script.open()
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state: 'CLOSINGS_ONLY' })
    expect(fillsIn(script.quote(105_000, 105_006))).toMatchObject([{ cause: 'margin' }])
  })

  it('counts what other markets gained and lost', () => {
    const script = tradingScript({ cash: '9000' })
    script.quote(108_417, 108_423)
    script.quote(185_000, 185_012, DAX)
    script.open()
    script.open({ epic: DAX, currency: 'EUR', size: new Decimal('0.1') })
    // 1,500 euros gained on one market keep the other alive; when they are gone again, it is not.
    script.quote(215_012, 215_024, DAX)
    expect(script.quote(101_000, 101_006)).toEqual([])
    expect(fillsIn(script.quote(185_000, 185_012, DAX))).toMatchObject([{ cause: 'margin', epic: EURUSD }])
  })
})

describe('charges', () => {
  it('take a commission of each deal where a market has one', () => {
    const script = tradingScript()
    script.quote(21_430, 21_436, APPLE)
    script.open({ epic: APPLE, size: new Decimal(100) })
    // 214.36 x 100 x 0.1 % = 21.436 dollars; no contract size, so one.
    expect(money(script.engine.account().cash)).toBe('99980.15')
    expect(bookedIn(script)).toBe('99980.15')
  })

  it('take the premium of a guaranteed stop when it is triggered', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ stop: { ...points('10'), kind: 'guaranteed' } })
    // 100 points x 10 dollars, and a premium of 1.2 points.
    script.quote(107_000, 107_006)
    expect(script.engine.history.transactions('CASH1').slice(1)).toMatchObject([{ type: 'TRADE' }, { type: 'WITH' }])
    expect(
      script.engine.history
        .transactions('CASH1')
        .slice(1)
        .map(({ amount }) => money(amount)),
    ).toEqual(['-92.59', '-11.11'])
  })

  it('take a night of everything open', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    const events = script.engine.process({ kind: 'night', atMs: Date.UTC(2024, 5, 14, 22) })
    // 108,423 dollars x 3 % / 365.
    expect(events).toMatchObject([{ kind: 'charge', cause: 'overnight-funding' }, { kind: 'account' }])
    expect(money(script.engine.account().cash)).toBe('99991.75')
  })
})

it('bets a stake for each point, in the currency of the bet', () => {
  const script = tradingScript({ type: 'SPREADBET', currency: 'GBP' })
  script.quote(82_100, 82_110, FTSE_BET)
  script.open({ epic: FTSE_BET, expiry: 'DFB', currency: 'GBP', size: new Decimal(2) })
  script.quote(82_200, 82_210, FTSE_BET)
  expect(money(script.engine.account().profitLoss)).toBe('18')
})

describe('negative balance protection', () => {
  it.each([
    [true, '0', ['4000', '-13144.44', '9144.44']],
    [false, '-9144.44', ['4000', '-13144.44']],
  ])('of a retail client (%s) leaves %s after a gap', (isRetail, cash, booked) => {
    const script = tradingScript({ cash: '4000', isRetail })
    script.quote(108_417, 108_423)
    script.open({ stop: { ...points('50'), kind: 'normal' } })
    // 14,196 dollars lost at once at 1.08 for a euro.
    script.quote(94_227, 94_233)
    expect(money(script.engine.account().cash)).toBe(cash)
    expect(script.engine.history.transactions('CASH1').map(({ amount }) => money(amount))).toEqual(booked)
  })

  it('waits for the last position: what another one gains comes first', () => {
    const script = tradingScript({ cash: '9000' })
    script.quote(108_417, 108_423)
    script.quote(185_000, 185_012, DAX)
    script.open({ stop: { ...points('50'), kind: 'normal' } })
    script.open({ epic: DAX, currency: 'EUR', size: new Decimal('0.1') })
    script.quote(215_012, 215_024, DAX)
    script.quote(94_227, 94_233)
    expect(script.engine.account().cash.isNegative()).toBe(true)
    expect(script.engine.account().profitLoss.gt(0)).toBe(true)
    script.close(script.engine.positions()[0]?.dealId ?? '', { size: new Decimal('0.1') })
    expect(money(script.engine.account().cash)).toBe('3355.56')
    expect(script.engine.history.transactions('CASH1')).toHaveLength(3)
  })
})

describe('what is written down', () => {
  it('names a closing deal by its own id, and the position in its action', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    const [{ dealId } = { dealId: '' }] = script.engine.positions()
    const [fill] = fillsIn(script.close(dealId))
    expect(script.engine.history.activities('CASH1')).toMatchObject([
      { dealId, reference: 'ref-1', actions: [{ type: 'POSITION_OPENED', dealId }] },
      { dealId: fill?.dealId, reference: 'ref-2', actions: [{ type: 'POSITION_CLOSED', dealId }] },
    ])
    expect(script.engine.history.transactions('CASH1').at(-1)?.reference).toBe(fill?.dealId.slice(-8))
  })

  it('has a line for every refusal, amend and step of an order', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ currency: 'GBP' })
    script.open()
    script.amend(script.engine.positions()[0]?.dealId ?? '', '1.08200', null)
    script.place()
    script.amendOrder(script.engine.workingOrders()[0]?.dealId ?? '', { type: 'STOP', level: new Decimal('1.085') })
    script.cancel(script.engine.workingOrders()[0]?.dealId ?? '')
    script.place()
    script.quote(108_290, 108_296)
    const lines = script.engine.history.activities('CASH1')
    expect(lines.map(({ status, actions }) => (status === 'REJECTED' ? status : actions[0]?.type))).toEqual([
      'REJECTED',
      'POSITION_OPENED',
      'STOP_LIMIT_AMENDED',
      'LIMIT_ORDER_OPENED',
      'STOP_ORDER_AMENDED',
      'STOP_ORDER_DELETED',
      'LIMIT_ORDER_OPENED',
      'LIMIT_ORDER_FILLED',
    ])
  })
})
