import { Decimal } from 'decimal.js'
import { describe, expect, it } from 'vitest'
import { EURUSD, level, points, reasonIn, tradingScript } from '../testing/trading-script.ts'
import type { OpenOrder } from './order.ts'

const normal = (leg: ReturnType<typeof points> | ReturnType<typeof level>) => ({ ...leg, kind: 'normal' as const })

/** Against 1.08417 / 1.08423; the least distance is 2 points (20 units), guaranteed 5, the furthest 75 percent. */
it.each<[string, Partial<OpenOrder>, string]>([
  ['an unknown epic', { epic: 'CS.D.NOSUCH.CFD.IP' }, 'INSTRUMENT_NOT_FOUND'],
  ['another expiry', { expiry: 'SEP-24' }, 'INSTRUMENT_NOT_FOUND'],
  ['a spread-bet expiry', { expiry: 'DFB' }, 'REJECT_SPREADBET_ORDER_ON_CFD_ACCOUNT'],
  ['another currency', { currency: 'GBP' }, 'INSTRUMENT_NOT_TRADEABLE_IN_THIS_CURRENCY'],
  ['a size below the least', { size: new Decimal('0.09') }, 'MINIMUM_ORDER_SIZE_ERROR'],
  ['the least size', { size: new Decimal('0.1') }, 'SUCCESS'],
  ['a size between two steps', { size: new Decimal('1.005') }, 'SIZE_INCREMENT'],
  ['more margin than is available', { size: new Decimal('30') }, 'INSUFFICIENT_FUNDS'],
  ['a stop at the least distance', { stop: normal(points('2')) }, 'SUCCESS'],
  ['a stop nearer than that', { stop: normal(points('1.9')) }, 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['a stop at its level', { stop: normal(level('1.08403')) }, 'SUCCESS'],
  ['a stop one unit too near', { stop: normal(level('1.08404')) }, 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['a long stop above the market', { stop: normal(level('1.085')) }, 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['a short stop below the market', { direction: 'SELL', stop: normal(level('1.083')) }, 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['a stop off the price grid', { stop: normal(level('1.083001')) }, 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['a stop too far away', { stop: normal(level('0.2')) }, 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['a limit on the losing side', { limit: level('1.08') }, 'ATTACHED_ORDER_LEVEL_ERROR'],
  ['a limit at the least distance', { limit: points('2') }, 'SUCCESS'],
  [
    'a guaranteed stop as near as a normal one',
    { stop: { ...points('4.9'), kind: 'guaranteed' as const } },
    'ATTACHED_ORDER_LEVEL_ERROR',
  ],
  ['a guaranteed stop at its own distance', { stop: { ...points('5'), kind: 'guaranteed' as const } }, 'SUCCESS'],
])('%s ends as it should', (_what, changes, reason) => {
  const script = tradingScript()
  script.quote(108_417, 108_423)
  expect(reasonIn(script.open(changes))).toBe(reason)
  expect(script.engine.positions()).toHaveLength(reason === 'SUCCESS' ? 1 : 0)
})

describe.each([
  ['EDITS_ONLY', 'MARKET_CLOSED_WITH_EDITS'],
  ['CLOSED', 'MARKET_CLOSED'],
  ['OFFLINE', 'MARKET_OFFLINE'],
] as const)('a market that is %s', (state, reason) => {
  it('deals neither an open nor a close', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state })
    expect(reasonIn(script.open())).toBe(reason)
    expect(reasonIn(script.close(script.engine.positions()[0]!.dealId))).toBe(reason)
    expect(script.engine.positions()).toHaveLength(1)
  })
})

describe('an amend', () => {
  it.each([
    ['1.08300', '1.08600', 'SUCCESS'],
    [null, null, 'SUCCESS'],
    ['1.08397', null, 'SUCCESS'],
    ['1.08398', null, 'ATTACHED_ORDER_LEVEL_ERROR'],
    [null, '1.08437', 'SUCCESS'],
    [null, '1.08436', 'ATTACHED_ORDER_LEVEL_ERROR'],
    ['1.083001', null, 'ATTACHED_ORDER_LEVEL_ERROR'],
  ])('to stop %s and limit %s ends %s, measured from the bid of a long', (stop, limit, reason) => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ stop: normal(level('1.08200')), limit: level('1.08700') })
    const [before] = script.engine.positions()
    expect(reasonIn(script.amend(before!.dealId, stop, limit))).toBe(reason)
    const units = (text: string | null) => text && Math.round(Number(text) * 100_000)
    expect(script.engine.positions()).toMatchObject([
      reason === 'SUCCESS' ? { stopUnits: units(stop), limitUnits: units(limit) } : before!,
    ])
  })

  it('may only move legs away while the market takes edits only', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ stop: normal(level('1.08300')), limit: level('1.08700') })
    script.engine.process({ kind: 'market-state', atMs: 0, epic: EURUSD, state: 'EDITS_ONLY' })
    const { dealId } = script.engine.positions()[0]!
    expect(reasonIn(script.amend(dealId, '1.08310', '1.08700'))).toBe('MOVE_AWAY_ONLY_STOP')
    expect(reasonIn(script.amend(dealId, '1.08300', '1.08690'))).toBe('MOVE_AWAY_ONLY_LIMIT')
    expect(reasonIn(script.amend(dealId, '1.08290', '1.08710'))).toBe('SUCCESS')
  })

  it('of an unknown deal is refused', () => {
    expect(reasonIn(tradingScript().amend('DIAAAANOSUCHDEA', null, null))).toBe('POSITION_NOT_FOUND')
  })

  it('does not take a guaranteed stop away', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ stop: { ...points('10'), kind: 'guaranteed' as const } })
    expect(reasonIn(script.amend(script.engine.positions()[0]!.dealId, null, null))).toBe('CANNOT_REMOVE_STOP')
  })

  it.each([
    ['LTC', 'CS.D.LTCUSD.CFD.IP', '1', '70', 'STOP_OR_LIMIT_NOT_ALLOWED'],
    ['EUR/USD', EURUSD, '201', '1.08', 'OVER_NORMAL_MARKET_SIZE'],
    ['EUR/USD', EURUSD, '200', '1.08', 'SUCCESS'],
  ])('on %s (%s) of size %s to a guaranteed stop at %s ends %s', (_name, epic, size, at, reason) => {
    const script = tradingScript({ cash: '90000000' })
    script.quote(108_417, 108_423)
    script.quote(7_980, 8_010, 'CS.D.LTCUSD.CFD.IP')
    script.open({ epic, size: new Decimal(size) })
    const events = script.engine.process({
      kind: 'amend',
      atMs: 0,
      reference: 'guarantee',
      account: 'CASH1',
      dealId: script.engine.positions()[0]!.dealId,
      stop: { kind: 'guaranteed', level: new Decimal(at) },
      limitLevel: null,
    })
    expect(reasonIn(events)).toBe(reason)
  })

  it('does not turn a guaranteed stop into a normal one', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ stop: { ...points('10'), kind: 'guaranteed' as const } })
    expect(reasonIn(script.amend(script.engine.positions()[0]!.dealId, '1.08', null))).toBe('CANNOT_CHANGE_STOP_TYPE')
  })
})
