import { describe, expect, it } from 'vitest'
import { confirmIn, EURUSD, fillsIn, points, reasonIn, tradingScript } from '../testing/trading-script.ts'
import { Exact } from './exact-decimal.ts'

describe('a close', () => {
  it('of the whole size removes the position and names the opening deal', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    const { dealId } = script.engine.positions()[0]!
    const events = script.close(dealId)
    expect(events.map(({ kind }) => kind)).toEqual(['fill', 'position', 'confirm', 'account'])
    expect(confirmIn(events)).toMatchObject({
      dealId,
      direction: 'SELL',
      outcome: { status: 'CLOSED', levelUnits: 108_417, affected: [{ dealId, status: 'FULLY_CLOSED' }] },
    })
    expect(fillsIn(events)[0]?.dealId).not.toBe(dealId)
    expect(script.engine.positions()).toEqual([])
  })

  it('of a part keeps the rest under its deal id with its legs', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ size: new Exact(3), stop: { ...points('10'), kind: 'normal' as const } })
    const [before] = script.engine.positions()
    const events = script.close(before!.dealId, { size: new Exact('1.2') })
    expect(confirmIn(events).outcome).toMatchObject({
      status: 'PARTIALLY_CLOSED',
      affected: [{ dealId: before!.dealId, status: 'PARTIALLY_CLOSED' }],
    })
    expect(script.engine.positions()).toEqual([{ ...before!, size: new Exact('1.8') }])
  })

  it.each([
    ['of an unknown deal', 'DIAAAANOSUCHDEA', {}, 'POSITION_NOT_FOUND'],
    ['of more than is open', null, { size: new Exact('1.1') }, 'POSITION_NOT_AVAILABLE_TO_CLOSE'],
    ['of nothing', null, { size: new Exact(0) }, 'MINIMUM_ORDER_SIZE_ERROR'],
    ['of less than nothing', null, { size: new Exact(-1) }, 'MINIMUM_ORDER_SIZE_ERROR'],
    ['in the direction of the position', null, { direction: 'BUY' }, 'WRONG_SIDE_OF_MARKET'],
    [
      'at a limit that the market does not pay',
      null,
      { price: { type: 'LIMIT', level: new Exact('1.08418') } },
      'LIMIT_ORDER_WRONG_SIDE_OF_MARKET',
    ],
  ] as const)('%s changes nothing', (_what, dealId, changes, reason) => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    const before = { positions: script.engine.positions(), account: script.engine.account() }
    expect(reasonIn(script.close(dealId ?? before.positions[0]!.dealId, changes))).toBe(reason)
    expect({ positions: script.engine.positions(), account: script.engine.account() }).toEqual(before)
  })

  it('by market closes opposite positions, oldest first', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    script.open({ direction: 'SELL' })
    script.open({ size: new Exact(2) })
    const [first, short, third] = script.engine.positions()
    const events = script.close('', { target: { by: 'market', epic: EURUSD, expiry: '-' }, size: new Exact(2) })
    expect(fillsIn(events).map(({ closed, size }) => [closed?.dealId, size.toString()])).toEqual([
      [first!.dealId, '1'],
      [third!.dealId, '1'],
    ])
    expect(script.engine.positions()).toEqual([short, { ...third!, size: new Exact(1) }])
  })
})

describe('an open that nets off', () => {
  it.each([
    ['2', 'SUCCESS'],
    ['2.3', 'INSUFFICIENT_FUNDS'],
  ])('and turns round with %s ends %s: the margin that it gives back pays for what it opens', (size, reason) => {
    // One contract takes 3,343.04 euros; 656.96 are left.
    const script = tradingScript({ cash: '4000' })
    script.quote(108_417, 108_423)
    script.open()
    expect(reasonIn(script.open({ direction: 'SELL', mode: 'net', size: new Exact(size) }))).toBe(reason)
    expect(script.engine.positions()).toMatchObject([{ direction: reason === 'SUCCESS' ? 'SELL' : 'BUY' }])
  })

  it('reduces the opposite position and opens nothing when it is not larger', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open({ size: new Exact(2) })
    const { dealId } = script.engine.positions()[0]!
    const { outcome } = confirmIn(script.open({ direction: 'SELL', mode: 'net' }))
    expect(outcome).toMatchObject({ status: 'PARTIALLY_CLOSED', affected: [{ dealId, status: 'PARTIALLY_CLOSED' }] })
    expect(script.engine.positions()).toMatchObject([{ dealId, direction: 'BUY', size: new Exact(1) }])
  })

  it('opens what is left over in its own direction', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    script.open()
    const { outcome } = confirmIn(script.open({ direction: 'SELL', mode: 'net', size: new Exact('2.5') }))
    expect(outcome).toMatchObject({
      status: 'OPEN',
      affected: [{ status: 'FULLY_CLOSED' }, { status: 'FULLY_CLOSED' }, { status: 'OPENED' }],
    })
    expect(script.engine.positions()).toMatchObject([{ direction: 'SELL', size: new Exact('0.5') }])
  })

  it('needs no margin for what it only closes', () => {
    const script = tradingScript({ cash: '3500' })
    script.quote(108_417, 108_423)
    script.open()
    expect(reasonIn(script.open())).toBe('INSUFFICIENT_FUNDS')
    expect(reasonIn(script.open({ direction: 'SELL', mode: 'net' }))).toBe('SUCCESS')
  })

  it('still closes when nothing is available any more', () => {
    const script = tradingScript({ cash: '3500' })
    script.quote(108_417, 108_423)
    script.open()
    script.quote(107_000, 107_006)
    expect(script.engine.account().available.isNegative()).toBe(true)
    expect(reasonIn(script.open({ direction: 'SELL', mode: 'net' }))).toBe('SUCCESS')
    expect(script.engine.positions()).toEqual([])
  })

  it('stands beside the opposite position when it is forced open', () => {
    const script = tradingScript()
    script.quote(108_417, 108_423)
    script.open()
    script.open({ direction: 'SELL' })
    expect(script.engine.positions()).toHaveLength(2)
  })
})
